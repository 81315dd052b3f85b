"""What the home page shows, in three statements whatever the size of the shop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, literal, select, union_all
from sqlalchemy.orm import Session

from shop.domain.catalogue import SOLD
from shop.models import CatalogueMaker, Producer
from shop.queries.cards import ENTRY, PHOTO, Card, Picture, card, cards, picture, picture_columns
from shop.queries.tallies import TALLY

NEW_WORKS = 6
MOST_STORIES = 24  # so many makers are looked at


@dataclass(frozen=True)
class Story:
    """One maker in their own words."""

    slug: str
    name: str
    village: str
    speaker: str
    quote_id: str
    quote_en: str
    portrait: Picture | None


@dataclass(frozen=True)
class Home:
    """`lead` fills the first screen; `of_craft` gives each craft a work for its tile, not that one if there is another."""

    lead: Card | None
    new: list[Card]
    of_craft: dict[str, Card]
    story: Story | None
    works: int
    makers: int
    works_of_craft: dict[str, int]
    works_of_district: dict[str, int]


def home(session: Session, crafts: Sequence[str]) -> Home:
    rows = _works(session, crafts)
    newest = [one for place, one in rows if not place]
    newest_of = {craft: [one for place, one in rows if place == craft] for craft in crafts}
    lead = next((found[0] for found in newest_of.values() if found), None)
    of_craft = {craft: found[-1] for craft, found in newest_of.items() if found}
    tally = _tallies(session)
    return Home(
        lead=lead,
        new=[one for one in newest if lead is None or one.slug != lead.slug][:NEW_WORKS],
        of_craft=of_craft,
        story=_story(session),
        works=tally.get(("all", ""), 0),
        makers=tally.get(("makers", ""), 0),
        works_of_craft={value: works for (facet, value), works in tally.items() if facet == "craft"},
        works_of_district={value: works for (facet, value), works in tally.items() if facet == "district"},
    )


def _works(session: Session, crafts: Sequence[str]) -> list[tuple[str, Card]]:
    """The newest works, and the two newest of each craft, told apart by their place."""
    return [(row.place, card(row)) for row in session.execute(_newest_of_all(tuple(crafts))).all()]


@lru_cache(maxsize=16)
def _newest_of_all(crafts: tuple[str, ...]) -> Select[Any]:
    parts = [_newest(NEW_WORKS + 1, None), *(_newest(2, craft) for craft in crafts)]
    chosen = union_all(*parts).subquery()
    query = cards(chosen.c.place).join(chosen, chosen.c.id == ENTRY.c.listing_id)
    return query.order_by(ENTRY.c.order_new, ENTRY.c.listing_id)


def _newest(most: int, craft: str | None) -> Select[Any]:
    query = select(ENTRY.c.listing_id.label("id"), literal(craft or "").label("place"))
    query = query.where(ENTRY.c.standing != SOLD)
    if craft:
        query = query.where(ENTRY.c.craft == craft)
    limited = query.order_by(ENTRY.c.order_new, ENTRY.c.listing_id).limit(most).subquery()
    return select(limited.c.id, limited.c.place)


_TALLIES = select(TALLY.c.facet, TALLY.c.value, TALLY.c.works).where(
    TALLY.c.place == "", TALLY.c.facet.in_(["all", "makers", "craft", "district"])
)


def _tallies(session: Session) -> dict[tuple[str, str], int]:
    return {(facet, value): works for facet, value, works in session.execute(_TALLIES).all()}


_WHO: Any = Producer.__table__
_SHOWN: Any = CatalogueMaker.__table__
_LARGEST = (
    select(_SHOWN.c.producer_id, _SHOWN.c.photo_id, _SHOWN.c.works)
    .where(_SHOWN.c.has_story.is_(True))
    .order_by(_SHOWN.c.works.desc(), _SHOWN.c.producer_id.desc())
    .limit(MOST_STORIES)
    .subquery()
)
_STORY = (
    select(
        *(_WHO.c[name] for name in ("slug", "name", "village", "speaker", "quote_id", "quote_en")),
        *picture_columns(PHOTO.c),
    )
    .join(_LARGEST, _LARGEST.c.producer_id == _WHO.c.id)
    .outerjoin(PHOTO, PHOTO.c.id == _LARGEST.c.photo_id)
    .order_by(_LARGEST.c.photo_id.is_(None), _LARGEST.c.works.desc(), _WHO.c.id)
    .limit(1)
)


def _story(session: Session) -> Story | None:
    """Of the makers with a quote who have most works, the first with a portrait, if one has."""
    row = session.execute(_STORY).first()
    if row is None:
        return None
    return Story(row.slug, row.name, row.village, row.speaker, row.quote_id, row.quote_en, picture(row))
