"""The first screen of the producer's room: what waits, then one way to begin, then what came in and the figures."""

from __future__ import annotations

from babel.dates import format_date
from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from shop.actions import maker_profile
from shop.blueprints.studio.room import blueprint
from shop.blueprints.studio.todo import todo_list
from shop.blueprints.studio.works import TABS
from shop.domain.words import N_
from shop.extensions import db, now, the_shop
from shop.forms.profile import HolidayForm
from shop.queries import studio, works
from shop.queries.statements import sales
from shop.web.access import producer_only
from shop.web.durations import about
from shop.web.filters import date_words, local
from shop.web.headers import may_be_kept
from shop.web.languages import spoken_language
from shop.web.login import the_member
from shop.web.statements import this_month
from shop.web.thread_words import row_of

GREETINGS = ((11, N_("Selamat pagi, %(name)s")), (15, N_("Selamat siang, %(name)s")),
             (18, N_("Selamat sore, %(name)s")), (24, N_("Selamat malam, %(name)s")))  # fmt: skip

HONORIFICS = frozenset({"mama", "bapak", "bapa", "ibu", "pak", "bu", "kakak", "nenek", "opa", "oma"})


@blueprint.get("/studio")
@producer_only
def home() -> Answer:
    return may_be_kept(_page(_holiday_form()))


@blueprint.post("/studio/libur")
@producer_only
def go_on_holiday() -> Answer:
    """Buyers read until when nobody answers."""
    form = _holiday_form()
    if not form.validate():
        return _page(form), 422
    member = the_member()
    maker_profile.go_on_holiday(
        db.session(), member.producer, until=form.until.data, note=form.note.data or "", by=member, at=now()
    )
    db.session.commit()
    flash(_("Pembeli sekarang membaca bahwa Anda libur sampai %(day)s.", day=date_words(form.until.data)))
    return redirect(url_for("studio.home"), 303)


@blueprint.post("/studio/libur/akhiri")
@producer_only
def end_holiday() -> Answer:
    member = the_member()
    maker_profile.end_holiday(db.session(), member.producer, by=member, at=now())
    db.session.commit()
    flash(_("Libur diakhiri."))
    return redirect(url_for("studio.home"), 303)


def _holiday_form() -> HolidayForm:
    return HolidayForm(today=local(now()).date())


def _page(form: HolidayForm) -> str:
    session, member = db.session(), the_member()
    counts = works.tally(session, member.producer_id)
    zone = the_shop().council.zone
    begin, end = this_month().begin(zone), this_month().end(zone)
    month = studio.month(session, member.producer_id, begin, end)
    sold_idr, sold = sales(session, member.producer_id, begin, end)
    return render_template(
        "studio/home.html",
        form=form,
        producer=member.producer,
        greeting=_greeting(member.person.name),
        today=format_date(local(now()).date(), "EEEE, d MMMM yyyy", locale=spoken_language()),
        on_holiday=_on_holiday(),
        todo=todo_list(session, member),
        asked=[row_of(one, at=now()) for one in studio.newest_inquiries(session, member.producer_id)],
        counts=counts,
        tallies=[
            (_(TABS[word]), counts[word], url_for("studio.listings", keadaan=word))
            for word in works.STANDS
            if counts[word]
        ],
        month=month,
        sold=sold,
        sold_idr=sold_idr,
        answer_time=about(month.answer_time) if month.answer_time else None,
    )


def _on_holiday() -> bool:
    until = the_member().producer.holiday_until
    return until is not None and until >= local(now()).date()


def _greeting(name: str) -> str:
    hour = local(now()).hour
    sentence = next(words for end, words in GREETINGS if hour < end)
    return str(_(sentence, name=_spoken_name(name)))


def _spoken_name(name: str) -> str:
    """How one says it: the first name, with the honorific people here put before theirs."""
    words = name.split()
    return " ".join(words[: 2 if words[:1] and words[0].lower() in HONORIFICS else 1])
