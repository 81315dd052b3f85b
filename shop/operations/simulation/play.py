"""The whole play: a stage, a crowd that is killed at random moments, a quiet end, and the look back."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from flask import Flask
from sqlalchemy import func, select

from shop.database import reading
from shop.domain.deal import ENDED
from shop.extensions import Shop, db
from shop.models import Inquiry
from shop.operations.check import check
from shop.operations.simulation import machines
from shop.operations.simulation.acks import Voice, listen
from shop.operations.simulation.buyer import Buyer
from shop.operations.simulation.clerk import Clerk
from shop.operations.simulation.hand import Hand
from shop.operations.simulation.looking_back import findings
from shop.operations.simulation.maker import Maker
from shop.operations.simulation.processes import Crowd, Heard
from shop.operations.simulation.shopper import Shopper
from shop.operations.simulation.staff import Staff
from shop.operations.simulation.stage import Stage, set_up
from shop.operations.simulation.world import Processor, World

CAST: tuple[type[Hand], ...] = (
    *(Buyer, Buyer, Shopper, Shopper, Maker, Maker, Staff, Staff, Clerk),
    *(machines.Notices, machines.Worker),
)
# A fast machine does much in half a second; for what it did it is killed as often as a slow one.
STEPS_BETWEEN_KILLS = (3, 12)
LISTEN_S = 0.05
MINUTES_A_STEP = 20  # how fast the hours pass while something happens
IDLE_AFTER_S = 0.4
MINUTES_IDLE = 6 * 60  # … and while nothing does
QUIET_ROUNDS = 20


@dataclass(frozen=True)
class Played:
    """What came of it."""

    deals: dict[str, int]
    heard: Heard
    findings: list[str]
    seconds: float


def play(app: Flask, *, deals: int, seed: int, kill: bool, tell: Callable[[str], None] = print) -> Played:
    """On the app's own database, which must be empty. Nothing is cleaned up: the rows can be looked at."""
    began, heard, chance = time.monotonic(), Heard(), Random(seed)
    with tempfile.TemporaryDirectory(prefix="shop-simulation-") as folder, app.app_context():
        world = World.new(Path(folder) / "world")
        _join(app, world)
        stage = set_up(db.session(), at=world.now())
        db.session.commit()
        db.engine.dispose()
        crowd = Crowd(app, deals, heard, chance)
        for kind in CAST:
            crowd.add(_maker_of(kind, world, stage, seed))
        _run(crowd, world, deals, kill=kill, chance=chance, tell=tell)
        crowd.end()
        _come_to_rest(world, stage, seed, deals, heard)
        found = [*heard.findings, *_look_back(app, world, heard)]
        return Played(_deals_by_status(), heard, found, time.monotonic() - began)


def _join(app: Flask, world: World) -> None:
    """The shop of this play takes its hour and its card processor from the world."""
    shop: Shop = app.extensions["shop"]
    app.extensions["shop"] = replace(shop, clock=world.now, payments=Processor(world), wake=_Nobody())


class _Nobody:
    """Nobody is woken: the worker of the play looks by itself."""

    def __call__(self, task: str) -> None: ...

    def reach(self) -> None: ...


def _maker_of(kind: type[Hand], world: World, stage: Stage, seed: int) -> Callable[[Voice, Random], Hand]:
    return lambda voice, chance: kind(world, stage, voice, seed, chance)


def _run(
    crowd: Crowd, world: World, deals: int, *, kill: bool, chance: Random, tell: Callable[[str], None]
) -> None:
    """Until every deal was asked about and hardly any runs; the rest is brought to rest without a crowd."""
    next_kill, told, stepped = time.monotonic() + chance.uniform(0.1, 0.6), 0.0, time.monotonic()
    steps_to_kill, since_kill = chance.randint(*STEPS_BETWEEN_KILLS), 0
    while True:
        before = len(crowd.heard.acks)
        crowd.hear(LISTEN_S)
        steps = len(crowd.heard.acks) - before
        stepped = time.monotonic() if steps else stepped
        idle = time.monotonic() - stepped > IDLE_AFTER_S
        world.pass_time(MINUTES_IDLE if idle else steps * MINUTES_A_STEP)
        since_kill += steps
        due = since_kill > 0 and time.monotonic() >= next_kill  # a starved crowd does something in between
        if kill and (due or since_kill >= steps_to_kill):
            crowd.kill_one()
            next_kill = time.monotonic() + chance.uniform(0.05, 0.5)
            steps_to_kill, since_kill = chance.randint(*STEPS_BETWEEN_KILLS), 0
        if time.monotonic() - told > 0.5:
            told, by_status = time.monotonic(), _deals_by_status()
            running = sum(count for status, count in by_status.items() if status not in ENDED)
            tell(
                f"{sum(by_status.values())} deals, {running} running, {crowd.heard.kills} killed, {world.now():%d %b %Y}"
            )
            if sum(by_status.values()) >= deals and running <= max(2, deals // 100):
                return


def _come_to_rest(world: World, stage: Stage, seed: int, deals: int, heard: Heard) -> None:
    """In this process and without hurry: everything that waits is done, until nothing does."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    voice, chance = Voice(writer), Random(seed)
    listen(voice)
    cast = [kind(world, stage, voice, seed, chance) for kind in dict.fromkeys(CAST)]
    quiet = rounds = 0
    while quiet < QUIET_ROUNDS and rounds < 100 * QUIET_ROUNDS:
        rounds += 1
        quiet = 0 if sum(hand.act(deals) for hand in cast) else quiet + 1
        world.pass_time(24 * 60)
        _drain(reader, heard)
    os.close(reader)
    os.close(writer)


def _drain(reader: int, heard: Heard) -> None:
    try:
        for line in os.read(reader, 1 << 20).splitlines():
            heard.take(line)
    except BlockingIOError:
        pass


def _look_back(app: Flask, world: World, heard: Heard) -> list[str]:
    shop: Shop = app.extensions["shop"]
    with db.engine.connect() as connection:
        found = list(findings(connection, world, heard.acks))
    return found + [str(finding) for finding in check(db.engine, shop.photos)]


def _deals_by_status() -> dict[str, int]:
    with reading():
        rows = db.session.execute(select(Inquiry.status, func.count()).group_by(Inquiry.status)).all()
        db.session.rollback()
    return {row[0]: row[1] for row in rows}
