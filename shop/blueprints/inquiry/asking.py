"""The request form of one work: fill in, check again, send."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions import asking, links
from shop.actions.asking import Question, Wanted
from shop.blueprints.inquiry.door import blueprint
from shop.blueprints.limits import count, count_address
from shop.domain.deal import CannotAsk
from shop.domain.errors import NotFound
from shop.domain.limits import ASK_ADDRESS, ASK_PHONE
from shop.domain.listing import AVAILABILITY_LABELS, Availability, Status
from shop.domain.own_size import DIMENSION_LABELS, DIMENSIONS
from shop.domain.producer import ProducerStatus
from shop.extensions import db, now, the_shop
from shop.forms.asking import Asked, AskForm
from shop.models import Inquiry, Listing
from shop.queries import inquiries as queries
from shop.queries.buying import can_be_bought
from shop.queries.deals import ordered_line
from shop.web.access import public
from shop.web.durations import about
from shop.web.errors import sentence_of
from shop.web.filters import local
from shop.web.languages import current_language
from shop.web.login import current_person
from shop.web.threads import access_to, let_in
from shop.web.whose_chat import buyers_chat


@blueprint.get("/karya/<slug>/tanya")
@public
def ask(slug: str) -> str | Response:
    listing = _work(slug)
    if not on_show(listing):
        return redirect(url_for("catalogue.work", slug=slug))
    person = current_person()
    form = _form(listing)
    form.kunci.data = secrets.token_hex(16)
    form.jumlah.data = form.jumlah.data or "1"
    if person is not None:
        form.nama.data, form.wa.data, form.email.data = person.name, person.phone or "", person.email or ""
    if request.args.get("dari"):
        _like(form, listing, request.args["dari"])
    return _page("ask", listing, form)


@blueprint.post("/karya/<slug>/tanya")
@public
def send(slug: str) -> str | Response | tuple[str, int]:
    listing = _work(slug)
    form = _form(listing)
    if request.form.get("langkah") == "ubah":
        return _page("ask", listing, form)
    if not form.validate():
        return _page("ask", listing, form), 422
    if not on_show(listing):
        return _page("ask", listing, form, refused=sentence_of(CannotAsk())), 409
    if request.form.get("langkah") != "kirim" or not form.form_key:
        form.kunci.data = form.form_key or secrets.token_hex(16)
        return _page("check", listing, form, asked=form.read())
    return _sent(listing, form)


@blueprint.get("/pesanan/<code>/terkirim")
@public
def sent(code: str) -> str:
    """What happens next; the page a buyer lands on, once."""
    access = access_to(code)
    if not access.is_buyer:
        raise NotFound
    inquiry = access.inquiry
    return render_template(
        "inquiry/sent.html", access=access, inquiry=inquiry, usual=usual(inquiry), chat=buyers_chat(inquiry)
    )


def usual(inquiry: Inquiry | Listing) -> str:
    """How long this maker usually takes to answer, in words; empty while too little is known."""
    length = queries.usual_answer(db.session(), inquiry.producer, at=now())
    return about(length) if length is not None else ""


def on_show(listing: Listing) -> bool:
    return listing.status == Status.PUBLISHED and listing.producer.status == ProducerStatus.VERIFIED


def question_of(asked: Asked) -> Question:
    return Question(
        name=asked.name,
        phone=asked.phone,
        email=asked.email,
        language=current_language(),
        destination=asked.destination,
        needed_by=asked.needed_by,
        wish=asked.wish,
        person=current_person(),
    )


def count_question(phone: str) -> None:
    """Limits on new questions. Raises TooOften; what was sent before stays."""
    count_address(ASK_ADDRESS)
    count(ASK_PHONE, phone)


def today() -> date:
    return local(now()).date()


def _like(form: AskForm, listing: Listing, code: str) -> None:
    """What was agreed in an order of this very visitor, as the wish for another one; nothing for anybody else's."""
    try:
        access = access_to(code)
    except NotFound:
        return
    line = ordered_line(db.session(), access.inquiry, listing) if access.is_buyer else None
    if line is None:
        return
    details = ", ".join(part for part in (line.size, line.material) if part)
    form.khusus.data = gettext("Seperti pesanan %(code)s", code=access.inquiry.code) + (
        f": {details}" if details else ""
    )
    if not unique(listing):
        form.jumlah.data = str(line.quantity)
    form.kota.data = access.inquiry.destination


def _sent(listing: Listing, form: AskForm) -> Response:
    session, asked = db.session(), form.read()
    if queries.by_form_key(session, form.form_key) is None:
        count_question(asked.phone)
    wanted = [Wanted(listing, 1 if unique(listing) else asked.quantity)]
    inquiry, _new = asking.ask(
        session,
        wanted,
        question_of(asked),
        form_key=form.form_key,
        prefix=the_shop().council.code,
        at=now(),
    )
    response = redirect(url_for("inquiry.sent", code=inquiry.code), 303)
    open_for_asker(response, inquiry)
    db.session.commit()
    the_shop().wake("notices")
    return response


def open_for_asker(response: Response, inquiry: Inquiry) -> None:
    """The browser that sent the form may read and act in its thread; it typed the number itself."""
    if current_person() is not None:
        return
    session = db.session()
    link, _token = links.open_link(session, inquiry, side="buyer", person=None, purpose="asked", at=now())
    links.trust(session, link, let_in(response, link), at=now())  # type: ignore[arg-type]


def unique(listing: Listing) -> bool:
    """Of a piece that exists once there is nothing to count, unless it is sold and asked for again."""
    return listing.availability == Availability.ONE_OF_A_KIND and listing.stock > 0


def _work(slug: str) -> Listing:
    listing = queries.work_to_ask_about(db.session(), slug)
    if listing is None or listing.live_revision is None:
        raise NotFound
    return listing


def _form(listing: Listing) -> AskForm:
    form = AskForm(today=today(), limits=listing.size_limits)
    if unique(listing):
        form.jumlah.data = "1"
    return form


def _limits_in_words(listing: Listing) -> str:
    """`panjang 100–180 cm, tinggi 42–50 cm`; empty when the maker named no limits."""
    return ", ".join(
        f"{gettext(DIMENSION_LABELS[dimension]).lower()} {limits[0]}–{limits[1]} cm"
        for dimension in DIMENSIONS
        if (limits := listing.size_limits.get(dimension))
    )


def _page(name: str, listing: Listing, form: AskForm, **more: Any) -> str:
    values = {"refused": "", "asked": None} | more
    return render_template(
        f"inquiry/{name}.html",
        form=form,
        listing=listing,
        revision=listing.live_revision,
        unique=unique(listing),
        sold=listing.stock == 0 and listing.availability != Availability.MADE_TO_ORDER,
        ready=can_be_bought(listing),
        usual=usual(listing),
        today=today(),
        limits=_limits_in_words(listing),
        availability=AVAILABILITY_LABELS[Availability(listing.availability)],
        **values,
    )
