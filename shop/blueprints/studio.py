"""The producer's room."""

from __future__ import annotations

from flask import Blueprint

from shop.domain.errors import NotFound
from shop.web.access import producer_only

blueprint = Blueprint("studio", __name__)


@blueprint.get("/studio")
@producer_only
def home() -> str:
    raise NotFound


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


@blueprint.get("/studio/pesanan")
@producer_only
def inquiries() -> str:
    raise NotFound


@blueprint.get("/studio/profil")
@producer_only
def profile() -> str:
    raise NotFound
