"""What a producer's members say of themselves: profile, portrait, holidays. Buyers read it at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from shop.actions.catalogue import refresh_producer
from shop.actions.locking import hold_row
from shop.actions.member_steps import log_step
from shop.domain.editor import print_of
from shop.domain.errors import ChangedMeanwhile, NotFound
from shop.models import Member, Photo, Producer

PROFILE_FIELDS = (
    "speaker", "quote_id", "quote_en", "story_id", "story_en", "since_year", "member_count", "techniques",
    "training", "visiting_days", "phone", "phone_public",
)  # fmt: skip


def profile_of(producer: Producer) -> dict[str, Any]:
    """The fields of the profile by name."""
    return {name: getattr(producer, name) for name in PROFILE_FIELDS}


def save_profile(
    session: Session, producer: Producer, *, values: dict[str, Any], seen: str, by: Member, at: datetime
) -> bool:
    """Write the profile; False when nothing changed. Raises ChangedMeanwhile when another member wrote since."""
    _hold_own(session, producer, by)
    now_there = profile_of(producer)
    if values == now_there:
        return False
    if print_of(now_there) != seen:
        raise ChangedMeanwhile
    changed = [name for name in PROFILE_FIELDS if values[name] != now_there[name]]
    for name in changed:
        setattr(producer, name, values[name])
    session.flush()
    log_step(session, "profile", by=by, at=at, producer=producer, facts={"fields": changed})
    refresh_producer(session, producer)
    return True


def set_portrait(
    session: Session, producer: Producer, photo: Photo | None, *, by: Member, at: datetime
) -> None:
    """The photo above the profile, or none. Raises NotFound for photos of others."""
    _hold_own(session, producer, by)
    if photo is not None and photo.producer_id != producer.id:
        raise NotFound
    producer.photo_id = photo.id if photo is not None else None
    session.flush()
    log_step(session, "portrait", by=by, at=at, producer=producer, facts={"photo": producer.photo_id})
    refresh_producer(session, producer)


def go_on_holiday(
    session: Session, producer: Producer, *, until: date, note: str, by: Member, at: datetime
) -> None:
    """Tell buyers that answers come after a date (the last day of the holiday)."""
    _set_holiday(session, producer, until, note, by=by, at=at)


def end_holiday(session: Session, producer: Producer, *, by: Member, at: datetime) -> None:
    """Back at work."""
    _set_holiday(session, producer, None, "", by=by, at=at)


def _set_holiday(
    session: Session, producer: Producer, until: date | None, note: str, *, by: Member, at: datetime
) -> None:
    _hold_own(session, producer, by)
    producer.holiday_until, producer.holiday_note = until, note
    session.flush()
    facts = {"until": until.isoformat() if until else None}
    log_step(session, "holiday", by=by, at=at, producer=producer, facts=facts)
    refresh_producer(session, producer)


def _hold_own(session: Session, producer: Producer, by: Member) -> None:
    if by.producer_id != producer.id or by.left_at is not None:
        raise NotFound
    session.flush()
    hold_row(session, producer)
