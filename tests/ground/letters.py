"""Reads the letters the shop wrote into the folder of a test."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from flask import Flask

from shop.tasks.notices import send_waiting


def link_in_newest(app: Flask, folder: Path, address: str, under: str) -> str:
    """The link to `/<under>/…` in the newest letter to somebody, after the worker went through."""
    with app.app_context():
        while send_waiting(app):
            pass
    files = sorted((folder / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    mine: Any = [letter for letter in letters if letter["To"] == address][-1]
    match = re.search(rf"http://\S+/{under}/\S+", mine.get_body(("plain",)).get_content())
    assert match
    return match.group()
