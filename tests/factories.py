"""Rows for tests, as they would stand after the real actions. Everything has a default that makes sense."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from shop.domain.deal import new_code
from shop.domain.tokens import hash_token
from shop.models import (
    Inquiry,
    InquiryItem,
    Listing,
    Member,
    Person,
    Photo,
    Producer,
    ProducerCraft,
    Revision,
    RevisionPhoto,
    SignIn,
)

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def person(session: Session, name: str = "Budi", **values: Any) -> Person:
    number = next(_numbers)
    row = Person(
        **{
            "name": name,
            "email": f"{name.split()[0].lower()}{number}@contoh.test",
            "email_confirmed_at": AT,
            "created_at": AT,
        }
        | values
    )
    session.add(row)
    session.flush()
    return row


def curator(session: Session, name: str = "Sari", **values: Any) -> Person:
    return person(session, name, **({"is_curator": True} | values))


def producer(
    session: Session, name: str = "Kelompok Tenun Kmanek", *, chair: Person | None = None, **values: Any
) -> Producer:
    """A verified weaving group; with `chair`, that person is its chair."""
    number = next(_numbers)
    crafts = values.pop("crafts", ["tenun-ikat"])
    row = Producer(
        **{
            "name": name,
            "slug": f"produsen-{number}",
            "kind": "group",
            "status": "verified",
            "district_code": "53.04.02",
            "village": "Umaklaran",
            "applied_at": AT,
            "verified_at": AT,
            "phone": "+6281234567890",
            "story_id": "Kami menenun sejak kecil.",
        }
        | values
    )
    row.crafts = [ProducerCraft(craft=craft) for craft in crafts]
    session.add(row)
    session.flush()
    if chair is not None:
        member(session, row, chair)
    return row


def member(session: Session, of: Producer, who: Person, role: str = "chair") -> Member:
    row = Member(producer=of, person=who, role=role, joined_at=AT)
    session.add(row)
    session.flush()
    return row


def photo(session: Session, of: Producer | None = None, **values: Any) -> Photo:
    """A rendered photo; its files are not on disk."""
    number = next(_numbers)
    row = Photo(
        **{
            "name": f"foto{number:018d}",
            "producer_id": of.id if of else None,
            "uploaded_by": "test",
            "client_id": str(number),
            "sha256": f"{number:064x}",
            "original_key": f"originals/{number}",
            "size_bytes": 1000,
            "width_px": 1600,
            "height_px": 2000,
            "widths": [360, 720],
            "state": "ready",
            "due_at": AT,
            "received_at": AT,
            "rendered_at": AT,
        }
        | values
    )
    session.add(row)
    session.flush()
    return row


CONTENT: dict[str, Any] = {
    "title_id": "Tais Lajur Merah",
    "title_en": "Red Lane Cloth",
    "description_id": "Kain tenun ikat merah mengkudu dengan dua lajur belah ketupat.",
    "description_en": "Mengkudu-red ikat cloth with two lanes of lozenges.",
    "craft": "tenun-ikat",
    "kind": "tais",
    "technique": "futus",
    "material": "kapas",
    "dye": "natural",
    "dye_plants": "mengkudu, loba",
    "motif_name": "Belah ketupat",
    "motif_source": "penenun",
    "length_cm": 190,
    "width_cm": 98,
    "weight_g": 900,
    "packed_length_cm": 35,
    "packed_width_cm": 30,
    "packed_height_cm": 6,
    "care": "Cuci dengan air dingin.",
    "story": "Benang direndam delapan kali.",
    "attributes": {"loom": "gedogan", "fringe": True},
    "price_kind": "fixed",
    "price_idr": 1_350_000,
}
SLOTS = {
    "tenun-ikat": ("utuh", "detail", "balik"),
    "meubel": ("depan", "samping", "sambungan"),
    "gerabah": ("depan", "dalam", "dasar"),
    "anyaman": ("depan", "dalam", "simpul"),
}


def listing(session: Session, of: Producer, by: Person, *, status: str = "draft", **content: Any) -> Listing:
    """A listing with one complete revision and its required photos, in a state before any approval."""
    return _listing(session, of, by, status, content)


def published(session: Session, of: Producer, by: Person, **content: Any) -> Listing:
    """A listing that is live."""
    made = _listing(session, of, by, "published", content)
    made.slug = content.get("slug") or f"karya-{made.id}"
    made.live_revision_id = made.revisions[0].id
    made.status = "published"
    made.published_at = AT
    session.flush()
    session.expire(made, ["live_revision"])
    return made


def _listing(session: Session, of: Producer, by: Person, status: str, content: dict[str, Any]) -> Listing:
    own = {
        key: content[key]
        for key in ("availability", "stock", "lead_time_days", "size_limits")
        if key in content
    }
    words = CONTENT | {key: value for key, value in content.items() if key not in own and key != "slug"}
    row = Listing(
        producer=of,
        status="draft" if status == "published" else status,
        created_at=AT,
        changed_at=AT,
        price_idr=words["price_idr"],
        price_kind=words["price_kind"],
        **own,
    )
    session.add(row)
    session.flush()
    holder = curator(session) if status == "in_review" else None
    revision = Revision(
        listing=row, number=1, status=status, created_at=AT, saved_at=AT, created_by_id=by.id, **words
    )
    if status not in ("draft", "changes_requested"):
        revision.submitted_at, revision.submitted_by_id = AT, by.id
    if holder is not None:
        revision.claimed_by_id, revision.claim_active_at = holder.id, AT
    if status == "published":
        revision.approved_at = AT
    session.add(revision)
    slots = SLOTS[words["craft"] or "tenun-ikat"]
    revision.photos = [
        RevisionPhoto(photo=photo(session, of), slot=slot, position=position, alt_id=f"Foto {slot}")
        for position, slot in enumerate(slots)
    ]
    session.flush()
    return row


def sign_in(session: Session, who: Person, *, second_factor: bool = True) -> str:
    """A standing sign-in; the token to put into a browser's session as `_user_id`."""
    token = f"token-{next(_numbers)}"
    now = datetime.now(UTC)
    session.add(
        SignIn(
            token_hash=hash_token(token),
            person_id=who.id,
            created_at=now,
            seen_at=now,
            expires_at=now + timedelta(days=30),
            second_factor_at=now if second_factor else None,
        )
    )
    session.flush()
    return token


def inquiry(session: Session, about: Listing, *, buyer: Person | None = None, **values: Any) -> Inquiry:
    """A guest's question (or a person's) about a live work, unanswered."""
    revision = about.live_revision or about.revisions[0]
    row = Inquiry(
        **{
            "code": new_code("BLU"),
            "form_key": f"form-{next(_numbers)}",
            "producer_id": about.producer_id,
            "buyer_id": buyer.id if buyer else None,
            "buyer_name": buyer.name if buyer else "Ratna Wulandari",
            "buyer_phone": "+6281234563210",
            "buyer_email": None,
            "created_at": AT,
            "changed_at": AT,
            "waiting_since": AT,
        }
        | values
    )
    row.items = [
        InquiryItem(
            listing=about,
            revision=revision,
            title=revision.title_id,
            photo=revision.photos[0].photo if revision.photos else None,
            price_idr=about.price_idr,
            price_kind=about.price_kind,
        )
    ]
    session.add(row)
    session.flush()
    return row
