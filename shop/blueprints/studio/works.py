"""The producer's works: the list, a new one, one work with its state and history."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from shop.actions.listings import start
from shop.blueprints.studio.desk import desk_for
from shop.blueprints.studio.room import blueprint
from shop.blueprints.studio.words import happened, state_look
from shop.domain.words import N_
from shop.extensions import db, now, the_shop
from shop.forms.works import AppealForm, StartForm
from shop.queries import works
from shop.web.access import producer_only
from shop.web.filters import moment_words
from shop.web.login import the_member

TABS = {
    "semua": N_("Semua"),
    "tayang": N_("Ditayangkan"),
    "menunggu": N_("Menunggu kurasi"),
    "perbaikan": N_("Perlu perbaikan"),
    "draf": N_("Draf"),
    "terjual": N_("Terjual"),
    "sembunyi": N_("Disembunyikan"),
    "tolak": N_("Ditolak"),
    "arsip": N_("Diarsipkan"),
}


@blueprint.get("/studio/karya")
@producer_only
def listings() -> str:
    """The works by state; a state or page that makes no sense is left aside."""
    session, producer_id = db.session(), the_member().producer_id
    word = request.args.get("keadaan", "semua")
    word = word if word in TABS else "semua"
    counts = works.tally(session, producer_id)
    page = min(max(request.args.get("hal", 1, type=int), 1), max(1, -(-counts[word] // works.PAGE)))
    return render_template(
        "studio/works.html",
        works=works.works(session, producer_id, word, page=page),
        tabs=[
            (_(label), _address(key), counts[key], key == word)
            for key, label in TABS.items()
            if _shown(key, counts, word)
        ],
        total=counts[word],
        word=word,
        shown=min(page * works.PAGE, counts[word]),
        next_url=_address(word, page + 1) if page * works.PAGE < counts[word] else None,
        previous_url=_address(word, page - 1) if page > 1 else None,
        state_look=state_look,
    )


def _shown(key: str, counts: dict[str, int], word: str) -> bool:
    """Lists that are empty are not offered, but the one looked at and the first."""
    return bool(counts[key]) or key in ("semua", word)


def _address(word: str, page: int = 1) -> str:
    keys = {"keadaan": word} if word != "semua" else {}
    return url_for("studio.listings", **keys, **({"hal": page} if page > 1 else {}))  # type: ignore[arg-type]


@blueprint.get("/studio/karya/baru")
@producer_only
def new() -> str:
    """Where a new work begins: of which craft it is."""
    return _new_page(StartForm())


@blueprint.post("/studio/karya/baru")
@producer_only
def begin() -> Answer:
    """Open a draft and go to its first step."""
    form = StartForm()
    crafts = _crafts()
    form.offer(crafts)
    if len(crafts) == 1:
        form.craft.data = crafts[0]
    if not form.validate():
        return _new_page(form), 422
    listing = start(db.session(), by=the_member(), craft=form.craft.value or "", at=now())
    db.session.commit()
    return redirect(url_for("studio.step", listing_id=listing.id, word="foto"), 303)


def _crafts() -> list[str]:
    in_use = the_shop().council.crafts
    return [own.craft for own in the_member().producer.crafts if own.craft in in_use]


def _new_page(form: StartForm) -> str:
    crafts = _crafts()
    form.offer(crafts)
    return render_template("studio/new.html", form=form, crafts=crafts)


@blueprint.get("/studio/karya/<int:listing_id>")
@producer_only
def edit(listing_id: int) -> str:
    """One work: how it stands, what may be done now, its steps, what happened."""
    return work_page(listing_id, AppealForm())


def work_page(listing_id: int, form: AppealForm) -> str:
    desk = desk_for(listing_id)
    happenings = works.history(db.session(), desk.listing)
    history = [
        (happened(line), moment_words(line.at), "" if index else "here")
        for index, line in enumerate(happenings)
    ]
    return render_template("studio/work.html", desk=desk, history=history, form=form, state_look=state_look)
