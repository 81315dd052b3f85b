"""How a step of the editor answers: saved, not readable, overtaken; as a page, or as JSON for the script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from shop.blueprints.studio.desk import Desk, lay_out
from shop.domain.errors import NotFound, ShopError
from shop.extensions import db, now
from shop.queries import works
from shop.web.errors import sentence_of
from shop.web.filters import time_words
from shop.web.form_errors import listed_errors
from shop.web.login import the_member


def wants_json() -> bool:
    """The script asks for JSON; a browser that sends a form does not."""
    return request.accept_mimetypes.best == "application/json"


def saved(desk: Desk, seen: str) -> Answer:
    """On to the next step; for the script when it was saved and what is now seen."""
    if wants_json():
        return jsonify(saved=_("Tersimpan %(time)s", time=time_words(now())), seen=seen)
    return redirect(url_for("studio.step", listing_id=desk.listing.id, word=desk.next_task.word), 303)


def not_readable(form: Any, page: str) -> Answer:
    """The same page with its sentences, 422."""
    if wants_json():
        return jsonify(errors=dict(listed_errors(form))), 422
    return page, 422


def overtaken(error: ShopError, page: str) -> Answer:
    """The page that shows what is there now and keeps what was typed, 409."""
    if wants_json():
        return jsonify(detail=sentence_of(error)), 409
    return page, 409


def as_it_is_now(desk: Desk) -> Desk:
    """The work after somebody else was faster."""
    listing_id, step = desk.listing.id, desk.step
    db.session.rollback()
    listing = works.own(db.session(), the_member(), listing_id)
    if listing is None:
        raise NotFound
    return lay_out(listing, step)


def there_now(form: Any, shown: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Pairs of question and answer: what the work holds where the form holds something else."""
    return [
        (form[name].label.text, _in_words(form[name], value))
        for name, value in shown.items()
        if name in form and str(form[name].data or "") != str(value or "")
    ]


def _in_words(field: Any, value: Any) -> str:
    """The label of a choice, else the value itself."""
    if hasattr(field, "iter_choices"):
        return next((str(choice.label) for choice in field.choices if choice.value == value), "")
    return str(value or "")
