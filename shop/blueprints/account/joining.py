"""A producer asks to join."""

from __future__ import annotations

from shop.blueprints.account.door import blueprint
from shop.domain.errors import NotFound
from shop.web.access import signed_in


@blueprint.get("/akun/gabung")
@signed_in
def join() -> str:
    raise NotFound
