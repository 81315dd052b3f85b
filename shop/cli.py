"""The flask commands of the shop. Each room has its own; this is the list."""

from __future__ import annotations

import click

from shop.demo import command as demo
from shop.operations import commands as operations
from shop.operations import people
from shop.operations.simulation.command import simulate
from shop.operations.synth import command as synth
from shop.tasks import commands as tasks

COMMANDS: list[click.Command] = [
    demo.demo,
    tasks.worker,
    tasks.tick,
    *operations.COMMANDS,
    people.make_curator,
    synth.synth,
    simulate,
]
