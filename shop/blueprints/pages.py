"""The pages that stand still: about, help, how to order, terms, privacy."""

from __future__ import annotations

from flask import Blueprint

from shop.domain.errors import NotFound
from shop.web.access import public

blueprint = Blueprint("pages", __name__)


@blueprint.get("/tentang")
@public
def about() -> str:
    raise NotFound


@blueprint.get("/bantuan")
@public
def help() -> str:  # noqa: A001
    raise NotFound


@blueprint.get("/cara-pesan")
@public
def how_to_order() -> str:
    raise NotFound


@blueprint.get("/syarat")
@public
def terms() -> str:
    raise NotFound


@blueprint.get("/privasi")
@public
def privacy() -> str:
    raise NotFound
