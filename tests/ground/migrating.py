"""Runs the shop's real migrations on a database, as `flask db upgrade` does."""

from pathlib import Path

from tests.ground.settings import config_for


def migrate(database_url: str, folder: Path) -> None:
    from shop import commands
    from shop.app import create_app
    from shop.extensions import db

    app = create_app(config_for(database_url, folder))
    commands.migrate(app)
    with app.app_context():
        db.engine.dispose()
