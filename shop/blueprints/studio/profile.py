"""What buyers read about the producer."""

from __future__ import annotations

from shop.blueprints.studio.room import blueprint
from shop.domain.errors import NotFound
from shop.web.access import producer_only


@blueprint.get("/studio/profil")
@producer_only
def profile() -> str:
    raise NotFound
