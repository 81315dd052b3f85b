"""Declining and withdrawing: a page that asks once more, and guards what comes by link."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from shop.actions import inquiries
from shop.blueprints.inquiry.door import blueprint
from shop.domain.deal import deal_step
from shop.domain.errors import NotFound
from shop.domain.roles import Actor
from shop.extensions import db, now, the_shop
from shop.forms.asking import EndForm
from shop.web.access import public
from shop.web.threads import Access, access_to

STEPS = {"tolak": ("decline", Actor.PRODUCER), "batal": ("withdraw", Actor.BUYER)}


@blueprint.get("/pesanan/<code>/<step>")
@public
def end(code: str, step: str) -> str:
    access = _access(code, step)
    return _page(access, step, EndForm())


@blueprint.post("/pesanan/<code>/<step>")
@public
def end_now(code: str, step: str) -> Response | tuple[str, int]:
    access, form = _access(code, step), EndForm()
    if not form.validate():
        return _page(access, step, form), 422
    reason = form.alasan.data or ""
    if step == "tolak":
        by_hand = access.person if access.sees_contact else None
        inquiries.decline(
            db.session(), access.inquiry, by=access.person, reason=reason, at=now(), handed_by=by_hand
        )
    else:
        inquiries.withdraw(db.session(), access.inquiry, by=access.person, reason=reason, at=now())
    code = access.inquiry.code
    db.session.commit()
    the_shop().wake("notices")
    return redirect(url_for("inquiry.thread", code=code), 303)


def _access(code: str, step: str) -> Access:
    """Whoever may take this step, in a thread where it leads on. Raises NotFound, WrongState or DigitsWanted."""
    access = access_to(code)
    name, actor = STEPS.get(step, ("", None))
    if access.side is not actor:
        raise NotFound
    deal_step(access.inquiry.status, name, by=actor)
    access.must_be_checked(step)
    return access


def _page(access: Access, step: str, form: EndForm) -> str:
    return render_template("inquiry/end.html", access=access, inquiry=access.inquiry, step=step, form=form)
