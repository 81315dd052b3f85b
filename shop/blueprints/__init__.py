"""The site map: every door of the shop, by who comes in."""

from __future__ import annotations

from flask import Flask

from shop.blueprints import health

SITE = (
    (health.blueprint, ""),
)


def register(app: Flask) -> None:
    for blueprint, prefix in SITE:
        app.register_blueprint(blueprint, url_prefix=prefix or None)
