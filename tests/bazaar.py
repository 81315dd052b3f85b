"""A small published catalogue for tests: three makers, seven works, and everything that must not be seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from shop.actions import catalogue
from shop.models import Listing, Person, Producer
from tests import factories

WEAVING: list[dict[str, Any]] = [
    {"title_id": "Tais Lajur Merah", "title_en": "Red Lane Cloth", "price_idr": 1_350_000},
    {"title_id": "Selendang Nila", "title_en": "Indigo Shawl", "price_idr": 375_000, "kind": "selendang",
     "dye": "synthetic", "technique": "fafoit", "availability": "one_of_a_kind"},
    {"title_id": "Tais Lumpur", "title_en": "", "price_idr": 1_500_000, "dye": "mixed", "stock": 0},
]  # fmt: skip
FURNITURE: list[dict[str, Any]] = [
    {"title_id": "Lemari Dua Pintu", "title_en": "Two-door Cupboard", "craft": "meubel", "kind": "lemari",
     "technique": "purus", "material": "jati", "dye": None, "price_kind": "from", "price_idr": 5_400_000,
     "availability": "made_to_order", "lead_time_days": 30, "motif_name": "", "dye_plants": "",
     "description_id": "Lemari jati dengan panel ukir.", "description_en": "A teak cupboard with carved panels.",
     "story": "", "attributes": {"drying": "oven", "finish": "politur", "knock_down": True}},
    {"title_id": "Kursi Makan", "title_en": "Dining Chair", "craft": "meubel", "kind": "kursi", "technique": "pasak",
     "material": "mahoni", "dye": None, "price_kind": "on_request", "price_idr": None, "motif_name": "",
     "description_id": "Kursi berkaki empat.", "description_en": "A chair.", "story": "", "dye_plants": "",
     "attributes": {"drying": "angin", "finish": "minyak", "knock_down": False}},
]  # fmt: skip
PLAITING: list[dict[str, Any]] = [
    {"title_id": "Tanasak Bertutup", "title_en": "Lidded Basket", "craft": "anyaman", "kind": "tanasak",
     "technique": "tunggal", "material": "lontar", "price_idr": 85_000, "motif_name": "", "dye_plants": "",
     "description_id": "Wadah sirih dari daun lontar.", "description_en": "A betel basket of palm leaf.",
     "story": "", "attributes": {"treatment": "jemur", "lid": True}},
    {"title_id": "Tikar Pandan", "title_en": "Pandan Mat", "craft": "anyaman", "kind": "tikar", "technique": "ganda",
     "material": "pandan", "price_idr": 120_000, "motif_name": "", "dye_plants": "",
     "description_id": "Tikar tidur yang lebar.", "description_en": "A wide sleeping mat.", "story": "",
     "attributes": {"treatment": "asap", "lid": False}},
]  # fmt: skip
UNSEEN = ("draft", "submitted", "rejected", "hidden_by_producer", "hidden_by_curator", "archived")


@dataclass
class Bazaar:
    weavers: Producer
    joiners: Producer
    plaiters: Producer
    works: dict[str, Listing]


def bazaar(session: Session) -> Bazaar:
    """Flushed and committed; works carry their titles as keys."""
    chair = factories.person(session, "Rosalinda")
    weavers = factories.producer(session, "Kelompok Tenun Kmanek", slug="kelompok-tenun-kmanek", chair=chair)
    joiners = factories.producer(
        session, "Bengkel Tiga Saudara", slug="bengkel-tiga-saudara", crafts=["meubel"], kind="workshop",
        district_code="53.04.22", village="Fatukbot",
    )  # fmt: skip
    plaiters = factories.producer(
        session, "Kelompok Anyam Fatuba'a", slug="kelompok-anyam-fatubaa", crafts=["anyaman"],
        district_code="53.04.05", village="Dualaus",
    )  # fmt: skip
    works: dict[str, Listing] = {}
    for maker, contents in ((weavers, WEAVING), (joiners, FURNITURE), (plaiters, PLAITING)):
        for content in contents:
            works[content["title_id"]] = publish(session, maker, chair, minutes=len(works), **content)
    session.commit()
    return Bazaar(weavers, joiners, plaiters, works)


def publish(
    session: Session,
    maker: Producer,
    by: Person,
    *,
    minutes: int = 0,
    slug: str | None = None,
    **content: Any,
) -> Listing:
    """A live work with its entry; `minutes` later than the others."""
    title = content.get("title_id", factories.CONTENT["title_id"])
    made = factories.published(session, maker, by, slug=slug or title.lower().replace(" ", "-"), **content)
    made.published_at = factories.AT + timedelta(minutes=minutes)
    session.flush()
    catalogue.refresh(session, made)
    return made


def unseen(session: Session, maker: Producer, by: Person) -> list[str]:
    """One work in every state buyers must not see, all called Rahasia. Returns the slugs of those that have one."""
    slugs = []
    for status in UNSEEN:
        title = f"Rahasia {status.replace('_', ' ')}"
        if status in ("draft", "submitted", "rejected"):
            made = factories.listing(session, maker, by, status=status, title_id=title)
        else:
            made = factories.published(
                session, maker, by, title_id=title, slug=f"rahasia-{status.replace('_', '-')}"
            )
            made.status = status
            slugs.append(str(made.slug))
        session.flush()
        catalogue.refresh(session, made)
    session.commit()
    return slugs
