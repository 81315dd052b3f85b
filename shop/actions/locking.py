"""Holding a row until the commit."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session


def hold_row(session: Session, row: Any) -> None:
    """Nobody else changes this row until the commit, and what is read of it now is the newest.

    The lock is taken by a query of its own: PostgreSQL locks nothing that an outer join may leave empty. Rows that
    point here may be written meanwhile, or two people would wait for each other over a mere reference.
    """
    kind = type(row)
    session.execute(select(kind.id).where(kind.id == row.id).with_for_update(key_share=True))
    session.refresh(row)


def keep_row(session: Session, row: Any) -> None:
    """Others may rely on this row too, but nobody changes it until the commit; what is read of it is the newest."""
    kind = type(row)
    session.execute(select(kind.id).where(kind.id == row.id).with_for_update(read=True))
    session.refresh(row)
