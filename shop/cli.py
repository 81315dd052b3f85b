"""The flask commands of the shop. Each room registers its own; this is the list."""

from __future__ import annotations

import click
from flask import Flask

from shop.demo import command
from shop.tasks import commands

COMMANDS: list[click.Command] = [
    command.demo,
    commands.worker,
    commands.tick,
]


def register(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
