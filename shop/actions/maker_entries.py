"""One verified producer as lists and search show it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, delete, func, insert, select
from sqlalchemy.orm import Session

from shop.domain.catalogue import SOLD
from shop.domain.producer import ProducerStatus
from shop.models import CatalogueEntry, CatalogueMaker, Producer, ProducerCraft
from shop.search.entry_words import district_mark, words_of
from shop.search.text import words


def refresh_makers(session: Session, producer_ids: list[int]) -> None:
    """Make the rows of these producers true; those who are not verified have none."""
    if not producer_ids:
        return
    session.execute(delete(CatalogueMaker).where(CatalogueMaker.producer_id.in_(producer_ids)))
    counts = _counts(session, producer_ids)
    crafts = _crafts(session, producer_ids)
    rows = [
        _row(producer, crafts.get(producer.id, []), *counts.get(producer.id, (0, 0)))
        for producer in session.execute(
            select(*Producer.__table__.c)
            .where(Producer.id.in_(producer_ids), Producer.status == ProducerStatus.VERIFIED)
            .order_by(Producer.id)
        )
    ]
    if rows:
        session.execute(insert(CatalogueMaker), rows)


def _counts(session: Session, producer_ids: list[int]) -> dict[int, tuple[int, int]]:
    sold = func.sum(case((CatalogueEntry.standing == SOLD, 1), else_=0))
    query = (
        select(CatalogueEntry.producer_id, func.count(), sold)
        .where(CatalogueEntry.producer_id.in_(producer_ids))
        .group_by(CatalogueEntry.producer_id)
    )
    return {producer_id: (works, int(gone)) for producer_id, works, gone in session.execute(query)}


def _crafts(session: Session, producer_ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    query = select(ProducerCraft.producer_id, ProducerCraft.craft).where(
        ProducerCraft.producer_id.in_(producer_ids)
    )
    for producer_id, craft in session.execute(query.order_by(ProducerCraft.craft)):
        found.setdefault(producer_id, []).append(craft)
    return found


def _row(producer: Any, crafts: list[str], works: int, sold: int) -> dict[str, Any]:
    searched = words_of([producer.name, producer.village], marks=[district_mark(producer.district_code)])
    return {
        "producer_id": producer.id,
        "slug": producer.slug,
        "name": producer.name,
        "name_key": " ".join(words(producer.name)),
        "district_code": producer.district_code,
        "village": producer.village,
        "crafts": crafts,
        "photo_id": producer.photo_id,
        "has_story": bool(producer.quote_id),
        "works": works,
        "sold": sold,
        "words": f" {searched} ",
    }
