"""What this shop runs with: read from the council file and the environment, changed there."""

from __future__ import annotations

from flask import render_template

from shop.blueprints.admin.room import blueprint
from shop.extensions import db, the_shop
from shop.web.access import admin_only


@blueprint.get("/admin/pengaturan")
@admin_only
def settings() -> str:
    """Facts only, never a secret: whether a key is set, not which."""
    config = the_shop().config
    return render_template(
        "admin/settings.html",
        base_url=config.base_url,
        development=config.development,
        database=db.engine.dialect.name,
        limits=config.limits,
        mail=config.mail_url.partition(":")[0],
        stripe=bool(config.stripe_api_key),
        qris=bool(config.qris),
        villages=sum(len(district.villages) for district in the_shop().council.districts),
    )
