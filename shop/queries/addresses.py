"""What search engines may be told of: works, makers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import CatalogueEntry, CatalogueMaker, Listing

SPAN = 10_000  # listing ids in one part of the sitemap, which may hold 50,000 addresses


def last_part(session: Session) -> int:
    """The number of the last part, counted from 0, by the highest id: the same cost whatever the size."""
    return int(session.scalar(select(func.max(CatalogueEntry.listing_id))) or 0) // SPAN


def works_of_part(session: Session, part: int) -> list[tuple[str, datetime]]:
    """Slug and the moment of the last change, of one part."""
    query = (
        select(CatalogueEntry.slug, Listing.changed_at)
        .join(Listing, Listing.id == CatalogueEntry.listing_id)
        .where(
            *(
                each.between(part * SPAN, (part + 1) * SPAN - 1)
                for each in (CatalogueEntry.listing_id, Listing.id)
            )
        )
        .order_by(CatalogueEntry.listing_id)
    )
    return [(row.slug, row.changed_at) for row in session.execute(query)]


def makers(session: Session) -> list[str]:
    return list(session.scalars(select(CatalogueMaker.slug).order_by(CatalogueMaker.producer_id)))
