"""The producer's works: the list, a new one, one work with its state and history."""

from __future__ import annotations

from shop.blueprints.studio.room import blueprint
from shop.domain.errors import NotFound
from shop.web.access import producer_only


@blueprint.get("/studio/karya")
@producer_only
def listings() -> str:
    raise NotFound


@blueprint.get("/studio/karya/baru")
@producer_only
def new() -> str:
    raise NotFound


@blueprint.get("/studio/karya/<int:listing_id>")
@producer_only
def edit(listing_id: int) -> str:  # noqa: ARG001
    raise NotFound
