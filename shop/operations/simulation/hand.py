"""One pair of hands: picks a deal that waits for its kind of people and does something to it, as people do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.database import reading
from shop.domain.deal import ENDED, DealStatus
from shop.extensions import db
from shop.models import Inquiry
from shop.operations.simulation.acks import Voice, attempt
from shop.operations.simulation.stage import Stage
from shop.operations.simulation.world import World

AGAIN = 0.12  # how often a press is repeated at once
AT_ONCE = 40  # deals that run at the same time


@dataclass
class Hand:
    """What every actor holds. `chance` is of this process; what a deal's people are like comes from its number."""

    world: World
    stage: Stage
    voice: Voice
    seed: int
    chance: Random = field(default_factory=Random)

    def act(self, deals: int) -> bool:
        """One thing, out of at most so many deals; False when there was nothing to do."""
        raise NotImplementedError

    def press(self, name: str, act: Callable[[Session], object]) -> bool:
        """Done or refused, and now and then pressed again with the very same values."""
        done = attempt(self.voice, name, act)
        if self.chance.random() < AGAIN:
            attempt(self.voice, f"{name} again", act)
        return done

    def some_deal(self, statuses: Sequence[DealStatus]) -> tuple[int, DealStatus] | None:
        """Any deal in one of these states."""
        names = [status.value for status in statuses]
        with reading():
            rows = db.session.execute(
                select(Inquiry.id, Inquiry.status)
                .where(Inquiry.status.in_(names))
                .order_by(func.random())
                .limit(1)
            ).first()
            db.session.rollback()
        return (rows[0], DealStatus(rows[1])) if rows else None

    def begun(self) -> tuple[int, int]:
        """How many deals there are, and how many of them run."""
        ended = [status.value for status in ENDED]
        with reading():
            all_of_them = db.session.scalar(select(func.count()).select_from(Inquiry)) or 0
            running = db.session.scalar(select(func.count()).where(Inquiry.status.not_in(ended))) or 0
            db.session.rollback()
        return all_of_them, running

    def may_begin(self, deals: int) -> bool:
        """Whether one more deal is wanted, and not too many run."""
        all_of_them, running = self.begun()
        return all_of_them < deals and running < AT_ONCE

    def temper(self, deal: int, word: str) -> float:
        """A number between 0 and 1 that belongs to this deal and this question: repeatable by seed."""
        return Random(f"{self.seed}:{deal}:{word}").random()

    def pick(self, *weighted: tuple[float, str]) -> str:
        return self.chance.choices([word for _, word in weighted], [weight for weight, _ in weighted])[0]


def deal(session: Session, inquiry_id: int) -> Inquiry:
    return session.get_one(Inquiry, inquiry_id)
