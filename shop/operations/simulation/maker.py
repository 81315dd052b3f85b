"""Makers: they quote, quote anew, decline, show their work, finish it, ship it, or cannot."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from shop.actions import inquiries, orders, quotes
from shop.actions.quote_rows import Offer, Offered
from shop.domain.deal import DealStatus
from shop.domain.roles import Actor
from shop.models import Inquiry, Person, Photo
from shop.operations.simulation.hand import Hand, deal
from shop.operations.simulation.stage import photo

D = DealStatus
MINE = (D.ASKED, D.COUNTERED, D.QUOTED, D.DEPOSIT_DUE, D.IN_PRODUCTION, D.TO_SHIP)


class Maker(Hand):
    def act(self, _deals: int) -> bool:
        found = self.some_deal(MINE)
        if found is None:
            return False
        inquiry_id, status = found
        choice = self._choice(status)
        if not choice:
            return False
        key = f"{self.chance.getrandbits(64):x}"  # of the form, so a repeat is the same quote
        return self.press(choice, lambda session: self._do(session, deal(session, inquiry_id), choice, key))

    def _choice(self, status: DealStatus) -> str:
        match status:
            case D.ASKED | D.COUNTERED:
                return self.pick((80, "quote"), (4, "decline"), (16, ""))
            case D.QUOTED:
                return self.pick((4, "quote"), (1, "decline"), (95, ""))
            case D.DEPOSIT_DUE:
                return self.pick((1, "cancel"), (99, ""))
            case D.IN_PRODUCTION:
                return self.pick((25, "progress"), (50, "ready"), (2, "cannot"), (23, ""))
            case _:
                return self.pick((60, "ship"), (20, "hand over"), (2, "cannot"), (18, ""))

    def _do(self, session: Session, inquiry: Inquiry, choice: str, key: str) -> None:
        by = session.get_one(Person, self.stage.makers[inquiry.producer_id])
        at = self.world.now()
        match choice:
            case "quote":
                quotes.send_quote(session, inquiry, self._offer(inquiry), by=by, form_key=key, at=at)
            case "decline":
                inquiries.decline(session, inquiry, by=by, reason="Tidak sempat", at=at)
            case "cancel":
                orders.cancel(session, inquiry, actor=Actor.PRODUCER, by=by, why="Kayu habis", at=at)
            case "progress":
                orders.show_progress(
                    session, inquiry, self._photo(session, inquiry, key), by=by, note="", at=at
                )
            case "ready":
                orders.ready(session, inquiry, self._photo(session, inquiry, key), by=by, note="", at=at)
            case "ship":
                orders.ship(session, inquiry, courier="JNE", tracking_number=key, by=by, at=at)
            case "hand over":
                orders.hand_over(session, inquiry, by=by, at=at)
            case "cannot":
                orders.cannot_deliver(session, inquiry, by=by, words="Sakit", at=at)

    def _offer(self, inquiry: Inquiry) -> Offer:
        made = any(item.listing.availability == "made_to_order" for item in inquiry.items)
        return Offer(
            lines=[
                Offered(item.title, item.quantity, item.price_idr or 100_000, item.listing_id)
                for item in inquiry.items
            ],
            shipping_idr=self.chance.choice((0, 75_000)),
            packing_idr=0,
            deposit_percent=self.chance.choice((30, 50, 100)) if made else 100,
            lead_time_days=20 if made else 0,
            valid_until=self.world.now() + timedelta(days=self.chance.choice((1, 7, 30))),
        )

    def _photo(self, session: Session, inquiry: Inquiry, key: str) -> Photo:
        made = photo(
            name=f"kerja-{key}-{self.chance.getrandbits(32):x}", inquiry_id=inquiry.id, at=self.world.now()
        )
        session.add(made)
        session.flush()
        return made
