"""The rows a simulation begins with: makers with works of every kind, staff, an account. Made once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.bank_accounts import confirm, propose
from shop.actions.catalogue import refresh
from shop.actions.shipping import Zone, add_zone
from shop.domain.craft import Craft, required_slots
from shop.models import (
    BankAccount,
    Listing,
    Member,
    Person,
    Photo,
    Producer,
    ProducerCraft,
    Revision,
    RevisionPhoto,
)

MAKERS = 5
#: Availability and stock of each maker's works: single pieces are fought over, the shelf empties.
SHELF = 100
WORKS = (("made_to_order", 0), ("made_to_order", 0), ("ready", SHELF), ("one_of_a_kind", 1))
RATED, NO_RATE = "53.71.01", "91.71.01"  # a kecamatan with a rate, and one without
ZONE = Zone("Simulasi", "JNE", 6000, "3", [RATED[:5]], {5_000: 39_000, 20_000: 90_000})


@dataclass(frozen=True)
class Stage:
    """Row ids, good in every process."""

    makers: dict[int, int]  # producer → the person who acts for it
    works: list[int]
    staff: list[int]
    account: int


def set_up(session: Session, *, at: datetime) -> Stage:
    """Flushed; the caller commits."""
    curator, second = (
        _person(session, name, at, is_curator=True, matches_payments=True) for name in ("Sari", "Rina")
    )
    boss = _person(session, "Ana", at, is_administrator=True)
    add_zone(session, ZONE, by=curator, at=at)
    account = propose(session, bank="Bank NTT", number="001", holder="Dekranasda", by=boss, at=at)
    confirm(session, account, by=curator, at=at)
    makers: dict[int, int] = {}
    works = []
    for number in range(MAKERS):
        maker, chair = _maker(session, number, at)
        makers[maker.id] = chair.id
        works += [_work(session, maker, chair, kind, stock, at).id for kind, stock in WORKS]
    return Stage(makers, works, [curator.id, second.id], account.id)


def renew_single_pieces(session: Session, *, at: datetime) -> None:
    """Makers make another one, so that there is always a last piece to fight over."""
    gone = (
        select(Listing)
        .where(Listing.availability == "one_of_a_kind", Listing.stock == 0)
        .order_by(Listing.id)
    )
    for listing in session.scalars(gone.with_for_update()):
        listing.stock, listing.changed_at = 1, at
        session.flush()
        refresh(session, listing)


def account_of(session: Session, stage: Stage) -> BankAccount:
    return session.get_one(BankAccount, stage.account)


def _person(session: Session, name: str, at: datetime, **may: bool) -> Person:
    address = f"simulasi-{name.lower()}@contoh.test"  # production refuses a database with such people in it
    person = Person(name=name, email=address, email_confirmed_at=at, created_at=at, **may)
    session.add(person)
    session.flush()
    return person


def _maker(session: Session, number: int, at: datetime) -> tuple[Producer, Person]:
    chair = _person(session, f"Ketua {number}", at)
    maker = Producer(
        name=f"Simulasi {number}",
        slug=f"simulasi-{number}",
        kind="group",
        status="verified",
        district_code="53.04.02",
        village="Umaklaran",
        applied_at=at,
        verified_at=at,
        crafts=[ProducerCraft(craft=Craft.WEAVING)],
    )
    session.add(maker)
    session.flush()
    session.add(Member(producer=maker, person=chair, role="chair", joined_at=at))
    session.flush()
    return maker, chair


def _work(session: Session, maker: Producer, chair: Person, kind: str, stock: int, at: datetime) -> Listing:
    made = kind == "made_to_order"
    terms = {"availability": kind, "stock": stock, "lead_time_days": 20 if made else None}
    price = {"price_kind": "fixed", "price_idr": 1_350_000}
    work = Listing(producer=maker, created_at=at, changed_at=at, **terms, **price)
    session.add(work)
    session.flush()
    title = f"Karya simulasi {work.id}"
    revision = Revision(
        listing=work,
        number=1,
        status="published",
        created_at=at,
        saved_at=at,
        submitted_at=at,
        approved_at=at,
        created_by_id=chair.id,
        submitted_by_id=chair.id,
        title_id=title,
        title_en=title,
        craft=Craft.WEAVING,
        kind="tais",
        technique="futus",
        material="kapas",
        dye="natural",
        weight_g=900,
        packed_length_cm=40,
        packed_width_cm=30,
        packed_height_cm=5,
        photos=[
            RevisionPhoto(
                photo=photo(maker=maker, name=f"karya-{work.id}-{place}", at=at),
                slot=slot.key,
                position=place,
            )
            for place, slot in enumerate(required_slots(Craft.WEAVING))
        ],
        **price,
    )
    session.add(revision)
    session.flush()
    work.slug, work.live_revision_id = f"simulasi-{work.id}", revision.id
    work.status, work.published_at = "published", at
    session.flush()
    session.expire(work, ["live_revision"])
    refresh(session, work)
    return work


def photo(
    *,
    name: str,
    at: datetime,
    content: str = "",
    maker: Producer | None = None,
    inquiry_id: int | None = None,
) -> Photo:
    """A photo without a file: of the pictures only the rows matter here. The same content is the same picture."""
    return Photo(
        name=name,
        producer_id=maker.id if maker else None,
        inquiry_id=inquiry_id,
        uploaded_by="simulation",
        client_id=name,
        sha256=sha256((content or name).encode()).hexdigest(),
        original_key="",
        size_bytes=1000,
        width_px=1600,
        height_px=2000,
        widths=[360],
        state="ready",
        due_at=at,
        received_at=at,
        rendered_at=at,
    )
