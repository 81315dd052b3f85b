"""Invitations by link."""

from __future__ import annotations

from shop.blueprints.account.door import blueprint
from shop.domain.errors import NotFound
from shop.web.access import public


@blueprint.get("/undangan")
@public
def invitation() -> str:
    raise NotFound
