"""How many people ask about a work, kept where the ranking reads it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from shop.domain.catalogue import popularity
from shop.models import CatalogueEntry, Inquiry, InquiryItem


def recount_popularity(session: Session, *, since: datetime) -> int:
    """The works somebody has asked about since then are counted again; how many had to be changed.

    Pages that are kept meanwhile are not old: their order of works is, for a few minutes.
    """
    lately = (
        select(InquiryItem.listing_id)
        .join(Inquiry, Inquiry.id == InquiryItem.inquiry_id)
        .where(Inquiry.created_at >= since)
    )
    asked = (
        select(CatalogueEntry.listing_id, CatalogueEntry.popularity, func.count())
        .join(InquiryItem, InquiryItem.listing_id == CatalogueEntry.listing_id)
        .where(CatalogueEntry.listing_id.in_(lately))
        .group_by(CatalogueEntry.listing_id, CatalogueEntry.popularity)
    )
    changed = [
        {"of": listing_id, "many": popularity(times)}
        for listing_id, before, times in session.execute(asked)
        if popularity(times) != before
    ]
    if changed:
        table = CatalogueEntry.__table__
        session.connection().execute(
            update(table).where(table.c.listing_id == bindparam("of")).values(popularity=bindparam("many")),  # type: ignore[arg-type]
            sorted(changed, key=lambda one: one["of"]),
        )
    return len(changed)
