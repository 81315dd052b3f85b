"""What a checkout comes to at this moment: one parcel for each maker, with what sending it costs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from shop.domain.buying import stands_ready
from shop.domain.listing import Status
from shop.domain.producer import ProducerStatus
from shop.models import Listing, Producer, ShippingZone
from shop.queries import shipping
from shop.queries.shipping import Carriage


@dataclass(frozen=True)
class Line:
    """So many of a work at its price of now."""

    listing: Listing
    quantity: int

    @property
    def unit_idr(self) -> int:
        return self.listing.price_idr or 0


@dataclass(frozen=True)
class Parcel:
    """What one maker sends; `carriage` is None where the table has no price for it."""

    producer: Producer
    lines: tuple[Line, ...]
    carriage: Carriage | None

    @property
    def goods_idr(self) -> int:
        return sum(line.quantity * line.unit_idr for line in self.lines)

    @property
    def shipping_idr(self) -> int | None:
        return self.carriage.price_idr if self.carriage else None

    @property
    def total_idr(self) -> int:
        """With the shipping, as far as it is known."""
        return self.goods_idr + (self.shipping_idr or 0)


def can_be_bought(listing: Listing) -> bool:
    """On show, at a fixed price, with a piece left."""
    shown = listing.status == Status.PUBLISHED and listing.producer.status == ProducerStatus.VERIFIED
    return (
        shown
        and listing.stock > 0
        and stands_ready(listing.availability, listing.price_kind, listing.price_idr)
    )


def parcels(
    session: Session, works: Sequence[Listing], how_many: Mapping[str, int], *, code: str, pick_up: bool
) -> list[Parcel]:
    """One for each maker, in the order of the works, whose makers stand together. `code` is the kecamatan's."""
    zone = None if pick_up else shipping.zone_of(session, code)
    return [
        _parcel([Line(work, how_many[work.slug or ""]) for work in group], zone, pick_up=pick_up)
        for _, group in groupby(works, key=lambda work: work.producer_id)
    ]


def _parcel(lines: Iterable[Line], zone: ShippingZone | None, *, pick_up: bool) -> Parcel:
    held = tuple(lines)
    producer = held[0].listing.producer
    if pick_up:
        return Parcel(producer, held, Carriage("", "", 0, 0))
    packed = [
        shipping.packed(line.listing.live_revision, line.quantity) if line.listing.live_revision else None
        for line in held
    ]
    return Parcel(producer, held, shipping.carriage(zone, packed))
