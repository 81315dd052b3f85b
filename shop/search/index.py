"""The one door to whichever full-text index the database has. Both give the same works for the same question."""

from __future__ import annotations

from sqlalchemy import CTE, false, select, text
from sqlalchemy.orm import Session

from shop.models import CatalogueEntry
from shop.search import postgresql, sqlite
from shop.search.question import Question

MOST_CANDIDATES = 2_000


def _engine(session: Session) -> str:
    return session.get_bind().dialect.name


def hits(session: Session, question: Question) -> CTE:
    """A named subquery with the column listing_id: the works that meet the question, at most 2,000, newest first.

    A question without words finds nothing.
    """
    if not question:
        return select(CatalogueEntry.listing_id).where(false()).cte("hits")
    find = postgresql.hits if _engine(session) == "postgresql" else sqlite.hits
    return find(question, MOST_CANDIDATES).cte("hits")


def rebuild(session: Session) -> None:
    """Make the full-text index anew out of the words that stand in the entries."""
    statements = postgresql.REBUILD if _engine(session) == "postgresql" else sqlite.REBUILD
    for statement in statements:
        session.execute(text(statement))
