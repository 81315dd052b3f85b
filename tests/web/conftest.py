"""What is watched while pages are asked for."""

from collections.abc import Iterator

import pytest
from flask import Flask, template_rendered


@pytest.fixture
def made(app: Flask) -> Iterator[list[str]]:
    """The names of the templates that were rendered, one for each page that was made."""
    names: list[str] = []

    def note(_app: Flask, template: object, **_: object) -> None:
        names.append(str(getattr(template, "name", "")))

    with template_rendered.connected_to(note, app):
        yield names
