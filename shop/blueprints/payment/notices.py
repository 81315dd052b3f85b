"""The card processor's door. What it says is believed only when signed, and taken once."""

from __future__ import annotations

from flask import Response, jsonify, request

from shop.actions.card_notices import take_notice
from shop.blueprints.payment.door import blueprint
from shop.domain.errors import NotFound
from shop.extensions import csrf, db, now, the_shop
from shop.ports import BadSignature
from shop.web.access import machine


@blueprint.post("/webhooks/stripe")
@machine
def stripe_notice() -> tuple[Response, int]:
    """200 for whatever was taken, known, recorded or flagged for a person; 400 for what nobody signed.

    Our own failure answers 500, so that the processor sends it again.
    """
    payments = the_shop().payments
    if payments is None:
        raise NotFound
    try:
        notice = payments.read_notice(request.get_data(), request.headers.get("Stripe-Signature", ""))
    except BadSignature:
        return jsonify(outcome="not signed"), 400
    outcome = take_notice(db.session(), notice, at=now())
    db.session.commit()
    the_shop().wake("notices")
    return jsonify(outcome=outcome), 200


csrf.exempt(stripe_notice)  # the signature stands in for the token
