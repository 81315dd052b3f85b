"""What every template may call to look right: asset(), asset_exists(), band_address(), listed_errors()."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from flask import Flask

from shop.web.assets import Assets
from shop.web.form_errors import listed_errors


def register(app: Flask) -> None:
    """Give the templates of `app` the addresses of styles, icons and bands."""
    assets = Assets(Path(app.root_path) / "static")
    app.jinja_env.globals.update(
        asset=assets.address,
        asset_exists=assets.exists,
        band_address=band_address,
        listed_errors=listed_errors,
    )


def band_address(code: str, height: int = 24) -> str:
    """Where the band of a code is drawn; the same in both languages, so that it is kept once."""
    return f"/pita/{quote(code, safe='')}-{height}.svg"
