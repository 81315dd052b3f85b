"""The table of rates: curators write zones, places in them and prices by weight. Orders keep what they were made with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.locking import hold_row
from shop.domain.errors import ChangedMeanwhile, WrongInput
from shop.domain.roles import Actor
from shop.domain.words import N_
from shop.models import Person, ShippingPlace, ShippingRate, ShippingZone


@dataclass(frozen=True)
class Zone:
    """What a curator writes. `places` are official codes; `steps` are grams up to → whole rupiah."""

    name: str
    courier: str
    divisor: int
    days: str
    places: Sequence[str]
    steps: Mapping[int, int]


def add_zone(session: Session, written: Zone, *, by: Person, at: datetime) -> ShippingZone:
    """Raises WrongInput for a name or a place that another zone has."""
    zone = ShippingZone(changed_at=at, places=[], rates=[])
    _write(session, zone, written, at=at)
    _log(session, "shipping_zone_added", zone, by=by, at=at)
    return zone


def change_zone(
    session: Session, zone: ShippingZone, written: Zone, *, version: int, by: Person, at: datetime
) -> None:
    """Raises ChangedMeanwhile where `version` is not the one that was read, WrongInput as `add_zone` does."""
    hold_row(session, zone)
    if zone.version != version:
        raise ChangedMeanwhile
    _write(session, zone, written, at=at)
    _log(session, "shipping_zone_changed", zone, by=by, at=at)


def remove_zone(session: Session, zone: ShippingZone, *, by: Person, at: datetime) -> None:
    """Its places have no rate any more: makers are asked for the shipping."""
    _log(session, "shipping_zone_removed", zone, by=by, at=at)
    session.delete(zone)
    session.flush()


def _write(session: Session, zone: ShippingZone, written: Zone, *, at: datetime) -> None:
    _check_free(session, zone, written)
    zone.name, zone.courier, zone.divisor, zone.days = (
        written.name,
        written.courier,
        written.divisor,
        written.days,
    )
    zone.changed_at = at
    kept = {place.code: place for place in zone.places}
    zone.places = [kept.get(code) or ShippingPlace(code=code) for code in sorted(set(written.places))]
    steps = {rate.up_to_g: rate for rate in zone.rates}
    zone.rates = [steps.get(up_to) or ShippingRate(up_to_g=up_to) for up_to in sorted(written.steps)]
    for rate in zone.rates:
        rate.price_idr = written.steps[rate.up_to_g]
    try:
        with session.begin_nested():
            session.add(zone)
    except IntegrityError as error:  # another curator took the place or the name at this moment
        raise ChangedMeanwhile from error


def _check_free(session: Session, zone: ShippingZone, written: Zone) -> None:
    named = select(ShippingZone.id).where(ShippingZone.name == written.name, ShippingZone.id != zone.id)
    if session.scalar(named) is not None:
        raise WrongInput("nama", N_("Nama ini sudah dipakai tujuan lain"))
    taken = (
        select(ShippingPlace.code, ShippingZone.name)
        .join(ShippingZone, ShippingZone.id == ShippingPlace.zone_id)
        .where(ShippingPlace.code.in_(written.places), ShippingZone.id != zone.id)
        .order_by(ShippingPlace.code)
    )
    row = session.execute(taken.limit(1)).first()
    if row is not None:
        raise WrongInput("tempat", N_("%(code)s sudah ada di tujuan %(zone)s"), code=row.code, zone=row.name)


def _log(session: Session, what: str, zone: ShippingZone, *, by: Person, at: datetime) -> None:
    facts = {
        "zone": zone.name,
        "courier": zone.courier,
        "divisor": zone.divisor,
        "places": [place.code for place in zone.places],
        "steps": {str(rate.up_to_g): rate.price_idr for rate in zone.rates},
    }
    actor = Actor.CURATOR if by.is_curator else Actor.ADMINISTRATOR
    log(session, what, by=by, actor=actor, at=at, facts=facts)
