"""What templates may call to look right: addresses of styles and bands, words for a craft, errors in order."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from flask import Flask
from flask_babel import gettext

from shop.domain.craft import CRAFT_LABELS, Craft
from shop.web.assets import Assets
from shop.web.form_errors import listed_errors


def register(app: Flask) -> None:
    """Give the templates of `app` the addresses of styles, icons and bands."""
    assets = Assets(Path(app.root_path) / "static")
    app.jinja_env.globals.update(
        asset=assets.address,
        asset_exists=assets.exists,
        band_address=band_address,
        craft_name=craft_name,
        listed_errors=listed_errors,
    )


def band_address(code: str, height: int = 24) -> str:
    """Where the band of a code is drawn; the same in both languages, so that it is kept once."""
    return f"/pita/{quote(code, safe='')}-{height}.svg"


def craft_name(craft: str) -> str:
    """The words for a craft (`tenun-ikat`) in the language of the request. Raises ValueError for others."""
    return str(gettext(CRAFT_LABELS[Craft(craft)]))
