"""The last step: the work as a buyer will see it, and what still lacks, step by step."""

from __future__ import annotations

from flask import render_template
from flask_babel import gettext as _

from shop.actions.offers import offer_of
from shop.actions.revisions import fields_of
from shop.blueprints.studio.desk import Desk
from shop.blueprints.studio.words import spec_rows
from shop.domain.editor import regulated_words


def show_check(desk: Desk, problems: list[tuple[str, str]] | None = None) -> str:
    """`problems` come first on the page after a try to submit: pairs of step and sentence."""
    offer = offer_of(desk.listing)
    return render_template(
        "studio/steps/check.html",
        desk=desk,
        offer=offer,
        rows=spec_rows(desk.revision, offer),
        problems=problems or [],
        regulated=regulated_words(fields_of(desk.revision)),
        lacks=[
            (item, _(item.sentence, what=_(item.what)) if item.what else _(item.sentence))
            for item in desk.lacks
        ],
    )
