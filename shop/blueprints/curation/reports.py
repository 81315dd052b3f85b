"""Reports of works by visitors."""

from __future__ import annotations

from shop.blueprints.curation.room import blueprint
from shop.domain.errors import NotFound
from shop.web.access import curator_only


@blueprint.get("/kurasi/laporan")
@curator_only
def reports() -> str:
    raise NotFound
