"""Everything one work's page shows; and what became of works that are not shown any more."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from shop.domain.producer import ProducerStatus
from shop.models import CatalogueEntry, CatalogueMaker, Listing, Photo, Producer, Revision, RevisionPhoto
from shop.queries.cards import Card, Picture, card, cards, picture, picture_columns

MORE_OF_THE_MAKER = 4


@dataclass(frozen=True)
class Shot:
    """One photo of the gallery, in its slot."""

    slot: str
    alt_id: str
    alt_en: str
    focal: tuple[int, int]
    picture: Picture


@dataclass(frozen=True)
class WorkPage:
    """A work that buyers may see. `maker` counts the works of its producer."""

    entry: CatalogueEntry
    listing: Listing
    revision: Revision
    producer: Producer
    maker: CatalogueMaker
    portrait: Picture | None
    shots: list[Shot]
    more: list[Card]


@dataclass(frozen=True)
class Gone:
    """A work that was shown once. Its maker, if they are still shown."""

    maker_slug: str | None
    maker_name: str


def work_page(session: Session, slug: str) -> WorkPage | None:
    """None for works buyers may not see. Three statements."""
    row = session.execute(
        select(CatalogueEntry, Listing, Revision, Producer, CatalogueMaker, *picture_columns(Photo))
        .join(Listing, Listing.id == CatalogueEntry.listing_id)
        .join(Revision, Revision.id == Listing.live_revision_id)
        .join(Producer, Producer.id == CatalogueEntry.producer_id)
        .join(CatalogueMaker, CatalogueMaker.producer_id == CatalogueEntry.producer_id)
        .outerjoin(Photo, Photo.id == Producer.photo_id)
        .where(CatalogueEntry.slug == slug)
    ).one_or_none()
    if row is None:
        return None
    return WorkPage(
        row.CatalogueEntry,
        row.Listing,
        row.Revision,
        row.Producer,
        row.CatalogueMaker,
        picture(row),
        shots(session, row.Revision.id),
        _more(session, row.CatalogueEntry),
    )


def shots(session: Session, revision_id: int) -> list[Shot]:
    """The photos of a revision in their order."""
    query = (
        select(RevisionPhoto, *picture_columns(Photo))
        .join(Photo, Photo.id == RevisionPhoto.photo_id)
        .where(RevisionPhoto.revision_id == revision_id)
        .order_by(RevisionPhoto.position, RevisionPhoto.id)
    )
    found = []
    for row in session.execute(query):
        shot, shown = row.RevisionPhoto, picture(row)
        if shown is not None:
            found.append(Shot(shot.slot, shot.alt_id, shot.alt_en, (shot.focal_x, shot.focal_y), shown))
    return found


def _more(session: Session, entry: CatalogueEntry) -> list[Card]:
    query = (
        cards()
        .where(CatalogueEntry.producer_id == entry.producer_id, CatalogueEntry.listing_id != entry.listing_id)
        .order_by(CatalogueEntry.order_new, CatalogueEntry.listing_id)
        .limit(MORE_OF_THE_MAKER)
    )
    return [card(row) for row in session.execute(query)]


def gone(session: Session, slug: str) -> Gone | None:
    """What is left of a work that was published once; None for works nobody outside has ever seen."""
    shown = aliased(CatalogueMaker)
    row = session.execute(
        select(Producer.name, Producer.status, shown.slug)
        .join(Listing, Listing.producer_id == Producer.id)
        .outerjoin(shown, shown.producer_id == Producer.id)
        .where(Listing.slug == slug, Listing.published_at.is_not(None))
    ).one_or_none()
    if row is None:
        return None
    if row.status != ProducerStatus.VERIFIED:
        return Gone(None, "")
    return Gone(row.slug, row.name)
