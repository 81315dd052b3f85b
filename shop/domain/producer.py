"""The life of a producer: applied, verified, rejected, suspended."""

from __future__ import annotations

from enum import StrEnum

from shop.domain.errors import WrongState
from shop.domain.roles import Actor
from shop.domain.words import N_


class ProducerStatus(StrEnum):
    APPLIED = "applied"
    VERIFIED = "verified"
    REJECTED = "rejected"
    SUSPENDED = "suspended"


class ProducerKind(StrEnum):
    GROUP = "group"
    WORKSHOP = "workshop"


PRODUCER_STEPS: dict[tuple[ProducerStatus, str], tuple[ProducerStatus, Actor]] = {
    (ProducerStatus.APPLIED, "verify"): (ProducerStatus.VERIFIED, Actor.CURATOR),
    (ProducerStatus.APPLIED, "reject"): (ProducerStatus.REJECTED, Actor.CURATOR),
    (ProducerStatus.REJECTED, "apply_again"): (ProducerStatus.APPLIED, Actor.PRODUCER),
    (ProducerStatus.VERIFIED, "suspend"): (ProducerStatus.SUSPENDED, Actor.CURATOR),
    (ProducerStatus.SUSPENDED, "resume"): (ProducerStatus.VERIFIED, Actor.CURATOR),
}

PRODUCER_STATUS_LABELS = {
    ProducerStatus.APPLIED: N_("Menunggu verifikasi"),
    ProducerStatus.VERIFIED: N_("Terverifikasi"),
    ProducerStatus.REJECTED: N_("Pendaftaran ditolak"),
    ProducerStatus.SUSPENDED: N_("Ditangguhkan"),
}
PRODUCER_KIND_LABELS = {ProducerKind.GROUP: N_("Kelompok"), ProducerKind.WORKSHOP: N_("Bengkel")}


def producer_step(status: str, step: str, *, by: Actor) -> ProducerStatus:
    """The status after the step. Raises WrongState where the table has no such row for this actor."""
    row = PRODUCER_STEPS.get((ProducerStatus(status), step))
    if row is None or row[1] is not by:
        raise WrongState(status=status, step=step)
    return row[0]
