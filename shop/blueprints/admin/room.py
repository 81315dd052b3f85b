"""The blueprint that the modules of this room hang their doors on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("admin", __name__)
