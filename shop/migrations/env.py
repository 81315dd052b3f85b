"""Alembic's environment: the models are the target; what search keeps for itself is left alone."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import JSON

from shop.models import Base
from shop.models.base import UtcTime


def written(kind: str, thing: Any, _context: object) -> str | Literal[False]:
    """Our own column types stand in migrations as plain ones, so that they import nothing of the shop."""
    if kind == "type" and isinstance(thing, UtcTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, JSON):
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    return False


def run() -> None:
    engine = current_app.extensions["migrate"].db.engine
    arguments: dict[str, Any] = dict(current_app.extensions["migrate"].configure_args)
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_item=written,
            **arguments,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
