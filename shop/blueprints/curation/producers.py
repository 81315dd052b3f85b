"""Producers who asked to join, and those who are here."""

from __future__ import annotations

from shop.blueprints.curation.room import blueprint
from shop.domain.errors import NotFound
from shop.web.access import curator_only


@blueprint.get("/kurasi/perajin")
@curator_only
def producers() -> str:
    raise NotFound
