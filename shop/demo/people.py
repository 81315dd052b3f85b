"""The demo's people: the accounts of the contract and a chair for every maker. All names are invented."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from shop.models import Consent, Person
from shop.setup.accounts import PASSWORD, TOTP_SECRET
from shop.web.passwords import hash_password

BUYER, WEAVER, JOINER = "pembeli@contoh.test", "perajin@contoh.test", "perajin2@contoh.test"
STAFF = (
    ("kurator@contoh.test", "Theresia Abuk"),
    ("kurator2@contoh.test", "Emanuel Berek"),
    ("kurator3@contoh.test", "Lusia Kolo"),
)
ADMINISTRATOR = ("admin@contoh.test", "Yohanes Meak")
# The makers whose chairs sign in with the contract's accounts; the other chairs have a WhatsApp number only.
CHAIR_EMAILS = {"Kelompok Tenun Kmanek": WEAVER, "Bengkel Tiga Saudara": JOINER}


@dataclass
class Cast:
    """Everybody in the demo."""

    buyer: Person
    curators: list[Person]
    administrator: Person
    chairs: dict[str, Person] = field(default_factory=dict)


def password_hash() -> str:
    """One hash for all demo accounts; slow, so made before any transaction begins."""
    return hash_password(PASSWORD)


def make_people(session: Session, makers: list[dict[str, object]], *, hashed: str, at: datetime) -> Cast:
    """The cast, flushed. They joined over the months before `at`."""
    first = at - timedelta(days=200)
    cast = Cast(
        buyer=_person(BUYER, "Budi Santoso", hashed, first + timedelta(days=30), phone="+6281345670001"),
        curators=[_staff(email, name, hashed, first) for email, name in STAFF],
        administrator=_staff(*ADMINISTRATOR, hashed, first),
    )
    cast.administrator.is_curator, cast.administrator.is_administrator = False, True
    cast.curators[0].matches_payments = True
    for number, maker in enumerate(makers):
        name = str(maker["name"])
        cast.chairs[name] = _person(
            CHAIR_EMAILS.get(name),
            str(maker["speaker"]),
            hashed,
            first + timedelta(days=number),
            phone=f"+62812345600{number:02d}",
        )
    session.add_all([cast.buyer, cast.administrator, *cast.curators, *cast.chairs.values()])
    session.flush()
    session.add_all(
        Consent(person_id=person.id, purpose="account", given_at=person.created_at)
        for person in [cast.buyer, *cast.chairs.values()]
    )
    session.flush()
    return cast


def _person(email: str | None, name: str, hashed: str, at: datetime, *, phone: str | None = None) -> Person:
    return Person(
        name=name,
        email=email,
        email_confirmed_at=at if email else None,
        phone=phone,
        password_hash=hashed,
        created_at=at,
    )


def _staff(email: str, name: str, hashed: str, at: datetime) -> Person:
    person = _person(email, name, hashed, at)
    person.is_curator = True
    person.totp_secret, person.totp_confirmed_at = TOTP_SECRET, at
    return person
