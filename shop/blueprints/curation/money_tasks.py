"""A task that no step of a deal ends: what is known about it, and what was done."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions import tasks
from shop.blueprints.curation.payments import payment_staff
from shop.blueprints.curation.room import blueprint
from shop.blueprints.curation.task_words import TASK_HOMES, task_words
from shop.domain.errors import NotFound
from shop.extensions import db, now
from shop.forms.order_money import DoneForm
from shop.models import Inquiry, Payment, StaffTask
from shop.queries import payments as queries
from shop.web.access import curator_only

ENDS_BY_ITSELF = frozenset({*TASK_HOMES, "check_proof"})  # by the step that settles it, never by a word


@blueprint.get("/kurasi/pembayaran/tugas/<int:task_id>")
@curator_only
def money_task(task_id: int) -> str:
    payment_staff()
    return _page(_task(task_id), DoneForm(formdata=None))


@blueprint.post("/kurasi/pembayaran/tugas/<int:task_id>")
@curator_only
def money_task_done(task_id: int) -> Response | tuple[str, int]:
    """Closed with what was done; a second press changes nothing."""
    by, task, form = payment_staff(), _task(task_id), DoneForm()
    if not form.validate():
        return _page(task, form), 422
    tasks.close_task(db.session(), task.kind, task.subject, by=by, outcome=form.kata.data, at=now())
    db.session.commit()
    flash(gettext("Sudah ditandai selesai."), "good")
    return redirect(url_for("curation.payment_desk"), 303)


def _task(task_id: int) -> StaffTask:
    task = queries.task(db.session(), task_id)
    if task is None or task.kind in ENDS_BY_ITSELF:
        raise NotFound
    return task


def _page(task: StaffTask, form: DoneForm) -> str:
    session = db.session()
    return render_template(
        "curation/money_task.html",
        task=task,
        words=task_words().get(task.kind, task.kind),
        inquiry=session.get(Inquiry, task.inquiry_id) if task.inquiry_id else None,
        payment=session.get(Payment, task.payment_id) if task.payment_id else None,
        form=form,
    )
