"""Giving several works of the queue to a curator at once."""

from __future__ import annotations

from flask import flash, redirect, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from shop.actions import assigning
from shop.blueprints.curation.queue import address, page_of
from shop.blueprints.curation.room import blueprint
from shop.domain.words import N_
from shop.extensions import db, now, the_shop
from shop.models import Person
from shop.queries import people, reviews
from shop.web.access import curator_only
from shop.web.errors import sentence_of
from shop.web.login import the_person
from shop.web.numbers import row_of

TICK_ONE = N_("Centang paling sedikit satu karya")
CHOOSE_SOMEBODY = N_("Pilih kepada siapa karya diserahkan")
NOBODY = "lepas"


@blueprint.post("/kurasi/serahkan")
@curator_only
def assign() -> Response | tuple[str, int]:
    """What was ticked is given to whom was chosen; what cannot be is named with the reason."""
    ticked = frozenset(filter(None, map(row_of, request.form.getlist("pilih"))))
    chosen = request.form.get("kepada", "")
    to = _chosen(chosen)
    if not ticked or (to is None and chosen != NOBODY):
        problem = CHOOSE_SOMEBODY if ticked else TICK_ONE
        return page_of(gettext(problem), ticked, chosen), 422
    given, refused = assigning.assign_all(
        db.session(), reviews.by_ids(db.session(), ticked), to=to, by=the_person(), at=now()
    )
    db.session.commit()
    _tell(len(given), to, refused)
    the_shop().wake("notices")
    return redirect(address(), 303)


def _chosen(number: str) -> Person | None:
    return next((one for one in people.curators(db.session()) if str(one.id) == number), None)


def _tell(given: int, to: Person | None, refused: assigning.Refused) -> None:
    if given and to is None:
        flash(ngettext("%(num)d karya tidak lagi diserahkan kepada siapa pun.",
                       "%(num)d karya tidak lagi diserahkan kepada siapa pun.", given))  # fmt: skip
    elif given and to is not None:
        flash(ngettext("%(num)d karya diserahkan kepada %(name)s.", "%(num)d karya diserahkan kepada %(name)s.",
                       given, name=to.name))  # fmt: skip
    for revision, why in refused:
        title = revision.title_id or gettext("Tanpa nama")
        flash(gettext("%(karya)s tidak diserahkan: %(sebab)s", karya=title, sebab=sentence_of(why)), "warn")
