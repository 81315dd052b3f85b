"""Shops for tests. Putting one together and asking its first questions costs more than most tests, so those with the same
settings use one shop after the other; what a test can have changed in it is put back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from flask import Flask

from shop.app import create_app
from shop.config import Config
from shop.extensions import Shop, db
from shop.tasks.queue import Queue


class Apps:
    """One shop per set of settings, which name its database and folders too."""

    def __init__(self, compiled_templates: Any) -> None:
        self._templates = compiled_templates
        self._kept: dict[Config, tuple[Flask, Shop, dict[str, Any]]] = {}

    @contextmanager
    def lent(self, config: Config) -> Iterator[Flask]:
        """The shop, as new; its connections are closed afterwards, since the database goes away."""
        app, parts, settings = self._kept.get(config) or self._make(config)
        app.extensions["shop"] = replace(parts, wake=Queue(app, config))
        if "kept_pages" in app.extensions:
            app.extensions["kept_pages"].forget()
        try:
            yield app
        finally:
            app.config.clear()
            app.config.update(settings)
            with app.app_context():
                db.engine.dispose()

    def _make(self, config: Config) -> tuple[Flask, Shop, dict[str, Any]]:
        app = create_app(config)
        app.jinja_env.bytecode_cache = self._templates
        made = app, app.extensions["shop"], dict(app.config)
        self._kept[config] = made
        return made
