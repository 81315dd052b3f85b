"""The flask commands of the shop. Each room registers its own; this is the list."""

from __future__ import annotations

import click
from flask import Flask

COMMANDS: list[click.Command] = []


def register(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
