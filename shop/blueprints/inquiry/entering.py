"""Coming in by a private link, showing whose it is, asking for a new one, taking the thread into an account."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from shop.actions import inquiries, links
from shop.actions.telling import send_link
from shop.blueprints.inquiry.door import blueprint
from shop.blueprints.inquiry.ordering import WORD_OF
from shop.blueprints.limits import count, count_address
from shop.domain.deal import WRONG_TRIES
from shop.domain.errors import NotFound, TooOften
from shop.domain.limits import THREAD_LINK, THREAD_LINK_ADDRESS
from shop.domain.tokens import hash_token
from shop.extensions import db, now, the_shop
from shop.forms.asking import DigitsForm
from shop.queries.links import by_token_hash, stands
from shop.web.access import public, signed_in
from shop.web.login import the_person
from shop.web.threads import Access, DigitsWanted, access_to, let_in, named

PAGES = {
    "penawaran": "inquiry.quote",
    "setujui": "inquiry.accept",
    "minta-diubah": "inquiry.counter",
    "rekening": "inquiry.refund_account",
}
ENDINGS = frozenset({"tolak", "batal"})


@blueprint.get("/t/<token>")
@public
def enter(token: str) -> Response | tuple[str, int]:
    """Sets the thread's cookie and goes on to the clean address; a link that ended leads to asking for a new one."""
    link = by_token_hash(db.session(), hash_token(token))
    if link is None:
        return _unknown("")
    response = redirect(url_for("inquiry.thread", code=link.inquiry.code), 303)
    if stands(db.session(), link, at=now()):
        let_in(response, link)  # type: ignore[arg-type]
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.get("/pesanan/<code>/angka")
@public
def digits(code: str) -> str | Response:
    access = access_to(code)
    if access.checked:
        return redirect(_onward(access), 303)
    return render_template("inquiry/digits.html", access=access, inquiry=access.inquiry, form=DigitsForm())


@blueprint.post("/pesanan/<code>/angka")
@public
def check(code: str) -> Response | tuple[str, int]:
    """Compares the four digits; wrong ones are counted, and the fifth closes the link."""
    access, form = access_to(code), DigitsForm()
    if access.link is None or access.checked:
        return redirect(_onward(access), 303)
    if not form.validate():
        return _digits_again(access, form)
    right = links.check_digits(
        db.session(), access.link, access.device_hash, form.angka.data, wanted=access.number, at=now()
    )
    left = WRONG_TRIES - access.link.wrong_tries
    onward = _onward(access)
    db.session.commit()
    if right:
        return redirect(onward, 303)
    if left <= 0:
        the_shop().wake("notices")
        return render_template("inquiry/link_closed.html", code=access.inquiry.code), 410
    form.angka.errors = [
        ngettext(
            "Angkanya tidak cocok. Masih satu kali lagi sebelum tautan ini dimatikan",
            "Angkanya tidak cocok. Masih %(num)d kali lagi sebelum tautan ini dimatikan",
            left,
        )
    ]
    return _digits_again(access, form)


@blueprint.post("/pesanan/<code>/tautan")
@public
def link_again(code: str) -> str:
    """Sends a new link to the contact on file. The answer is the same whether there is such a thread."""
    count_address(THREAD_LINK_ADDRESS)
    side = "producer" if request.form.get("siapa") == "perajin" else "buyer"
    inquiry = named(code)
    if inquiry is not None:
        try:
            count(THREAD_LINK, f"{inquiry.id}:{side}")
            send_link(db.session(), inquiry, side=side, at=now())
        except TooOften:
            pass  # the owner has links enough; saying so would tell strangers that the thread exists
    db.session.commit()
    the_shop().wake("notices")
    return render_template("inquiry/link_sent.html", code=code)


@blueprint.post("/pesanan/<code>/simpan")
@signed_in
def keep(code: str) -> Response:
    """A guest who came by link and signed in keeps the thread in their account."""
    access = access_to(code)
    if not access.is_buyer:
        raise NotFound
    inquiries.keep(db.session(), access.inquiry, by=the_person(), at=now())
    code = access.inquiry.code
    db.session.commit()
    return redirect(url_for("inquiry.thread", code=code), 303)


@blueprint.errorhandler(DigitsWanted)
def digits_first(wanted: DigitsWanted) -> Response:
    """Any guarded step of a thread that came too early."""
    db.session.rollback()
    return redirect(url_for("inquiry.digits", code=wanted.facts["code"], lanjut=wanted.facts["step"]), 303)


def not_yours(code: str) -> tuple[str, int]:
    """There is no such thread, or it is somebody else's: one page for both, with the ways back in."""
    return _unknown(code)


def _unknown(code: str) -> tuple[str, int]:
    return render_template(
        "inquiry/not_yours.html", code=code, sentence=gettext("Halaman ini tidak ada.")
    ), 404


def _digits_again(access: Access, form: DigitsForm) -> tuple[str, int]:
    page = render_template("inquiry/digits.html", access=access, inquiry=access.inquiry, form=form)
    return page, 422


def _onward(access: Access) -> str:
    """Where the digits were asked from: the thread, or the page of a guarded step."""
    step, code = request.values.get("lanjut", ""), access.inquiry.code
    _, _, word = step.partition("langkah/")
    if step in ENDINGS:
        return url_for("inquiry.end", code=code, step=step)
    if word in WORD_OF.values():
        return url_for("inquiry.order_step", code=code, word=word)
    return url_for(PAGES.get(step, "inquiry.thread"), code=code)
