"""Questions about invented works: a few works are asked about by many, most by nobody."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import text

from shop.operations.synth.loading import Loader

SHARE = 20
STRIDE = 7_919  # a prime: the most wanted works lie scattered over the years


def wanted(chance: Random, many: int) -> Counter[int]:
    """How many people ask about the how-maniest work: one question for every twenty works."""
    ranks = (int(many * chance.random() ** 5) for _ in range(many // SHARE))
    return Counter((rank * STRIDE) % many for rank in ranks)


def make_threads(loader: Loader, asked: Counter[int], first_listing: int, *, seed: int, at: datetime) -> None:
    """A thread with one message for every question."""
    inquiry_id, item_id, message_id = (
        loader.next_id(table) for table in ("inquiry", "inquiry_item", "message")
    )
    number = 0
    for place, times in asked.items():
        work = loader.connection.execute(
            text("SELECT l.id, l.producer_id, l.live_revision_id, l.price_idr, l.price_kind, e.title_id, e.photo_id"
                 " FROM listing l JOIN catalogue_entry e ON e.listing_id = l.id WHERE l.id = :id"),
            {"id": first_listing + place},
        ).one()  # fmt: skip
        for _ in range(times):
            moment = loader.moment(at - timedelta(minutes=number * 7))
            open_still, key = number < 200, f"{seed}-{inquiry_id + number}"
            loader.add("inquiry", {
                "id": inquiry_id + number, "code": f"SYN-{key}", "form_key": f"synth-{key}",
                "producer_id": work.producer_id, "status": "asked" if open_still else "withdrawn", "buyer_name": "Pembeli",
                "buyer_phone": "+6281200000001", "created_at": moment, "changed_at": moment,
                "waiting_since": moment if open_still else None,
            })  # fmt: skip
            loader.add("inquiry_item", {
                "id": item_id + number, "inquiry_id": inquiry_id + number, "listing_id": work.id,
                "revision_id": work.live_revision_id, "title": work.title_id, "photo_id": work.photo_id,
                "price_idr": work.price_idr, "price_kind": work.price_kind,
            })  # fmt: skip
            loader.add("message", {
                "id": message_id + number, "inquiry_id": inquiry_id + number, "side": "buyer",
                "text": "Apakah karya ini masih ada?", "form_key": f"synth-{key}", "at": moment,
            })  # fmt: skip
            number += 1
