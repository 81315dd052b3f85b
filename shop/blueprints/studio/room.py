"""The door frame of the producer's room: its blueprint, which the modules beside it hang their views in."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("studio", __name__)
