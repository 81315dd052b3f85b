"""What buyers look at: home, works, crafts, one work, makers, one maker."""

from __future__ import annotations

from flask import Blueprint

from shop.domain.errors import NotFound
from shop.web.access import public

blueprint = Blueprint("catalogue", __name__)


@blueprint.get("/")
@public
def home() -> str:
    raise NotFound


@blueprint.get("/karya")
@public
def works() -> str:
    raise NotFound


@blueprint.get("/karya/<slug>")
@public
def work(slug: str) -> str:  # noqa: ARG001
    raise NotFound


@blueprint.get("/kerajinan/<craft>")
@public
def craft(craft: str) -> str:  # noqa: ARG001
    raise NotFound


@blueprint.get("/perajin")
@public
def makers() -> str:
    raise NotFound


@blueprint.get("/perajin/<slug>")
@public
def maker(slug: str) -> str:  # noqa: ARG001
    raise NotFound
