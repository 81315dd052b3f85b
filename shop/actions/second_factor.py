"""The second factor: codes of an authenticator app, each good once, and recovery codes for a lost phone."""

from __future__ import annotations

import secrets
from datetime import datetime

import pyotp
from sqlalchemy import delete, or_, update
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.notices import tell
from shop.actions.signing_in import actor_of
from shop.domain.deal import CROCKFORD
from shop.domain.tokens import hash_token
from shop.models import Person, RecoveryCode, SignIn

STEP_S = 30
RECOVERY_CODES = 10
_CROCKFORD_READS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_secret() -> str:
    return pyotp.random_base32()


def matching_step(secret: str, code: str, *, at: datetime) -> int | None:
    """The half-minute the code belongs to: this one, the one before or the next (clocks drift); None for no match."""
    digits = code.replace(" ", "")
    if len(digits) != 6 or not digits.isascii() or not digits.isdigit():
        return None
    totp, here = pyotp.TOTP(secret), int(at.timestamp()) // STEP_S
    matches = [
        step for step in (here - 1, here, here + 1) if secrets.compare_digest(totp.at(step * STEP_S), digits)
    ]
    return matches[-1] if matches else None


def give_code(session: Session, sign_in: SignIn, code: str, *, at: datetime) -> bool:
    """Whether the code opens the rest of this sign-in: a fresh one of the app, or a recovery code not used before."""
    person = sign_in.person
    by_app = _take_step(session, person, code, at=at)
    if not by_app and not _take_recovery(session, person, code, at=at):
        return False
    sign_in.second_factor_at = at
    how = "app" if by_app else "recovery"
    log(session, "second_factor", by=person, actor=actor_of(person), person=person, at=at, facts={"how": how})
    return True


def set_up(session: Session, sign_in: SignIn, secret: str, code: str, *, at: datetime) -> list[str] | None:
    """The recovery codes, to be shown once, when the code fits the secret; else None and nothing changed."""
    step = matching_step(secret, code, at=at)
    if step is None:
        return None
    person = sign_in.person
    person.totp_secret, person.totp_confirmed_at, person.totp_last_step = secret, at, step
    sign_in.second_factor_at = at
    log(session, "second_factor_set_up", by=person, actor=actor_of(person), person=person, at=at)
    tell(session, person, "second_factor_changed", at=at, facts={"on": True})
    return new_recovery_codes(session, person, at=at)


def new_recovery_codes(session: Session, person: Person, *, at: datetime) -> list[str]:
    """Ten fresh codes, to be shown once; those before open nothing any more."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = ["-".join(_four() for _ in range(4)) for _ in range(RECOVERY_CODES)]
    session.add_all(RecoveryCode(person_id=person.id, code_hash=_hash(code)) for code in codes)
    log(session, "recovery_codes", by=person, actor=actor_of(person), person=person, at=at)
    return codes


def take_away(session: Session, person: Person, *, by: Person, at: datetime, why: str = "") -> None:
    """The person signs in with the password alone until they set a second factor up again."""
    person.totp_secret = person.totp_confirmed_at = person.totp_last_step = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    log(session, "second_factor_removed", by=by, actor=actor_of(by), person=person, at=at, why=why)
    tell(session, person, "second_factor_changed", at=at, facts={"on": False})


def _take_step(session: Session, person: Person, code: str, *, at: datetime) -> bool:
    """A code is good once: its half-minute must lie after the last one taken, whoever comes at the same moment."""
    step = matching_step(person.totp_secret, code, at=at) if person.totp_secret else None
    if step is None:
        return False
    later = or_(Person.totp_last_step.is_(None), Person.totp_last_step < step)
    taken = session.execute(update(Person).where(Person.id == person.id, later).values(totp_last_step=step))
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def _take_recovery(session: Session, person: Person, code: str, *, at: datetime) -> bool:
    fits = (
        RecoveryCode.person_id == person.id,
        RecoveryCode.code_hash == _hash(code),
        RecoveryCode.used_at.is_(None),
    )
    taken = session.execute(update(RecoveryCode).where(*fits).values(used_at=at))
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def _four() -> str:
    return "".join(secrets.choice(CROCKFORD) for _ in range(4))


def _hash(code: str) -> str:
    plain = code.upper().replace("-", "").replace(" ", "").translate(_CROCKFORD_READS)
    return hash_token(f"recovery:{plain}")
