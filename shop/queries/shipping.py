"""What sending costs: the zone of a place, the price of a parcel there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from shop.domain.shipping import Packed, counted_g, nearest, price_of
from shop.models import Revision, ShippingPlace, ShippingZone


@dataclass(frozen=True)
class Carriage:
    """How one parcel goes there: with whom, what it counts as, its price."""

    courier: str
    days: str
    counted_g: int
    price_idr: int


def zones(session: Session) -> Sequence[ShippingZone]:
    """All of them with their places and prices, in three statements."""
    query = select(ShippingZone).options(selectinload(ShippingZone.places), selectinload(ShippingZone.rates))
    return session.scalars(query.order_by(ShippingZone.name)).all()


def zone_of(session: Session, code: str) -> ShippingZone | None:
    """The zone of a kecamatan: its own, its regency's or its province's, the nearest that stands in the table; None
    for no code too.
    """
    if not code:
        return None
    query = (
        select(ShippingPlace.code, ShippingZone)
        .join(ShippingZone, ShippingZone.id == ShippingPlace.zone_id)
        .where(ShippingPlace.code.in_(nearest(code)))
        .options(selectinload(ShippingZone.rates))
    )
    found = {row.code: row.ShippingZone for row in session.execute(query)}
    return next((found[place] for place in nearest(code) if place in found), None)


def carriage(zone: ShippingZone | None, parcel: Iterable[Packed | None]) -> Carriage | None:
    """The price of a parcel in a zone; None where the table has none, or something in it was never measured."""
    pieces = list(parcel)
    packed = [one for one in pieces if one is not None]
    if zone is None or len(packed) < len(pieces):
        return None
    grams = counted_g(packed, zone.divisor)
    price = price_of({rate.up_to_g: rate.price_idr for rate in zone.rates}, grams)
    return Carriage(zone.courier, zone.days, grams, price) if price is not None else None


def packed(revision: Revision, quantity: int) -> Packed | None:
    """How many pieces of a work are packed; None where its weight or a side is not known."""
    measures = (
        revision.weight_g,
        revision.packed_length_cm,
        revision.packed_width_cm,
        revision.packed_height_cm,
    )
    known = [measure for measure in measures if measure]
    return Packed(quantity, *known) if len(known) == len(measures) else None
