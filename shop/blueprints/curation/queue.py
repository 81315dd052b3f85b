"""What waits, and for how long."""

from __future__ import annotations

from shop.blueprints.curation.room import blueprint
from shop.domain.errors import NotFound
from shop.web.access import curator_only


@blueprint.get("/kurasi")
@curator_only
def queue() -> str:
    raise NotFound
