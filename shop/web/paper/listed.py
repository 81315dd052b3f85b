"""Documents as a list on a page: what it is, its number, its amount, whether it still holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shop.domain.documents import LABELS, Kind, file_words
from shop.models import Document
from shop.web.paper.document import number_of


@dataclass(frozen=True)
class Listed:
    """`label` is not yet translated; `file` is the number as addresses have it."""

    label: str
    number: str
    file: str
    issued_at: datetime
    cancelled: bool
    replaced_by: str


def listed(documents: Iterable[Document]) -> list[Listed]:
    return [_listed(document) for document in documents]


def _listed(document: Document) -> Listed:
    kind = Kind(document.kind)
    return Listed(
        label=LABELS[kind],
        number=number_of(document),
        file=file_words(document.kind, document.year, document.number),
        issued_at=document.issued_at,
        cancelled=document.cancelled_at is not None,
        replaced_by=number_of(document.replaced_by) if document.replaced_by else "",
    )
