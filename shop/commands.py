"""The flask commands, brought in when one is asked for: a web server has no use for them, nor room for what they need."""

from __future__ import annotations

from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup

from shop import database
from shop.config import ROOT
from shop.extensions import db


class Commands(AppGroup):
    """What `shop.cli` lists, and `db` for migrations."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app.name)
        self._app = app

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._bring_in()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        self._bring_in()
        return super().get_command(ctx, cmd_name)

    def _bring_in(self) -> None:
        from shop.cli import COMMANDS

        for command in COMMANDS:
            self.add_command(command)
        _bind_migrations(self._app)


def register(app: Flask) -> None:
    app.cli = Commands(app)


def migrate(app: Flask) -> None:
    """Bring the database of this app to the newest schema, as `flask db upgrade` does."""
    from flask_migrate import upgrade

    with app.app_context():
        _bind_migrations(app)
        upgrade()


def _bind_migrations(app: Flask) -> None:
    from flask_migrate import Migrate

    if "migrate" in app.extensions:
        return
    settings: dict[str, Any] = {
        "render_as_batch": True,
        "compare_type": True,
        "include_object": database.is_ours,
    }
    Migrate().init_app(app, db, directory=str(ROOT / "shop" / "migrations"), **settings)
