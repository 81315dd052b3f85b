"""People and settings."""

from __future__ import annotations

from flask import Blueprint

from shop.domain.errors import NotFound
from shop.web.access import admin_only

blueprint = Blueprint("admin", __name__)


@blueprint.get("/admin")
@admin_only
def people() -> str:
    raise NotFound


@blueprint.get("/admin/pengaturan")
@admin_only
def settings() -> str:
    raise NotFound
