"""What makes the shop a thing on a phone: manifest, service worker, and the page for when there is no signal."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify, render_template, url_for
from flask_babel import gettext as _

from shop.extensions import the_shop
from shop.web.access import public
from shop.web.assets import Assets
from shop.web.languages import current_language

blueprint = Blueprint("phone", __name__)

SCRIPTS = ("autosave", "live-help", "offline", "prepare", "queue", "sending", "shelf", "studio", "upload")
PARTS = (
    "css/shop.css",
    "css/rooms.css",
    "fonts/text.woff2",
    "fonts/display.woff2",
    "icons/centang.svg",
    *(f"js/{name}.js" for name in SCRIPTS),
)
PAGES = ("/tanpa-sinyal", "/en/tanpa-sinyal")
ICONS = (("icons/app-192.png", "192x192"), ("icons/app-512.png", "512x512"))


@blueprint.get("/manifest.webmanifest")
@public
def manifest() -> Response:
    """The work room as an app: it opens in the studio."""
    council = the_shop().council
    answer = jsonify(
        id="/studio",
        name=f"{council.name}: {_('Ruang kerja')}",
        short_name=_("Ruang kerja"),
        lang=current_language(),
        start_url=url_for("studio.home"),
        scope="/",
        display="standalone",
        background_color="#FBF7F0",
        theme_color="#1D2C4C",
        icons=_icons(),
    )
    answer.mimetype = "application/manifest+json"
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


@blueprint.get("/sw.js")
@public
def service_worker() -> Response:
    """The worker with the addresses of this build in front: another build is another worker."""
    shell = [*_parts(), *PAGES]
    code = _source("js/sw.js")
    version = hashlib.sha256("\n".join([code, *shell, *map(_print_of_unbuilt, shell)]).encode()).hexdigest()[
        :12
    ]
    head = f"const VERSION = {json.dumps(version)};\nconst SHELL = {json.dumps(shell)};\n"
    answer = Response(head + code, mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@blueprint.get("/tanpa-sinyal")
@public
def no_signal() -> str:
    """Says that there is no line and that nothing is lost; names what lies on the phone."""
    return render_template("pages/no_signal.html")


def _parts() -> list[str]:
    assets = _assets()
    return [assets.address(part) for part in PARTS if assets.exists(part)]


def _icons() -> list[dict[str, str]]:
    assets, council = _assets(), the_shop().council
    drawn = [
        {"src": assets.address(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for path, sizes in ICONS
        if assets.exists(path)
        for purpose in ("any", "maskable")
    ]
    return drawn or [{"src": assets.address(council.logo), "sizes": "any", "type": "image/svg+xml"}]


def _print_of_unbuilt(address: str) -> str:
    """What stands in a file that is served under its plain name; built ones carry it in their address."""
    if "/build/" in address or not address.startswith("/static/"):
        return ""
    return hashlib.sha256(_source(address.removeprefix("/static/")).encode()).hexdigest()


def _source(path: str) -> str:
    return Path(current_app.root_path, "static", path).read_text(encoding="utf-8")


def _assets() -> Assets:
    return Assets(Path(current_app.root_path) / "static")
