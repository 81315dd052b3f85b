"""`flask --app wsgi backup`, `restore`, `check` and `reindex`."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from shop.actions.reindexing import rebuild, recount, rewrite_all
from shop.extensions import db, now, the_shop
from shop.operations.backup import backup
from shop.operations.check import check
from shop.operations.restore import restore
from shop.operations.trouble import OperationRefused

FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.command("backup")
@FILE
@with_appcontext
def backup_command(file: Path) -> None:
    """Write a consistent backup of database and photos to FILE, while the shop runs."""
    try:
        done = backup(db.engine, the_shop().photos, file, at=now())
    except (OperationRefused, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(_told(done, f"written to {file}"))


@click.command("restore")
@FILE
@with_appcontext
def restore_command(file: Path) -> None:
    """Bring the backup FILE into an empty, migrated database (SQLite or PostgreSQL) and the photo store."""
    try:
        done = restore(db.engine, the_shop().photos, file)
    except (OperationRefused, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(_told(done, "restored"))


@click.command("check")
@with_appcontext
def check_command() -> None:
    """Look whether everything is as it must be; prints each finding and exits 1 on any."""
    found = 0
    for finding in check(db.engine, the_shop().photos):
        click.echo(str(finding))
        found += 1
    click.echo(f"{found} findings" if found else "all well")
    raise SystemExit(1 if found else 0)


@click.command("reindex")
@with_appcontext
def reindex_command() -> None:
    """Make the catalogue and its search index anew, while the shop runs."""
    for done in rewrite_all(db.session()):
        db.session.commit()
        click.echo(f"{done} rows looked at")
    recount(db.session())
    db.session.commit()
    for _ in rebuild(db.session()):
        db.session.commit()
    click.echo("counts, vocabulary and search index are new")


def _told(done: dict[str, int], what: str) -> str:
    rows = sum(count for name, count in done.items() if name != "photos")
    return f"{rows} rows and {done['photos']} files {what}"


COMMANDS: list[click.Command] = [backup_command, restore_command, check_command, reindex_command]
