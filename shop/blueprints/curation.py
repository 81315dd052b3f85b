"""The curator's room."""

from __future__ import annotations

from flask import Blueprint

from shop.domain.errors import NotFound
from shop.web.access import curator_only

blueprint = Blueprint("curation", __name__)


@blueprint.get("/kurasi")
@curator_only
def queue() -> str:
    raise NotFound


@blueprint.get("/kurasi/karya/<int:revision_id>")
@curator_only
def review(revision_id: int) -> str:  # noqa: ARG001
    raise NotFound


@blueprint.get("/kurasi/perajin")
@curator_only
def producers() -> str:
    raise NotFound


@blueprint.get("/kurasi/laporan")
@curator_only
def reports() -> str:
    raise NotFound


@blueprint.get("/kurasi/pesanan")
@curator_only
def inquiries() -> str:
    raise NotFound
