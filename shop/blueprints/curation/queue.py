"""The queue: what waits, who holds it, and taking the next."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from shop.actions import claims
from shop.blueprints.curation import words
from shop.blueprints.curation.room import blueprint
from shop.blueprints.curation.showing import undoable
from shop.domain.curation import is_meant_for_another
from shop.domain.listing import claim_is_stale
from shop.domain.words import N_
from shop.extensions import db, now, the_shop
from shop.queries import decisions, people
from shop.queries import queue as queries
from shop.queries.waiting import NOBODY, NOT_OURS, STATES, Asked
from shop.web.access import curator_only
from shop.web.login import the_person
from shop.web.numbers import row_asked

KINDS = {"baru": "new", "revisi": "revision"}
NOTHING_FREE = N_(
    "Tidak ada karya yang bebas. Yang tersisa dipegang atau diserahkan kepada rekan Anda, atau dari kelompok Anda."
)
LATEST = 5


@blueprint.get("/kurasi")
@curator_only
def queue() -> str:
    return page_of()


def page_of(problem: str = "", ticked: frozenset[int] = frozenset(), chosen: str = "") -> str:
    """The queue as the address asks for it. What somebody ticked and chose, with what is wrong about it, stays."""
    asked, number, at = _asked(request.args), _page(request.args), now()
    rows = queries.page(db.session(), asked, number=number)
    counts = queries.counts(db.session(), asked)
    more, rows = len(rows) > queries.PER_PAGE, rows[: queries.PER_PAGE]
    waiting = sum(count for state, count in counts.items() if state != NOT_OURS)
    return render_template(
        "curation/queue.html",
        rows=rows,
        tabs=_tabs(asked, counts, waiting),
        total=counts[asked.state] if asked.state else waiting,
        asked=asked,
        kind=request.args.get("jenis", ""),
        first=(number - 1) * queries.PER_PAGE,
        next_url=address(hal=number + 1) if more else None,
        previous_url=address(hal=number - 1 or None) if number > 1 else None,
        days=queries.days_to_decision(db.session(), at=at),
        latest=[] if rows else decisions.latest(db.session(), most=LATEST),
        narrowed=any((asked.state, asked.craft, asked.district, asked.kind, asked.given_to is not None)),
        given_to=request.args.get("untuk", ""),
        colleagues=people.curators(db.session()),
        assign_url=address("curation.assign"),
        problem=problem,
        ticked=ticked,
        chosen=chosen,
        undo=undoable(row_asked(request.args, "diputus")),
        at=at,
        words=words,
        is_stale=claim_is_stale,
        for_another=is_meant_for_another,
        me=the_person().id,
    )


@blueprint.post("/kurasi/ambil")
@curator_only
def take_next() -> Response:
    """Claims the oldest free work and opens it."""
    revision = claims.claim_next(db.session(), by=the_person(), at=now())
    db.session.commit()
    if revision is None:
        flash(gettext(NOTHING_FREE), "warn")
        return redirect(url_for("curation.queue"))
    return redirect(url_for("curation.review", revision_id=revision.id))


def _asked(args: MultiDict[str, str]) -> Asked:
    """What makes no sense is ignored."""
    shop = the_shop()
    craft, district = args.get("kerajinan"), args.get("kecamatan")
    return Asked(
        state=args["keadaan"] if args.get("keadaan") in STATES else None,
        craft=craft if craft in shop.council.crafts else None,
        district=district if district in shop.council.district_by_code else None,
        kind=KINDS.get(args.get("jenis", "")),
        given_to={"saya": the_person().id, "belum": NOBODY}.get(args.get("untuk", "")),
    )


def _page(args: MultiDict[str, str]) -> int:
    number = args.get("hal", 1, type=int)
    return number if 1 <= number <= 1000 else 1


def address(endpoint: str = "curation.queue", **changed: object) -> str:
    """This list with some of its words changed; None takes a word out."""
    kept = {**request.args.to_dict(), **changed}
    return url_for(endpoint, **{key: value for key, value in kept.items() if value})  # type: ignore[arg-type]


def _tabs(asked: Asked, counts: dict[str, int], waiting: int) -> list[tuple[str, str, int, bool]]:
    everything = (gettext("Semua"), address(keadaan=None, hal=None), waiting, asked.state is None)
    return [everything] + [
        (words.said(name), address(keadaan=state, hal=None), counts[state], asked.state == state)
        for state, name in words.TABS.items()
    ]
