"""Asking about a work, and the thread that follows."""

from __future__ import annotations

from flask import Blueprint

from shop.domain.errors import NotFound
from shop.web.access import public

blueprint = Blueprint("inquiry", __name__)


@blueprint.get("/karya/<slug>/tanya")
@public
def ask(slug: str) -> str:  # noqa: ARG001
    raise NotFound


@blueprint.get("/keranjang")
@public
def basket() -> str:
    raise NotFound


@blueprint.get("/pesanan/<code>")
@public
def thread(code: str) -> str:  # noqa: ARG001
    raise NotFound


@blueprint.get("/t/<token>")
@public
def enter(token: str) -> str:  # noqa: ARG001
    raise NotFound
