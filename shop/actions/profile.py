"""What a person says about themselves, and what they agree to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.notices import tell
from shop.actions.registering import give_consent
from shop.actions.signing_in import actor_of
from shop.domain.consent import Purpose
from shop.domain.errors import WrongState
from shop.models import Consent, Member, Person
from shop.queries.people import curators, memberships


def change_profile(
    session: Session, person: Person, *, name: str, language: str, shortcuts_on: bool, at: datetime
) -> None:
    """Name, language of letters, keyboard shortcuts."""
    person.name, person.language, person.shortcuts_on = name, language, shortcuts_on
    log(session, "profile_changed", by=person, actor=actor_of(person), person=person, at=at)


def agree(session: Session, person: Person, purpose: Purpose, *, at: datetime) -> None:
    """Given once more is given."""
    if _standing(session, person, purpose) is None:
        give_consent(session, person, purpose, at=at)


def withdraw(session: Session, person: Person, purpose: Purpose, *, at: datetime) -> None:
    """Taken back from now on. Raises WrongState for what an account cannot be without."""
    if purpose is Purpose.ACCOUNT:
        raise WrongState(step="withdraw")
    consent = _standing(session, person, purpose)
    if consent is None:
        return
    consent.withdrawn_at = at
    log(
        session,
        "consent_withdrawn",
        by=person,
        actor=actor_of(person),
        person=person,
        at=at,
        facts={"purpose": purpose.value},
    )
    if purpose is Purpose.PROFILE:
        _tell_curators(session, memberships(session, person), at)


def _tell_curators(session: Session, groups: list[Member], at: datetime) -> None:
    for member in groups:
        for curator in curators(session):
            tell(session, curator, "consent_withdrawn", at=at, facts={"producer": member.producer.name})


def _standing(session: Session, person: Person, purpose: Purpose) -> Consent | None:
    fits = (Consent.person_id == person.id, Consent.purpose == purpose.value, Consent.withdrawn_at.is_(None))
    return session.scalar(select(Consent).where(*fits))
