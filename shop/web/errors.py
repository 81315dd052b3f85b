"""From what went wrong to a page and a code. The only place that decides either."""

from __future__ import annotations

import logging

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, SecurityError

from shop.database import is_away
from shop.domain.errors import (
    ChangedMeanwhile,
    Incomplete,
    NotAllowed,
    NotFound,
    ShopError,
    TooOften,
    WrongInput,
    WrongState,
)
from shop.domain.photo import PhotoRefused, PhotoTooHeavy
from shop.domain.words import N_
from shop.extensions import db

CODES: dict[type[ShopError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    WrongState: 409,
    ChangedMeanwhile: 409,
    TooOften: 429,
    Incomplete: 422,
    WrongInput: 422,
    PhotoTooHeavy: 413,
    PhotoRefused: 422,
}
EXPIRED_FORM = N_("Formulir ini sudah terlalu lama terbuka. Kembali, muat ulang halamannya, lalu kirim lagi.")

AWAY = N_(
    "Data toko sedang tidak dapat dibaca. Coba lagi satu menit lagi; yang sudah tercatat, termasuk pembayaran, tetap aman."
)
COME_BACK_S = 60

Answer = tuple[str | Response, int]


def sentence_of(error: ShopError) -> str:
    """The error's sentence in the language of the page."""
    return str(gettext(error.sentence, **error.facts))


def code_of(error: ShopError) -> int:
    return next((code for kind, code in CODES.items() if isinstance(error, kind)), 400)


def register(app: Flask) -> None:
    app.register_error_handler(ShopError, _refused)
    app.register_error_handler(StaleDataError, _overtaken)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(Exception, _ours)


def _refused(error: ShopError) -> Answer | tuple[str | Response, int, dict[str, str]]:
    db.session.rollback()
    body, code = error_page(code_of(error), sentence_of(error))
    if isinstance(error, TooOften):
        return body, code, {"Retry-After": str(error.seconds)}
    return body, code


def _overtaken(_error: StaleDataError) -> Answer | tuple[str | Response, int, dict[str, str]]:
    """A row's version moved between reading and writing: somebody else was faster, whichever action it was."""
    return _refused(ChangedMeanwhile())


def _expired_form(_error: CSRFError) -> Answer:
    return error_page(400, gettext(EXPIRED_FORM))


def _foreign_host(_error: SecurityError) -> Response:
    """Somebody asked for another host than ours: no page, since its links would have to carry that name."""
    return Response("400 Bad Request: this host name is not served here.\n", 400, mimetype="text/plain")


def _http(error: HTTPException) -> Answer | HTTPException:
    db.session.rollback()
    if error.code is None or error.code < 400:
        return error
    return error_page(error.code, "", **({"limit": _largest_body()} if error.code == 413 else {}))


def _largest_body() -> str:
    """What this address takes at most, in words: `60 MB`, `256 kB`."""
    largest = request.max_content_length or 0
    return f"{largest >> 20} MB" if largest >> 20 else f"{largest >> 10} kB"


def _ours(error: Exception) -> Answer:
    db.session.rollback()
    if is_away(error):
        return _unready(error)
    logging.getLogger("shop").error(
        "unexpected", exc_info=error, extra={"request_id": g.get("request_id", "")}
    )
    return error_page(500, "")


def _unready(error: Exception) -> Answer:
    """The database cannot be reached: not a fault of the page, and over when it is back."""
    logging.getLogger("shop").error(
        "the database is away", exc_info=error, extra={"request_id": g.get("request_id", "")}
    )
    db.session.remove()  # whoever answers next begins anew
    answer = make_response(error_page(503, gettext(AWAY)))
    answer.headers["Retry-After"] = str(COME_BACK_S)
    return answer, 503


def error_page(code: int, sentence: str, **facts: str) -> Answer:
    """The page for a code, with the sentence of what was refused; JSON for the API. `facts` go to the page."""
    if request.path.startswith("/api/"):
        return jsonify(status=code, detail=sentence), code
    try:
        page = render_template(
            [f"errors/{code}.html", "errors/error.html"], code=code, sentence=sentence, **facts
        )
    except SQLAlchemyError as error:  # the head of the page says who is signed in
        if code == 503 or not is_away(error):
            raise
        return _unready(error)
    return page, code
