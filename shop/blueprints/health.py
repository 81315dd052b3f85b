"""For machines that watch: alive, ready, and what waits how long."""

from __future__ import annotations

import logging
from collections.abc import Callable
from hmac import compare_digest

from flask import Blueprint, Response, abort, jsonify, request
from sqlalchemy import text

from shop.extensions import db, now, the_shop
from shop.queries import metrics as measured
from shop.web.access import machine

blueprint = Blueprint("health", __name__)
log = logging.getLogger("shop.health")


@blueprint.get("/healthz")
@machine
def alive() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@machine
def ready() -> tuple[Response, int]:
    """Whether everything a request may need is there; names what is not."""
    lacking = [name for name, look in NEEDS.items() if not _works(name, look)]
    return jsonify(status="lacking" if lacking else "ok", lacking=lacking), 503 if lacking else 200


@blueprint.get("/metrics")
@machine
def metrics() -> Response:
    """What waits, in Prometheus's text format, for those who know the token; for others it is not there."""
    token = the_shop().config.metrics_token
    said = request.headers.get("Authorization", "")
    if not token or not compare_digest(said.encode(), f"Bearer {token}".encode()):
        abort(404)
    lines = ["# TYPE shop_waiting gauge", "# TYPE shop_oldest_seconds gauge"]
    for queue in measured.queues(db.session(), at=now()):
        lines.append(f'shop_waiting{{what="{queue.what}"}} {queue.count}')
        lines.append(f'shop_oldest_seconds{{what="{queue.what}"}} {queue.oldest_s}')
    return Response("\n".join([*lines, ""]), mimetype="text/plain; version=0.0.4")


def _database() -> None:
    """It answers, and it is ours: a lost SQLite file would be made anew, and empty, by asking for anything at all."""
    db.session.execute(text("SELECT version_num FROM alembic_version"))


def _storage() -> None:
    the_shop().photos.has("originals/none")


def _queue() -> None:
    the_shop().wake.reach()


NEEDS: dict[str, Callable[[], object]] = {"database": _database, "storage": _storage, "queue": _queue}


def _works(name: str, look: Callable[[], object]) -> bool:
    """Whatever goes wrong while looking means: not ready. The log says why."""
    try:
        look()
    except Exception:
        log.warning("%s is not ready", name, exc_info=True)
        return False
    return True
