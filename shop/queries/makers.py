"""Makers: their list, those that words meet, and one of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, and_, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from shop.domain.producer import ProducerStatus
from shop.models import CatalogueEntry, CatalogueMaker, Photo, Producer, ProducerCraft
from shop.queries.cards import Card, Picture, card, cards, picture, picture_columns
from shop.queries.vocabulary import AFTER_Z
from shop.search.question import Question

PER_PAGE = 24
MOST_FOUND = 4


@dataclass(frozen=True, slots=True)
class MakerCard:
    slug: str
    name: str
    village: str
    district_code: str
    crafts: tuple[str, ...]
    works: int
    picture: Picture | None


@dataclass(frozen=True)
class MakerList:
    """One page of makers by name; counts of makers by craft and by district are those of all."""

    makers: list[MakerCard]
    total: int
    of_craft: dict[str, int]
    of_district: dict[str, int]
    more: bool


@dataclass(frozen=True)
class MakerPage:
    """A maker with one page of works, those that are sold last."""

    producer: Producer
    entry: CatalogueMaker
    portrait: Picture | None
    works: list[Card]
    sold: list[Card]
    more: bool


def _maker_cards() -> Select[Any]:
    columns = [
        getattr(CatalogueMaker, name)
        for name in ("slug", "name", "village", "district_code", "crafts", "works")
    ]
    return select(*columns, *picture_columns(Photo)).outerjoin(Photo, Photo.id == CatalogueMaker.photo_id)


def _maker_card(row: Row[Any]) -> MakerCard:
    return MakerCard(
        row.slug, row.name, row.village, row.district_code, tuple(row.crafts), row.works, picture(row)
    )


def maker_list(session: Session, *, craft: str | None, district: str | None, page: int) -> MakerList:
    """Two statements. The list is narrowed by both, the counts by neither."""
    query = _maker_cards()
    if craft:
        query = query.where(_works_in(craft))
    if district:
        query = query.where(CatalogueMaker.district_code == district)
    rows = session.execute(
        query.order_by(CatalogueMaker.name_key, CatalogueMaker.producer_id)
        .offset((page - 1) * PER_PAGE)
        .limit(PER_PAGE + 1)
    ).all()
    of_craft, of_district, total = _counts(session, craft, district)
    return MakerList(
        [_maker_card(row) for row in rows[:PER_PAGE]], total, of_craft, of_district, len(rows) > PER_PAGE
    )


def _works_in(craft: str) -> Any:
    return exists().where(
        and_(ProducerCraft.producer_id == CatalogueMaker.producer_id, ProducerCraft.craft == craft)
    )


def _counts(
    session: Session, craft: str | None, district: str | None
) -> tuple[dict[str, int], dict[str, int], int]:
    by_craft = (
        select(literal("craft").label("what"), ProducerCraft.craft.label("value"), func.count().label("n"))
        .join(CatalogueMaker, CatalogueMaker.producer_id == ProducerCraft.producer_id)
        .group_by(ProducerCraft.craft)
    )
    by_district = select(literal("district"), CatalogueMaker.district_code, func.count()).group_by(
        CatalogueMaker.district_code
    )
    total = select(literal("total"), literal(""), func.count()).select_from(CatalogueMaker)
    if craft:
        total = total.where(_works_in(craft))
    if district:
        total = total.where(CatalogueMaker.district_code == district)
    found: dict[str, dict[str, int]] = {"craft": {}, "district": {}, "total": {}}
    for what, value, number in session.execute(union_all(by_craft, by_district, total)):
        found[what][value] = number
    return found["craft"], found["district"], found["total"].get("", 0)


def found_makers(session: Session, question: Question, makers: Collection[str]) -> list[MakerCard]:
    """Makers whose name or village meets every word, those with most works first. One statement.

    A work is found by its maker's name and village too. So those are looked at whose works stand on the page (`makers`, by
    slug), and those whose name begins as was typed: they may have no works.
    """
    typed = " ".join(word.typed for word in question.words)
    begins = and_(CatalogueMaker.name_key >= typed, CatalogueMaker.name_key < typed + AFTER_Z)
    query = _maker_cards().where(or_(CatalogueMaker.slug.in_(sorted(makers)), begins))
    for word in question.words:
        patterns = [f"% {form} %" for form in sorted(word.own)]
        patterns += [f"% {word.typed}%"] if word.begun else []
        query = query.where(or_(*(CatalogueMaker.words.like(pattern) for pattern in patterns)))
    query = query.order_by(CatalogueMaker.works.desc(), CatalogueMaker.name_key).limit(MOST_FOUND)
    return [_maker_card(row) for row in session.execute(query)]


def maker_page(session: Session, slug: str, *, page: int) -> MakerPage | None:
    """None for makers who are not shown. Two statements."""
    row = session.execute(
        select(Producer, CatalogueMaker, *picture_columns(Photo))
        .join(CatalogueMaker, CatalogueMaker.producer_id == Producer.id)
        .outerjoin(Photo, Photo.id == Producer.photo_id)
        .where(CatalogueMaker.slug == slug)
    ).one_or_none()
    if row is None:
        return None
    query = (
        cards()
        .where(CatalogueEntry.producer_id == row.Producer.id)
        .order_by(CatalogueEntry.order_new, CatalogueEntry.listing_id)
        .offset((page - 1) * PER_PAGE)
        .limit(PER_PAGE + 1)
    )
    works = [card(each) for each in session.execute(query)]
    return MakerPage(
        row.Producer,
        row.CatalogueMaker,
        picture(row),
        [work for work in works[:PER_PAGE] if not work.sold],
        [work for work in works[:PER_PAGE] if work.sold],
        len(works) > PER_PAGE,
    )


def was_shown(session: Session, slug: str) -> bool:
    """Whether this maker was public once and is not now: suspended."""
    query = select(Producer.id).where(Producer.slug == slug, Producer.status == ProducerStatus.SUSPENDED)
    return session.scalar(query) is not None
