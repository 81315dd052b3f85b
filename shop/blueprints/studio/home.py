"""The first screen of the producer's room."""

from __future__ import annotations

from shop.blueprints.studio.room import blueprint
from shop.domain.errors import NotFound
from shop.web.access import producer_only


@blueprint.get("/studio")
@producer_only
def home() -> str:
    raise NotFound
