"""The flask commands, which a web server never brings in."""

from click import Context
from flask import Flask

from shop.cli import COMMANDS
from shop.commands import Commands


def test_commands_are_there_when_one_asks_for_them() -> None:
    app = Flask("bare")
    app.cli = Commands(app)
    listed = app.cli.list_commands(Context(app.cli))
    assert {"db", *(str(command.name) for command in COMMANDS)} <= set(listed)
