"""The buttons of the review page: decide, skip, keep as a draft, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions import claims, decisions, review_drafts, second_opinions, takedowns
from shop.actions import undo as undoing
from shop.blueprints.curation import words
from shop.blueprints.curation.room import blueprint
from shop.blueprints.curation.showing import find, review_page
from shop.domain.curation import DecidedBefore, HeldByAnother, Judgement, UndoTooLate
from shop.domain.errors import ChangedMeanwhile, Incomplete, NotFound, WrongState
from shop.domain.listing import Status
from shop.domain.words import N_
from shop.extensions import db, now, the_shop
from shop.forms.review import read_judgement, read_version
from shop.models import Decision, Revision
from shop.queries import reviews
from shop.web.access import curator_only
from shop.web.errors import sentence_of
from shop.web.filters import time_words
from shop.web.login import the_person
from shop.web.numbers import row_asked

Answer = Response | tuple[str, int]
ON_REVISIONS: dict[str, Callable[..., Decision]] = {
    "setuju": decisions.approve,
    "perbaikan": decisions.request_changes,
    "tolak": decisions.reject,
    "kuatkan": second_opinions.confirm_rejection,
    "batalkan": second_opinions.disagree,
    "tolak-banding": second_opinions.uphold,
    "terima-banding": second_opinions.grant,
}
ON_LISTINGS: dict[str, Callable[..., Decision]] = {
    "turunkan": takedowns.take_down,
    "tayangkan": takedowns.restore,
}
SAVED = N_("Draf tersimpan. Hanya Anda yang melihatnya.")
DECIDED_MEANWHILE = N_(
    "%(name)s sudah memutuskan pukul %(time)s: %(what)s. Isian Anda tersimpan sebagai draf."
)
MOVED_MEANWHILE = N_(
    "Karya ini berubah sementara Anda meninjau. Periksa yang terbaru; isian Anda tersimpan sebagai draf."
)
WITHDRAWN = N_("Pembuatnya menarik karya ini. Isian Anda tersimpan sebagai draf.")
UNDONE = N_("Keputusan diurungkan.")


@blueprint.post("/kurasi/karya/<int:revision_id>/putusan")
@curator_only
def decide(revision_id: int) -> Answer:
    """One press: decides, and opens the next work with a bar to undo."""
    pressed = request.form.get("putusan", "")
    if pressed == "lewati":
        return _skip(revision_id)
    if pressed == "simpan":
        return _save(revision_id)
    judgement, revision = read_judgement(request.form), _standing(revision_id)
    try:
        decision = _pressed(pressed, revision, judgement)
        after = _next(revision)
        db.session.commit()
    except Incomplete as refused:
        db.session.rollback()
        return review_page(find(revision_id), judgement=judgement, problems=refused.problems), 422
    except (ChangedMeanwhile, WrongState, DecidedBefore) as refused:
        db.session.rollback()
        return _moved(revision_id, judgement, refused)
    the_shop().wake("notices")
    return _onwards(after, decision)


@blueprint.post("/kurasi/karya/<int:revision_id>/draf")
@curator_only
def save(revision_id: int) -> tuple[str, int]:
    """The same as the button that keeps the draft, for the page's script."""
    _keep(revision_id)
    db.session.commit()
    return "", 204


@blueprint.post("/kurasi/keputusan/<int:decision_id>/urungkan")
@curator_only
def undo(decision_id: int) -> Response:
    """Takes the decision back and opens its work again; the one that was opened meanwhile is given back."""
    decision = db.session.get(Decision, decision_id)
    if decision is None or decision.curator_id != the_person().id:
        raise NotFound
    try:
        undoing.undo(db.session(), decision, by=the_person(), at=now())
        _give_back(row_asked(request.form, "lepas"))
        db.session.commit()
    except UndoTooLate as refused:
        db.session.rollback()
        flash(sentence_of(refused), "warn")
        return redirect(url_for("curation.review", revision_id=decision.revision_id))
    flash(gettext(UNDONE))
    return redirect(url_for("curation.review", revision_id=decision.revision_id))


def _standing(revision_id: int) -> Revision:
    revision = db.session.get(Revision, revision_id)
    if revision is None:
        raise NotFound
    return revision


def _pressed(pressed: str, revision: Revision, judgement: Judgement) -> Decision:
    session, by, at = db.session(), the_person(), now()
    version = read_version(request.form)
    if pressed in ON_REVISIONS:
        return ON_REVISIONS[pressed](session, revision, judgement, version=version, by=by, at=at)
    if pressed in ON_LISTINGS:
        shown = request.form.get("versi_karya", 0, type=int)
        return ON_LISTINGS[pressed](session, revision.listing, judgement, version=shown, by=by, at=at)
    if pressed == "lihat":
        return takedowns.acknowledge(session, revision.listing, seen_revision_id=revision.id, by=by, at=at)
    if pressed == "kembalikan":
        return takedowns.revert(
            session, revision.listing, judgement, seen_revision_id=revision.id, by=by, at=at
        )
    raise WrongState


def _skip(revision_id: int) -> Response:
    """Gives the work back, if it was held, and opens the next one."""
    revision = _standing(revision_id)
    _give_back(revision_id)
    after = _next(revision)
    db.session.commit()
    if after is None:
        return redirect(url_for("curation.queue"))
    return redirect(url_for("curation.review", revision_id=after.id))


def _next(revision: Revision) -> Revision | None:
    """The next free work, claimed; nothing for an administrator, who only hears last appeals."""
    if not the_person().is_curator:
        return None
    return claims.claim_next(db.session(), by=the_person(), at=now(), after=revision)


def _give_back(revision_id: int | None) -> None:
    revision = db.session.get(Revision, revision_id) if revision_id else None
    if revision is not None and revision.claimed_by_id == the_person().id:
        claims.release(db.session(), revision, by=the_person(), at=now())


def _keep(revision_id: int) -> None:
    revision, judgement = _standing(revision_id), read_judgement(request.form)
    review_drafts.save_draft(db.session(), revision, judgement, by=the_person(), at=now())


def _save(revision_id: int) -> Response:
    _keep(revision_id)
    db.session.commit()
    flash(gettext(SAVED))
    return redirect(url_for("curation.review", revision_id=revision_id))


def _onwards(after: Revision | None, decision: Decision) -> Response:
    if after is not None:
        return redirect(url_for("curation.review", revision_id=after.id, diputus=decision.id))
    return redirect(url_for("curation.queue", diputus=decision.id))


def _moved(revision_id: int, judgement: Judgement, refused: Exception) -> Answer:
    """What happened meanwhile, with everything that was typed kept as a draft."""
    session, revision = db.session(), _standing(revision_id)
    review_drafts.save_draft(session, revision, judgement, by=the_person(), at=now())
    said = _what_happened(revision, refused)
    db.session.commit()
    if revision.status == Status.DRAFT:
        flash(gettext(WITHDRAWN), "warn")
        return redirect(url_for("curation.queue"))
    return review_page(find(revision_id), judgement=judgement, moved=said), 409


def _what_happened(revision: Revision, refused: Any) -> str:
    if isinstance(refused, HeldByAnother) or type(refused) not in (ChangedMeanwhile, WrongState):
        return sentence_of(refused)
    last = reviews.latest(db.session(), revision.listing_id)
    if last is None or last.revision_id != revision.id or last.curator_id == the_person().id:
        return str(gettext(MOVED_MEANWHILE))
    return str(
        gettext(
            DECIDED_MEANWHILE,
            name=last.curator.name,
            time=time_words(last.at),
            what=words.said(words.DECISIONS[last.kind]).lower(),
        )
    )
