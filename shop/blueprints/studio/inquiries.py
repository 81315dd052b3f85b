"""What buyers asked this producer."""

from __future__ import annotations

from shop.blueprints.studio.room import blueprint
from shop.domain.errors import NotFound
from shop.web.access import producer_only


@blueprint.get("/studio/pesanan")
@producer_only
def inquiries() -> str:
    raise NotFound
