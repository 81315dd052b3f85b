"""`flask --app wsgi simulate --deals 1000 --seed 7 --kill`."""

from __future__ import annotations

import os

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from shop.extensions import db, the_shop
from shop.models import Person
from shop.operations.simulation.acks import BUSY
from shop.operations.simulation.play import Played, play

SHOWN = 40


@click.command("simulate")
@click.option("--deals", default=100, show_default=True, help="How many deals are played.")
@click.option(
    "--seed", default=1, show_default=True, help="What people are like, and when somebody is killed."
)
@click.option("--kill", is_flag=True, help="Kill the processes (SIGKILL) at random moments.")
@with_appcontext
def simulate(deals: int, seed: int, kill: bool) -> None:
    """Play DEALS deals against this (empty, development) database and look whether everything adds up.

    Exits 1 on any finding. The rows stay, so that one can look.
    """
    if not the_shop().config.development:
        raise click.ClickException("this fills the database with invented deals: SHOP_ENV=development only")
    if db.session.scalar(select(Person.id).limit(1)) is not None:
        raise click.ClickException("this database is not empty: name a new one in SHOP_DATABASE_URL")
    db.session.rollback()
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    played = play(app, deals=deals, seed=seed, kill=kill, tell=lambda line: click.echo(line, err=True))
    click.echo(_table(played))
    for finding in played.findings[:SHOWN]:
        click.echo(f"FINDING {finding}")
    raise SystemExit(1 if played.findings else 0)


def _table(played: Played) -> str:
    """What came of it, in one table."""
    heard = played.heard
    rows = [(f"deals: {status}", count) for status, count in sorted(played.deals.items())]
    rows += [
        ("deals", sum(played.deals.values())),
        ("bought at once", heard.done["buy"] + heard.done["buy of two makers"]),
        (
            "… the last piece was gone",
            sum(n for name, n in heard.refused.items() if name.endswith("SoldOut")),
        ),
        ("lines of lists compared", heard.done["compare a line"]),
        ("steps acknowledged", len(heard.acks)),
        ("presses done", sum(heard.done.values())),
        ("presses refused in words", sum(heard.refused.values())),
        ("found the database busy", sum(n for name, n in heard.refused.items() if name.endswith(BUSY))),
        ("processes killed", heard.kills),
        ("seconds", round(played.seconds)),
        ("findings", len(played.findings)),
    ]
    engine = "PostgreSQL" if db.engine.dialect.name == "postgresql" else "SQLite"
    return "\n".join(
        [f"{engine}, {os.cpu_count()} cores", *(f"{name:<28}{count:>8}" for name, count in rows)]
    )
