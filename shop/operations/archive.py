"""What a backup file is: a tar of a description, the rows of every table, and the photos, in that order."""

from __future__ import annotations

from alembic.migration import MigrationContext
from sqlalchemy import Connection, Table

from shop.models import Base

FORMAT = 1
DESCRIPTION = "backup.json"
ROWS = "rows/"
PHOTOS = "files/"
STORED = ("originals", "photos")  # what is worth keeping in a photo store


def tables() -> list[Table]:
    """All tables of the shop by name; foreign keys are checked when all rows are there."""
    return sorted(Base.metadata.tables.values(), key=lambda table: table.name)


def revision(connection: Connection) -> str:
    """The migration the database is at; empty when it has none."""
    return MigrationContext.configure(connection).get_current_revision() or ""
