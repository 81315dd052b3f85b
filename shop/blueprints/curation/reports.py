"""Reports of works by visitors: reading and answering them."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions import reports as actions
from shop.blueprints.curation import words
from shop.blueprints.curation.room import blueprint
from shop.blueprints.curation.showing import listed, undoable
from shop.domain.curation import Judgement
from shop.domain.errors import ChangedMeanwhile, Incomplete, NotFound, WrongState
from shop.domain.review import REASONS
from shop.domain.words import N_
from shop.extensions import db, now, the_shop
from shop.forms.review import read_judgement
from shop.models import Report
from shop.queries import reports as queries
from shop.queries import reviews
from shop.web.access import curator_only
from shop.web.login import the_person
from shop.web.numbers import row_asked

REASON_WORDS = {
    "not_local": N_("Bukan buatan daerah ini"),
    "printed": N_("Printing atau buatan pabrik"),
    "photo": N_("Foto bukan barang ini"),
    "motif": N_("Motif milik kelompok lain"),
    "text": N_("Tulisannya tidak benar"),
    "other": N_("Hal lain"),
}
OUTCOME_WORDS = {
    "no_cause": N_("Tidak ada alasan"),
    "noted": N_("Dicatat"),
    "taken_down": N_("Karya diturunkan"),
}
ANSWERS = {"tidak-ada-alasan": "no_cause", "dicatat": "noted"}
ANSWERED = N_("Laporan dijawab.")
FASTER = N_("Rekan Anda sudah menjawab laporan ini.")
LATEST = 5


@blueprint.get("/kurasi/laporan")
@curator_only
def reports() -> str:
    return render_template(
        "curation/reports.html",
        reports=queries.waiting(db.session()),
        open_count=queries.open_count(db.session()),
        answered=queries.answered(db.session(), most=LATEST),
        reason_words=REASON_WORDS,
        outcome_words=OUTCOME_WORDS,
        own=set(reviews.own_groups(db.session(), the_person().id)),
        undo=undoable(row_asked(request.args, "diputus")),
        words=words,
        at=now(),
    )


@blueprint.post("/kurasi/laporan/<int:report_id>")
@curator_only
def answer_report(report_id: int) -> Response:
    """Without a cause, or noted: the work stays as it is."""
    report, outcome = _find(report_id), ANSWERS.get(request.form.get("jawaban", ""))
    if outcome is None:
        raise WrongState
    try:
        actions.answer_report(db.session(), report, outcome=outcome, by=the_person(), at=now())
        db.session.commit()
        flash(gettext(ANSWERED))
    except ChangedMeanwhile:
        db.session.rollback()
        flash(gettext(FASTER), "warn")
    return redirect(url_for("curation.reports"))


@blueprint.get("/kurasi/laporan/<int:report_id>/turunkan")
@curator_only
def take_down(report_id: int) -> str | Response:
    """Asks for the reason before the work is taken down."""
    report = _find(report_id)
    if report.handled_at is not None:
        flash(gettext(FASTER), "warn")
        return redirect(url_for("curation.reports"))
    return _take_down_page(report, Judgement(), {})


@blueprint.post("/kurasi/laporan/<int:report_id>/turunkan")
@curator_only
def take_down_now(report_id: int) -> Response | tuple[str, int]:
    report, judgement = _find(report_id), read_judgement(request.form)
    version = request.form.get("versi_karya", 0, type=int)
    try:
        decision = actions.take_down_for_report(
            db.session(), report, judgement, by=the_person(), version=version, at=now()
        )
        db.session.commit()
    except Incomplete as refused:
        db.session.rollback()
        return _take_down_page(_find(report_id), judgement, refused.problems), 422
    the_shop().wake("notices")
    return redirect(url_for("curation.reports", diputus=decision.id))


def _find(report_id: int) -> Report:
    report = db.session.get(Report, report_id)
    if report is None:
        raise NotFound
    return report


def _take_down_page(report: Report, judgement: Judgement, problems: dict[str, str]) -> str:
    return render_template(
        "curation/take_down.html",
        report=report,
        listing=report.listing,
        filled=judgement,
        problems=listed(problems),
        reasons=[(reason.code, gettext(reason.label)) for reason in REASONS.values()],
        reason_words=REASON_WORDS,
        words=words,
    )
