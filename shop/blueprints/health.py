"""For machines that watch: alive, and ready."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from shop.extensions import db
from shop.web.access import machine

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@machine
def alive() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@machine
def ready() -> tuple[Response, int]:
    """What the shop needs is there: its database."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="no database"), 503
    return jsonify(status="ok"), 200
