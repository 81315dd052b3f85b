"""Children that act and are killed: each is a fork of the parent, told of by a pipe, and replaced when it is dead."""

from __future__ import annotations

import json
import os
import selectors
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from flask import Flask

from shop.extensions import db
from shop.operations.simulation.acks import Voice, listen
from shop.operations.simulation.hand import Hand
from shop.operations.simulation.looking_back import Ack

Make = Callable[[Voice, Random], Hand]
IDLE_S = 0.05


@dataclass
class Heard:
    """What the children said: kept in this process, which nobody kills."""

    acks: list[Ack] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    kills: int = 0

    def take(self, line: bytes) -> None:
        kind, told = json.loads(line)
        if kind == "ack":
            self.acks.append((told[0], told[1], told[2]))
        elif kind == "done":
            self.done[told] += 1
        elif kind == "refused":
            self.refused[told] += 1
        else:
            self.findings.append(told)


@dataclass
class Child:
    make: Make
    pid: int
    pipe: int
    rest: bytes = b""


class Crowd:
    """All children. `tend` hears them out, replaces the dead, and, where wanted, kills one."""

    def __init__(self, app: Flask, deals: int, heard: Heard, chance: Random) -> None:
        self.app, self.deals, self.heard, self.chance = app, deals, heard, chance
        self.children: list[Child] = []
        self.selector = selectors.DefaultSelector()

    def add(self, make: Make) -> None:
        reading, writing = os.pipe()
        luck = self.chance.getrandbits(64)
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            _live(self.app, make, Voice(writing), Random(luck), self.deals)
        os.close(writing)
        child = Child(make, pid, reading)
        self.children.append(child)
        self.selector.register(reading, selectors.EVENT_READ, child)

    def hear(self, seconds: float) -> int:
        """Listen for a while; how many lines came."""
        until, count = time.monotonic() + seconds, 0
        while (left := until - time.monotonic()) > 0:
            for key, _ in self.selector.select(left):
                count += self._read(key.data)
        return count

    def kill_one(self) -> None:
        """SIGKILL, whatever it is at; a new one takes its place. What it had said before is heard first."""
        child = self.chance.choice(self.children)
        os.kill(child.pid, signal.SIGKILL)
        self.heard.kills += 1
        self._bury(child)
        self.add(child.make)

    def end(self) -> None:
        for child in list(self.children):
            os.kill(child.pid, signal.SIGKILL)
            self._bury(child)

    def _bury(self, child: Child) -> None:
        with suppress(ChildProcessError):
            os.waitpid(child.pid, 0)
        while self._read(child):
            pass
        if child in self.children:
            self.selector.unregister(child.pipe)
            os.close(child.pipe)
            self.children.remove(child)

    def _read(self, child: Child) -> int:
        told = os.read(child.pipe, 1 << 16)
        if not told:
            return 0
        *lines, child.rest = (child.rest + told).split(b"\n")
        for line in lines:
            self.heard.take(line)
        return max(1, len(lines))


def _live(app: Flask, make: Make, voice: Voice, chance: Random, deals: int) -> None:
    """The life of a child: act until killed. Never comes back."""
    try:
        with app.app_context():
            db.engine.dispose(close=False)  # the parent's connections are the parent's
            listen(voice)
            hand = make(voice, chance)
            while True:
                try:
                    if not hand.act(deals):
                        time.sleep(IDLE_S)
                except Exception as error:
                    voice.say("finding", f"{type(hand).__name__}: {type(error).__name__}: {error}")
    finally:
        os._exit(1)
