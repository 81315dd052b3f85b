"""The demo's makers: invented groups and workshops in the real districts of the council file."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from slugify import slugify
from sqlalchemy.orm import Session

from shop.actions import events
from shop.demo.people import Cast
from shop.demo.pictures import PictureName
from shop.domain.roles import Actor, MemberRole
from shop.models import Member, Person, Photo, Producer, ProducerCraft

TakePhoto = Callable[[PictureName, Producer, Person], Photo]
FILE = Path(__file__).parent / "makers.toml"


def read_makers() -> list[dict[str, Any]]:
    return list(tomllib.loads(FILE.read_text(encoding="utf-8"))["makers"])


def portrait(row: dict[str, Any]) -> PictureName:
    """Which picture stands for the maker: a rendering of a work place, since nobody was photographed."""
    base, _, slot = str(row["picture"]).removesuffix(".jpg").rpartition("-")
    return PictureName(f"{base}-{slot}", "", "")


def make_makers(
    session: Session, rows: list[dict[str, Any]], cast: Cast, *, take_photo: TakePhoto, at: datetime
) -> dict[str, Producer]:
    """Every maker, verified, with its chair; by name."""
    return {
        row["name"]: _maker(session, row, cast, number, take_photo, at - timedelta(days=198 - number))
        for number, row in enumerate(rows)
    }


def make_applicants(session: Session, cast: Cast, *, at: datetime) -> None:
    """One group that waits to be verified and one that was suspended, for the curators' pages."""
    for name, village, days, status in (
        ("Kelompok Tenun Fulan", "Takirin", 3, "applied"),
        ("Bengkel Cahaya Timur", "Manleten", 120, "suspended"),
    ):
        joined = at - timedelta(days=days)
        person = Person(name=f"Ketua {name}", phone=f"+62812345699{days % 100:02d}", created_at=joined)
        session.add(person)
        producer = Producer(
            name=name,
            slug=slugify(name),
            kind="group" if name.startswith("Kelompok") else "workshop",
            status=status,
            district_code="53.04.02",
            village=village,
            story_id="Kami ingin menjual karya kami lewat galeri.",
            phone=person.phone,
            applied_at=joined,
            verified_at=joined + timedelta(days=2) if status == "suspended" else None,
            suspended_at=at - timedelta(days=9) if status == "suspended" else None,
            decision_reason="Alamat bengkel belum dapat ditemukan." if status == "suspended" else "",
            decided_by_id=cast.curators[0].id if status == "suspended" else None,
            crafts=[ProducerCraft(craft="meubel" if status == "suspended" else "tenun-ikat")],
        )
        session.add(producer)
        session.flush()
        session.add(Member(producer=producer, person=person, role=MemberRole.CHAIR, joined_at=joined))
        events.log(
            session,
            "apply",
            by=person,
            actor=Actor.PRODUCER,
            at=joined,
            producer=producer,
            to_status="applied",
        )
    session.flush()


def _maker(
    session: Session, row: dict[str, Any], cast: Cast, number: int, take_photo: TakePhoto, joined: datetime
) -> Producer:
    chair, curator = cast.chairs[row["name"]], cast.curators[number % len(cast.curators)]
    producer = Producer(
        name=row["name"],
        slug=slugify(row["name"]),
        kind=row["kind"],
        status="verified",
        district_code=row["district"],
        village=row["village"],
        since_year=row["since"],
        member_count=row["members"],
        speaker=row["speaker"],
        techniques=row["techniques"],
        story_id=row["story_id"],
        story_en=row["story_en"],
        quote_id=row["quote_id"],
        quote_en=row["quote_en"],
        visiting_days="Senin–Jumat, lewat Galeri" if number % 3 == 0 else "",
        phone=chair.phone,
        applied_at=joined,
        verified_at=joined + timedelta(days=2),
        decided_by_id=curator.id,
        crafts=[ProducerCraft(craft=row["craft"])],
    )
    session.add(producer)
    session.flush()
    session.add(Member(producer=producer, person=chair, role=MemberRole.CHAIR, joined_at=joined))
    if row["picture"]:
        producer.photo_id = take_photo(portrait(row), producer, chair).id
    _log_joining(session, producer, chair, curator, joined)
    return producer


def _log_joining(
    session: Session, producer: Producer, chair: Person, curator: Person, joined: datetime
) -> None:
    events.log(
        session,
        "apply",
        by=chair,
        actor=Actor.PRODUCER,
        at=joined,
        producer=producer,
        to_status="applied",
    )
    events.log(
        session,
        "verify",
        by=curator,
        actor=Actor.CURATOR,
        at=joined + timedelta(days=2),
        producer=producer,
        from_status="applied",
        to_status="verified",
    )
