"""What a curator filled in on the review page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict

from shop.domain.curation import Judgement
from shop.domain.review import GATES, HIGHEST_SCORE, REASONS, SCORES

LONGEST_NOTE = 4000
ANSWERS = {"ya": True, "tidak": False}
POINTS = {str(points): points for points in range(HIGHEST_SCORE + 1)}


def read_judgement(form: MultiDict[str, str]) -> Judgement:
    """The gates and scores that were answered, the reasons that exist, both notes. Nonsense counts as unanswered."""
    return Judgement(
        gates={name: ANSWERS[form[f"gate_{name}"]] for name in GATES if form.get(f"gate_{name}") in ANSWERS},
        scores={
            name: POINTS[form[f"score_{name}"]] for name in SCORES if form.get(f"score_{name}") in POINTS
        },
        codes=tuple(code for code in REASONS if code in form.getlist("alasan")),
        note=form.get("pesan", "").strip()[:LONGEST_NOTE],
        internal_note=form.get("dalam", "").strip()[:LONGEST_NOTE],
    )


def read_version(form: MultiDict[str, str]) -> int:
    """The version the curator read; 0, which none has, when the form does not say."""
    return form.get("versi", 0, type=int)


def filled_in(judgement: Judgement) -> dict[str, Any]:
    """The other way round: names of the form's fields to what is chosen in them."""
    gates = {f"gate_{name}": "ya" if answer else "tidak" for name, answer in judgement.gates.items()}
    return gates | {f"score_{name}": str(points) for name, points in judgement.scores.items()}


def of_draft(draft: Any, *, content_since: datetime | None) -> Judgement:
    """What a draft holds. Gates and scores given to an earlier content count no more; what was written stays."""
    if content_since is not None and draft.saved_at < content_since:
        return Judgement(codes=tuple(draft.codes), note=draft.note, internal_note=draft.internal_note)
    return Judgement(draft.gates, draft.scores, tuple(draft.codes), draft.note, draft.internal_note)
