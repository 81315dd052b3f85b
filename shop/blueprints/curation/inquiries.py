"""Inquiries without an answer, notices in trouble, parked photos."""

from __future__ import annotations

from shop.blueprints.curation.room import blueprint
from shop.domain.errors import NotFound
from shop.web.access import curator_only


@blueprint.get("/kurasi/pesanan")
@curator_only
def inquiries() -> str:
    raise NotFound
