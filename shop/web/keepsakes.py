"""Works a visitor without an account wants to find again: a signed cookie of their own browser, like the basket."""

from __future__ import annotations

from flask import Response, request
from itsdangerous import BadSignature, URLSafeSerializer

from shop.extensions import the_shop

COOKIE = "simpanan"
MOST_WORKS = 40
KEPT_S = 365 * 24 * 3600


def slugs() -> list[str]:
    """The works kept here, the newest first; none for a cookie that is not ours."""
    try:
        kept = _signer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return []
    return [slug for slug in kept if isinstance(slug, str)][:MOST_WORKS] if isinstance(kept, list) else []


def keep(response: Response, works: list[str]) -> None:
    """What is kept from now on."""
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
    return URLSafeSerializer(the_shop().config.secret_key, salt="keepsakes")
