"""The log of decisions."""

from __future__ import annotations

from flask import render_template, request, url_for

from shop.blueprints.curation import words
from shop.blueprints.curation.room import blueprint
from shop.extensions import db
from shop.queries import decisions
from shop.web.access import curator_only
from shop.web.login import the_person
from shop.web.numbers import page_asked


@blueprint.get("/kurasi/keputusan")
@curator_only
def log() -> str:
    mine = request.args.get("saya") == "1"
    number = page_asked()
    found = decisions.latest(
        db.session(),
        most=decisions.PER_PAGE + 1,
        by_id=the_person().id if mine else None,
        skip=(number - 1) * decisions.PER_PAGE,
    )
    saya = 1 if mine else None
    return render_template(
        "curation/log.html",
        decisions=found[: decisions.PER_PAGE],
        mine=mine,
        words=words,
        next_url=url_for("curation.log", saya=saya, hal=number + 1)
        if len(found) > decisions.PER_PAGE
        else None,
        previous_url=url_for("curation.log", saya=saya, hal=number - 1) if number > 1 else None,
    )
