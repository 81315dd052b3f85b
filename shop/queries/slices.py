"""One page of a list that is counted: what stands on it, and how it lies in the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

T = TypeVar("T")


@dataclass(frozen=True)
class Slice(Generic[T]):
    """`first` and `last` count from one through the whole list; a page past the end is the last one."""

    rows: Sequence[T]
    total: int
    page: int
    per_page: int

    @property
    def first(self) -> int:
        return (self.page - 1) * self.per_page + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def more(self) -> bool:
        return self.last < self.total


def place(session: Session, query: Select[*tuple[Any, ...]], page: int, per_page: int) -> tuple[int, int]:
    """How many rows the query has, and the page that there is nearest to the one asked for."""
    total = session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    return total, max(1, min(page, -(-total // per_page)))
