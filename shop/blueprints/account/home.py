"""The buyer's room: their inquiries by state."""

from __future__ import annotations

from flask import render_template, request

from shop.blueprints.account.door import blueprint
from shop.extensions import db
from shop.queries import buyer
from shop.queries.people import memberships
from shop.web.access import signed_in
from shop.web.login import the_person
from shop.web.numbers import page_asked


@blueprint.get("/akun")
@signed_in
def home() -> str:
    person, session = the_person(), db.session()
    counts = buyer.counts(session, person)
    tab = request.args.get("tab", "")
    if tab not in buyer.TABS:
        tab = next((name for name in buyer.TABS if getattr(counts, name)), "berjalan")
    page = page_asked()
    return render_template(
        "account/home.html",
        counts=counts,
        tab=tab,
        page=page,
        per_page=buyer.PER_PAGE,
        inquiries=buyer.inquiries(session, person, tab, page=page),
        groups=memberships(session, person),
    )
