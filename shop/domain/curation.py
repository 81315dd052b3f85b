"""What a curator's word must carry, and who may say it. The table of steps stands in `listing`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shop.domain.errors import ChangedMeanwhile, Incomplete, NotAllowed, WrongState
from shop.domain.listing import UNDO_WITHIN
from shop.domain.review import GATES, PASS_TOTAL, REASONS, SCORES, total
from shop.domain.words import N_

#: How long "take next" leaves a work to the curator it was given to: as long as a decision should take at most.
ASSIGNED_LASTS = timedelta(days=3)
ANSWER_GATE = N_("Jawab Ya atau Tidak")
GATE_IS_NO = N_("Dijawab Tidak; karya ini tidak dapat disetujui")
GIVE_SCORE = N_("Beri nilai 0 sampai 3")
SCORE_IS_ZERO = N_("Nilai 0 tidak dapat disetujui")
POINTS_LACK = N_("Jumlah nilai belum mencapai 16")
GIVE_REASON = N_("Pilih paling sedikit satu alasan, atau tulis catatan untuk pembuat")
X_REJECTS = N_("Alasan X hanya untuk menolak. Hapus alasan X, atau tekan Tolak")


class OwnGroup(NotAllowed):
    """A curator never decides about a group they belong or belonged to."""

    sentence = N_("Karya ini dari kelompok Anda sendiri. Kurator lain yang memutuskan.")


class DecidedBefore(NotAllowed):
    """A second opinion comes from somebody who has not decided about this work yet."""

    sentence = N_("Anda sudah memutuskan tentang karya ini. Orang lain yang memberi putusan kedua.")


class HeldByAnother(ChangedMeanwhile):
    """Another curator holds the work. `name` says who."""

    sentence = N_("Karya ini sedang ditinjau oleh %(name)s.")


class UndoTooLate(WrongState):
    """Ten seconds have passed, or something followed the decision."""

    sentence = N_("Keputusan ini tidak dapat diurungkan lagi.")


class NotForThem(NotAllowed):
    """A work cannot be given to a curator of its own group. `name` says who."""

    sentence = N_("%(name)s anggota kelompoknya, jadi tidak dapat meninjaunya.")


class NotWaiting(WrongState):
    """Only what waits for its first reading can be given to somebody."""

    sentence = N_("Karya ini tidak lagi menunggu kurasi.")


def is_meant_for_another(
    assigned_to_id: int | None, assigned_at: datetime | None, me: int, *, at: datetime
) -> bool:
    """Whether a work is a colleague's to take first. After three days it is anybody's again."""
    if assigned_to_id is None or assigned_at is None or assigned_to_id == me:
        return False
    return at - assigned_at < ASSIGNED_LASTS


@dataclass(frozen=True)
class Judgement:
    """What a curator filled in: gates answered yes (True) or no, scores 0–3, reason codes, both notes."""

    gates: Mapping[str, bool] = field(default_factory=dict)
    scores: Mapping[str, int] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    note: str = ""
    internal_note: str = ""


def against_approval(judgement: Judgement) -> dict[str, str]:
    """What stands against approving: `gate_<name>`, `score_<name>` or `total` to a sentence. Empty = it passes."""
    problems = {f"gate_{name}": _of_gate(judgement.gates.get(name)) for name in GATES}
    problems |= {f"score_{name}": _of_score(judgement.scores.get(name)) for name in SCORES}
    found = {name: sentence for name, sentence in problems.items() if sentence}
    if not found and total(judgement.scores) < PASS_TOTAL:
        found["total"] = POINTS_LACK
    return found


def _of_gate(answer: bool | None) -> str:
    if answer is None:
        return ANSWER_GATE
    return "" if answer else GATE_IS_NO


def _of_score(points: int | None) -> str:
    if points is None:
        return GIVE_SCORE
    return "" if points else SCORE_IS_ZERO


def check_approval(judgement: Judgement) -> None:
    """All gates, no zero, sixteen of twenty-four; else Incomplete with every problem."""
    if problems := against_approval(judgement):
        raise Incomplete(problems)


def check_reason(judgement: Judgement) -> None:
    """At least one reason code, or a note that the producer reads."""
    if not judgement.codes and not judgement.note.strip():
        raise Incomplete({"codes": GIVE_REASON})


def check_request(judgement: Judgement) -> None:
    """A reason, and none that bars the work: what is false cannot be mended."""
    check_reason(judgement)
    if any(REASONS[code].severe for code in judgement.codes):
        raise Incomplete({"codes": X_REJECTS})


def undo_is_open(decided_at: datetime, *, at: datetime) -> bool:
    """True within ten seconds of the decision."""
    return decided_at <= at < decided_at + UNDO_WITHIN
