"""Shoppers: they buy what stands ready at once, from one maker or from two, several of them after the last piece."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions import buying
from shop.actions.buying import Parcel, Piece
from shop.actions.quote_rows import Delivery
from shop.actions.ready_orders import Buyer as Person
from shop.database import reading
from shop.extensions import db
from shop.models import Listing
from shop.operations.simulation.hand import Hand
from shop.operations.simulation.stage import NO_RATE, RATED
from shop.queries import shipping

READY = ("ready", "one_of_a_kind")
STALE = 0.04  # how often a price was seen that is no longer asked
EAGER = 0.4  # how often a shopper at hand buys: the rest of the deals begin with a question


@dataclass(frozen=True)
class Seen:
    """A work as the shopper saw it."""

    listing_id: int
    maker: int
    price_idr: int
    quantity: int


class Shopper(Hand):
    """All of them look at the scarcest works first, so that they are after the same piece."""

    def act(self, deals: int) -> bool:
        if self.chance.random() > EAGER or not self.may_begin(deals):
            return False
        chosen = self._chosen()
        if not chosen:
            return False
        delivery = self._delivery()
        key, person = f"{self.chance.getrandbits(128):x}", Person("Pembeli", "+6281234500000", None, "id")

        def act(session: Session) -> None:
            parcels = [self._parcel(session, seen, delivery) for seen in chosen]
            buying.buy(session, parcels, person, delivery, form_key=key, prefix="SIM", at=self.world.now())

        return self.press("buy of two makers" if len(chosen) > 1 else "buy", act)

    def _chosen(self) -> list[Seen]:
        """One work, or one each of two makers: the scarcest there is, or any."""
        order = Listing.stock if self.chance.random() < 0.5 else func.random()
        query = select(Listing.id, Listing.producer_id, Listing.price_idr, Listing.stock)
        query = query.where(Listing.availability.in_(READY), Listing.stock > 0).order_by(order, Listing.id)
        with reading():
            rows = db.session.execute(query.limit(8)).all()
            db.session.rollback()
        found = [Seen(row[0], row[1], row[2] or 0, self._quantity(row[3])) for row in rows]
        other = next((one for one in found if one.maker != found[0].maker), None)
        return found[:1] + ([other] if other and self.chance.random() < 0.3 else [])

    def _quantity(self, stock: int) -> int:
        return 2 if stock > 2 and self.chance.random() < 0.2 else 1

    def _delivery(self) -> Delivery:
        """Picked up, sent where there is a rate, or sent where the maker must be asked."""
        code = self.pick((50, ""), (35, RATED), (15, NO_RATE))
        return Delivery(address={"kode": code, "kecamatan": "Simulasi"}) if code else Delivery(pick_up=True)

    def _parcel(self, session: Session, seen: Seen, delivery: Delivery) -> Parcel:
        """As a form would send it: the price, and the shipping, that stood on the page."""
        revision = session.get_one(Listing, seen.listing_id).live_revision
        stale = 1_000 if self.chance.random() < STALE else 0
        price = shipping.carriage(
            shipping.zone_of(session, delivery.address.get("kode", "")),
            [shipping.packed(revision, seen.quantity) if revision else None],
        )
        piece = Piece(seen.listing_id, seen.quantity, seen.price_idr - stale)
        return Parcel(seen.maker, (piece,), price.price_idr if price and not delivery.pick_up else None)
