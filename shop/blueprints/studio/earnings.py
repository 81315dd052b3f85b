"""What a producer sold, what is theirs, what was transferred: month by month, out of the ledger."""

from __future__ import annotations

from flask import Response, render_template

from shop.blueprints.studio.room import blueprint
from shop.extensions import db, now, the_shop
from shop.models import Producer
from shop.queries import statements
from shop.queries.ledger import payable_idr
from shop.web.access import producer_only
from shop.web.login import the_member
from shop.web.statements import (
    asked_month,
    month_words,
    statement_csv,
    statement_of,
    statement_page,
    statement_pdf,
    this_month,
)


@blueprint.get("/studio/penjualan")
@producer_only
def earnings() -> str:
    """What stands now, and the months."""
    session, maker = db.session(), _maker()
    return render_template(
        "studio/earnings.html",
        producer=maker,
        balance=statements.balance(session, maker.id),
        payable_idr=payable_idr(session, maker.id, at=now()),
        months=statements.months(session, maker.id, the_shop().council.zone),
        this_month=this_month(),
        month_words=month_words,
    )


@blueprint.get("/studio/penjualan/<month>")
@producer_only
def statement(month: str) -> str:
    return statement_page("studio/statement.html", _maker(), asked_month(month))


@blueprint.get("/studio/penjualan/<month>.pdf")
@producer_only
def statement_as_pdf(month: str) -> Response:
    maker = _maker()
    return statement_pdf(maker, statement_of(maker, asked_month(month)))


@blueprint.get("/studio/penjualan/<month>.csv")
@producer_only
def statement_as_csv(month: str) -> Response:
    maker = _maker()
    return statement_csv(maker, statement_of(maker, asked_month(month)))


def _maker() -> Producer:
    return the_member().producer
