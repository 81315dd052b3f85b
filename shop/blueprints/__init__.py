"""The site map: every door of the shop, by who comes in."""

from __future__ import annotations

from flask import Flask

from shop.blueprints import (
    account,
    admin,
    api,
    bands,
    catalogue,
    curation,
    health,
    inquiry,
    media,
    pages,
    payment,
    phone,
    sitemap,
    studio,
)

SITE = (
    catalogue.blueprint,
    pages.blueprint,
    inquiry.blueprint,
    account.blueprint,
    payment.blueprint,
    studio.blueprint,
    curation.blueprint,
    admin.blueprint,
    bands.blueprint,
    media.blueprint,
    phone.blueprint,
    sitemap.blueprint,
    api.blueprint,
    health.blueprint,
)


def register(app: Flask) -> None:
    for blueprint in SITE:
        app.register_blueprint(blueprint)
