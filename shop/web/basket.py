"""The basket: works to ask about in one go, in a signed cookie of the visitor's own browser. No row, no account."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, has_request_context, request
from itsdangerous import BadSignature, URLSafeSerializer

from shop.domain.listing import Availability
from shop.extensions import the_shop
from shop.models import Listing

COOKIE = "keranjang"
MOST_WORKS = 20
KEPT_S = 30 * 24 * 3600


Mark = tuple[
    int | None, str, bool
]  # of a work when it was put in: price, size in cm, whether there was a piece


def slugs() -> list[str]:
    """The works in the basket, in the order they were put there; none for a cookie that is not ours."""
    return list(seen_all())


def seen() -> dict[str, Mark]:
    """What the visitor saw of each work when they put it in; works put in before that was kept are missing."""
    return {slug: mark for slug, mark in seen_all().items() if mark is not None}


def seen_all() -> dict[str, Mark | None]:
    """Slug → what was seen of it."""
    try:
        kept = _signer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return {}
    entries = kept[:MOST_WORKS] if isinstance(kept, list) else []
    return {slug: mark for slug, mark in map(_entry, entries) if slug}


def mark_of(work: Listing) -> Mark:
    """What a visitor sees of the work now."""
    live = work.live_revision
    sides = (live.length_cm, live.width_cm, live.height_cm) if live else ()
    there = work.stock > 0 or work.availability == Availability.MADE_TO_ORDER
    return work.price_idr, "x".join(str(side or "") for side in sides), there


def count() -> int:
    """How many works are in the basket of this request; 0 where there is none."""
    return len(slugs()) if has_request_context() and COOKIE in request.cookies else 0


def keep(response: Response, works: list[str], marks: Mapping[str, Mark] | None = None) -> None:
    """What is in the basket from now on; what was seen of a work stays with it."""
    if not works:
        response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
        return
    known = seen() if marks is None else marks
    response.set_cookie(
        COOKIE,
        _signer().dumps([[slug, *known[slug]] if slug in known else slug for slug in works[-MOST_WORKS:]]),
        max_age=KEPT_S,
        httponly=True,
        samesite="Lax",
        secure=not the_shop().config.development,
    )


def _entry(entry: object) -> tuple[str, Mark | None]:
    """A slug alone, or a slug with what was seen of it."""
    if isinstance(entry, str):
        return entry, None
    if isinstance(entry, list) and len(entry) == 4 and isinstance(entry[0], str):
        return entry[0], (entry[1], str(entry[2]), bool(entry[3]))
    return "", None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(the_shop().config.secret_key, salt="basket")
