"""The steps of an order in its thread: photos of the work, ready, shipped, received, a problem, cancelling.

Each is a page of its own that asks once more; who may take it, and when, stands in the table of the deal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from shop.actions import orders, photos
from shop.blueprints.inquiry.cards import close_session
from shop.blueprints.inquiry.door import blueprint
from shop.blueprints.uploads import photo_in, takes_photos
from shop.domain.deal import deal_steps_from
from shop.domain.errors import NotFound, WrongState
from shop.domain.photo import PhotoRefused
from shop.domain.roles import Actor
from shop.extensions import db, now, the_shop
from shop.forms.ordering import PhotoStepForm, ShipForm, SureForm, WordsForm
from shop.models import Photo
from shop.web.access import public
from shop.web.errors import sentence_of
from shop.web.threads import Access, access_to


@dataclass(frozen=True)
class Page:
    """A step as a page: its name in the table, whose it is, its form, and what it does."""

    step: str
    sides: tuple[Actor, ...]
    form: type[FlaskForm]
    do: Callable[[Access, Any, Photo | None], None]


def _words(form: Any) -> str:
    return str(form.kata.data or "")


def _photo(photo: Photo | None) -> Photo:
    if photo is None:
        raise NotFound
    return photo


def _common(access: Access) -> dict[str, Any]:
    return {"by": access.person, "at": now()}


PAGES: dict[str, Page] = {
    "kemajuan": Page(
        "progress", (Actor.PRODUCER,), PhotoStepForm,
        lambda a, f, p: orders.show_progress(db.session(), a.inquiry, _photo(p), note=_words(f), **_common(a)),
    ),
    "jadi": Page(
        "ready", (Actor.PRODUCER,), PhotoStepForm,
        lambda a, f, p: orders.ready(db.session(), a.inquiry, _photo(p), note=_words(f), **_common(a)),
    ),
    "kirim": Page(
        "ship", (Actor.PRODUCER,), ShipForm,
        lambda a, f, _p: orders.ship(
            db.session(), a.inquiry, courier=f.kurir.data, tracking_number=f.resi.data, **_common(a)
        ),
    ),
    "diambil": Page(
        "pick_up", (Actor.PRODUCER,), SureForm,
        lambda a, _f, _p: orders.hand_over(db.session(), a.inquiry, **_common(a)),
    ),
    "tidak-dapat": Page(
        "cannot_deliver", (Actor.PRODUCER,), WordsForm,
        lambda a, f, _p: orders.cannot_deliver(db.session(), a.inquiry, words=_words(f), **_common(a)),
    ),
    "diterima": Page(
        "receive", (Actor.BUYER,), SureForm,
        lambda a, _f, _p: orders.receive(db.session(), a.inquiry, actor=Actor.BUYER, **_common(a)),
    ),
    "masalah": Page(
        "problem", (Actor.BUYER,), WordsForm,
        lambda a, f, _p: orders.problem(db.session(), a.inquiry, words=_words(f), **_common(a)),
    ),
    "batalkan": Page(
        "cancel", (Actor.BUYER, Actor.PRODUCER), WordsForm,
        lambda a, f, _p: orders.cancel(db.session(), a.inquiry, actor=a.side, why=_words(f), **_common(a)),
    ),
}  # fmt: skip
FREE = frozenset({"progress"})  # a photo more is like a reply: whoever holds the link may send one
WORD_OF = {page.step: word for word, page in PAGES.items()}


@blueprint.get("/pesanan/<code>/langkah/<word>")
@public
def order_step(code: str, word: str) -> str:
    access, page = _may(code, word)
    return _ask(access, page, word, page.form())


@blueprint.post("/pesanan/<code>/langkah/<word>")
@public
@takes_photos(1)
def order_step_now(code: str, word: str) -> Response | tuple[str, int]:
    access, page = _may(code, word)
    form = page.form()
    if not form.validate():
        return _ask(access, page, word, form), 422
    photo = None
    if page.form is PhotoStepForm:
        try:
            photo = _take(access, form)
        except PhotoRefused as refused:
            form.foto.errors = [sentence_of(refused)]
            return _ask(access, page, word, form), 422
    if page.step == "cancel":
        close_session(access.inquiry)
    page.do(access, form, photo)
    code = access.inquiry.code
    db.session.commit()
    the_shop().wake("notices")
    return redirect(url_for("inquiry.thread", code=code), 303)


def _may(code: str, word: str) -> tuple[Access, Page]:
    """Raises NotFound for the other side, WrongState for another moment, DigitsWanted for an unchecked link."""
    access, page = access_to(code), PAGES.get(word)
    if page is None or access.side not in page.sides:
        raise NotFound
    if page.step not in deal_steps_from(access.inquiry.status, by=access.side):
        raise WrongState(status=access.inquiry.status, step=page.step)
    if page.step not in FREE:
        access.must_be_checked(f"langkah/{word}")
    return access, page


def _take(access: Access, form: Any) -> Photo:
    incoming = photo_in(form.foto.data)
    the_shop().wake("photos")
    return photos.receive(
        db.session(), incoming, by=access.person, client_id="", at=now(), inquiry=access.inquiry
    )


def _ask(access: Access, page: Page, word: str, form: FlaskForm) -> str:
    return render_template(
        "deal/step.html", access=access, inquiry=access.inquiry, step=page.step, word=word, form=form
    )
