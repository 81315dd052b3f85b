"""The QRIS of an open payment as a picture: to scan from the page, or to keep on the phone and load into an app."""

from __future__ import annotations

import io

import segno
from flask import Response

from shop.blueprints.inquiry.door import blueprint
from shop.domain.errors import NotFound
from shop.domain.payment import Method
from shop.domain.roles import Actor
from shop.extensions import db, the_shop
from shop.queries.deals import open_payment
from shop.web.access import public
from shop.web.threads import access_to

KINDS = {"svg": "image/svg+xml", "png": "image/png"}
QUIET_ZONE = 4  # modules of white that scanners want around a code
PIXELS = 12  # of a module in the picture to keep: some 700 px, sharp on any phone


@blueprint.get("/pesanan/<code>/qris.<kind>")
@public
def qris_picture(code: str, kind: str) -> Response:
    """The buyer's own, while the payment is open; nobody may keep it but who saves it."""
    access, council = access_to(code), the_shop().qris
    payment = open_payment(db.session(), access.inquiry)
    if council is None or kind not in KINDS or payment is None or payment.method != Method.QRIS:
        raise NotFound
    if access.side is not Actor.BUYER or not access.checked:
        raise NotFound
    response = Response(picture(council.asking(payment.total_idr), kind), mimetype=KINDS[kind])
    response.headers["Cache-Control"] = "no-store"
    if kind == "png":
        response.headers["Content-Disposition"] = f'attachment; filename="qris-{access.inquiry.code}.png"'
    return response


def picture(text: str, kind: str) -> bytes:
    """The code with its quiet zone, black on white, in the size of its kind."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    if kind == "svg":
        code.save(out, kind="svg", border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, nl=False)
    else:
        code.save(out, kind="png", border=QUIET_ZONE, scale=PIXELS)
    return out.getvalue()
