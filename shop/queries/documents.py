"""The numbered documents of a thread."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from shop.models import Document, Inquiry, Person


def of_inquiry(session: Session, inquiry_id: int) -> Sequence[Document]:
    """All of them, newest first, cancelled ones too, each with what replaced it."""
    query = (
        select(Document).where(Document.inquiry_id == inquiry_id).options(joinedload(Document.replaced_by))
    )
    return session.scalars(query.order_by(Document.id.desc())).all()


def numbered(session: Session, inquiry_id: int, kind: str, year: int, number: int) -> Document | None:
    """One document of this very thread."""
    query = select(Document).filter_by(inquiry_id=inquiry_id, kind=kind, year=year, number=number)
    return session.scalar(query.options(joinedload(Document.replaced_by)))


PER_PAGE = 30


def of_buyer(session: Session, person: Person, *, page: int) -> list[tuple[Document, str]]:
    """One page of the documents of a person's own threads, newest first, each with the code of its thread; one more
    than fits, if there are more.
    """
    query = (
        select(Document, Inquiry.code)
        .join(Inquiry, Inquiry.id == Document.inquiry_id)
        .where(Inquiry.buyer_id == person.id)
        .options(joinedload(Document.replaced_by))
        .order_by(Document.id.desc())
    )
    rows = session.execute(query.limit(PER_PAGE + 1).offset((page - 1) * PER_PAGE))
    return [(row.Document, row.code) for row in rows]
