"""The basket: works to ask about in one go, in a signed cookie of the visitor's own browser. No row, no account."""

from __future__ import annotations

from flask import Response, has_request_context, request
from itsdangerous import BadSignature, URLSafeSerializer

from shop.extensions import the_shop

COOKIE = "keranjang"
MOST_WORKS = 20
KEPT_S = 30 * 24 * 3600


def slugs() -> list[str]:
    """The works in the basket, in the order they were put there; none for a cookie that is not ours."""
    try:
        kept = _signer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return []
    return [slug for slug in kept if isinstance(slug, str)][:MOST_WORKS] if isinstance(kept, list) else []


def count() -> int:
    """How many works are in the basket of this request; 0 where there is none."""
    return len(slugs()) if has_request_context() and COOKIE in request.cookies else 0


def keep(response: Response, works: list[str]) -> None:
    """What is in the basket from now on."""
    if not works:
        response.delete_cookie(COOKIE, httponly=True, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        _signer().dumps(works[:MOST_WORKS]),
        max_age=KEPT_S,
        httponly=True,
        samesite="Lax",
        secure=not the_shop().config.development,
    )


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(the_shop().config.secret_key, salt="basket")
