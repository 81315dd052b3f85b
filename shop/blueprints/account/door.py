"""The blueprint of the room, apart from its views so that each of their modules can take it."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("account", __name__)
