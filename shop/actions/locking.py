"""Holding a row until the commit."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session


def hold_row(session: Session, row: Any) -> None:
    """Nobody else changes this row until the commit, and what is read of it now is the newest.

    The lock is taken by a query of its own: PostgreSQL locks nothing that an outer join may leave empty.
    """
    kind = type(row)
    session.execute(select(kind.id).where(kind.id == row.id).with_for_update())
    session.refresh(row)
