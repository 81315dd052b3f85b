"""What buyers asked this producer."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.blueprints.studio.room import blueprint
from shop.extensions import db, now
from shop.queries import inquiry_lists
from shop.queries.notices import to_hand_over
from shop.web.access import producer_only
from shop.web.login import the_member, the_person
from shop.web.numbers import page_asked
from shop.web.thread_words import row_of


@blueprint.get("/studio/pesanan")
@producer_only
def inquiries() -> str:
    session, producer_id = db.session(), the_member().producer_id
    counts = inquiry_lists.counts_of_producer(session, producer_id)
    tab = request.args.get("keadaan", "")
    if tab not in inquiry_lists.TABS:
        tab = "jawab" if counts["jawab"] else "berjalan"
    listed = inquiry_lists.of_producer(session, producer_id, tab, page_asked())
    return render_template(
        "studio/inquiries.html",
        counts=counts,
        tab=tab,
        listed=listed,
        rows=[row_of(inquiry, at=now()) for inquiry in listed.rows],
        hand_overs=to_hand_over(session, at=now(), by=the_person()),
    )


@blueprint.get("/studio/pesanan/<code>")
@producer_only
def inquiry(code: str) -> Response:
    """The same record under its one address."""
    return redirect(url_for("inquiry.thread", code=code), 303)
