"""The migrations make exactly the tables that the models describe, on both engines."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import Migrate
from sqlalchemy import create_engine, inspect

from shop.extensions import db


def test_migrations_equal_models(app: Flask, database_url: str) -> None:
    engine = create_engine(database_url)
    options = {"compare_type": True, "compare_server_default": False, **_configured(app)}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        different = compare_metadata(context, db.metadata)
    engine.dispose()
    assert not different, "Make a migration for these (flask --app wsgi db revision):\n" + "\n".join(
        map(str, different)
    )


def test_checks_and_unique_rules_are_in_the_database(database_url: str) -> None:
    """Autogenerate does not compare CHECKs, so count them by name."""
    engine = create_engine(database_url)
    inspector = inspect(engine)
    missing = []
    for table in db.metadata.sorted_tables:
        there = {check["name"] for check in inspector.get_check_constraints(table.name)}
        wanted = {
            str(rule.name) for rule in table.constraints if rule.__visit_name__.endswith("check_constraint")
        }
        missing += [f"{table.name}: {rule}" for rule in sorted(wanted - there)]
    engine.dispose()
    assert not missing


def _configured(app: Flask) -> dict[str, object]:
    """What env.py leaves out (FTS5's own tables) is left out here too."""
    migrate = app.extensions.get("migrate")
    arguments = getattr(migrate, "configure_args", None) or getattr(
        getattr(migrate, "migrate", Migrate()), "configure_args", {}
    )
    return {
        name: value for name, value in arguments.items() if name == "include_object" or name == "include_name"
    }
