"""A few deals by many hands at once, killed again and again: nothing acknowledged is lost, and everything adds up."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from shop.models import Inquiry, Journal, guards
from shop.operations.simulation.looking_back import findings
from shop.operations.simulation.world import Processor, World
from shop.ports import Asked
from tests import factories

DEALS = 5


def simulate(database_url: str, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    settings = {
        "SHOP_ENV": "development",
        "SHOP_SECRET_KEY": "simulation",
        "SHOP_DATABASE_URL": database_url,
        "SHOP_INSTANCE": str(folder),
        "SHOP_UPLOADS": str(folder / "uploads"),
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "simulate", *more]
    return subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, timeout=120)


def test_deals_whose_processes_are_killed_add_up(database_url: str, folder: Path, session: Session) -> None:
    ran = simulate(database_url, folder, "--deals", str(DEALS), "--seed", "4", "--kill")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    killed = re.search(r"processes killed +(\d+)", ran.stdout)
    assert killed
    assert int(killed[1]) > 2
    begun = session.scalar(select(func.count()).select_from(Inquiry)) or 0
    assert DEALS <= begun < 2 * DEALS  # several begin one at the same moment, or two in one basket


def test_a_database_with_people_in_it_is_left_alone(app: Flask, session: Session) -> None:
    factories.person(session)
    session.commit()
    ran = app.test_cli_runner().invoke(args=["simulate", "--deals", "1"])
    assert (ran.exit_code, "is not empty" in ran.output) == (1, True)


def test_what_was_acknowledged_and_is_lost_is_found(app: Flask, session: Session, tmp_path: Path) -> None:
    """The look back itself: a lost step, a bank line nobody booked, a card session nobody heard of."""
    world = World.new(tmp_path / "world")
    session.add(Journal(key="bank:1-0", kind="payment", at=world.now()))
    with guards.lifted(session.connection()):
        session.flush()
    number = session.scalar(text("SELECT id FROM journal"))
    world.write_once("bank", "7-0", {"payment": 7, "amount": 5, "fee": 0})
    desk = Processor(world)
    asked = Asked("ref", "", 90, world.now().replace(year=2099), "", "", "id")
    assert desk.open(asked) == desk.open(asked)
    assert (desk.pay("ref"), desk.pay("ref"), desk.expire("ref").paid) == (True, False, True)
    acks = [("journal", number, "bank:1-0"), ("event", 12, "accept"), ("journal", number, "card:x")]
    found = list(findings(session.connection(), world, acks))
    session.rollback()
    assert found == [
        "acknowledged and lost: event 12 (accept), there is None",
        f"acknowledged and lost: journal {number} (card:x), there is bank:1-0",
        "how often the sum came by transfer: the bank says 1 for 5, the shop None",
        "the card processor says 90 for card:ref, the shop None",
    ]
