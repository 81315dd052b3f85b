"""Lists of works: all of them, one craft's, and what words find."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from shop.blueprints.catalogue.door import blueprint, facets_in, thesaurus
from shop.blueprints.catalogue.panel import Panel
from shop.domain.errors import NotFound
from shop.extensions import db, the_shop
from shop.queries.asking import Asked, ask
from shop.queries.catalogue import WorkList, work_list
from shop.queries.filters import Filters, read
from shop.queries.makers import MakerCard, found_makers
from shop.web.access import public
from shop.web.drawings import drawing
from shop.web.keeping import keep

MOST_FURTHER = 5


@blueprint.get("/karya")
@public
def works() -> ResponseReturnValue:
    return _page(None)


@blueprint.get("/kerajinan/<craft>")
@public
def craft(craft: str) -> ResponseReturnValue:
    if craft not in the_shop().council.crafts:
        raise NotFound
    return _page(craft)


def _page(craft: str | None) -> ResponseReturnValue:
    keep(craft or "all")
    facets = facets_in(craft)
    filters = read(request.args.getlist, facets, craft) if request.args else Filters(craft)
    asked = ask(db.session(), filters.words, thesaurus()) if filters.words else None
    shown = work_list(db.session(), filters, facets, asked.question if asked else None)
    asked = asked.settled(shown.words) if asked else None
    panel = Panel(filters, facets, shown.counts, asked)
    beginning = panel.on_first_page and not filters.narrowed
    return drawing(
        "catalogue/list.html",
        panel=panel,
        works=tuple(shown.works),
        following=shown.following,
        makers=_makers(asked, shown) if asked and beginning else (),
        further=_further(asked, filters.words) if asked and beginning else (),
        craft=craft,
    )


def _makers(asked: Asked, shown: WorkList) -> tuple[MakerCard, ...]:
    makers = {work.producer_slug for work in shown.works}
    return tuple(found_makers(db.session(), asked.question, makers)) if asked.question else ()


def _further(asked: Asked, text: str) -> tuple[str, ...]:
    """How the words may go on."""
    return tuple([words for words in asked.further if words != text.lower()][:MOST_FURTHER])
