"""What search engines ask for: robots.txt and the sitemap, in parts once the shop is large."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from flask import Blueprint, Response, url_for

from shop.domain.errors import NotFound
from shop.extensions import db, the_shop
from shop.queries.addresses import last_part, makers, works_of_part
from shop.web.access import machine
from shop.web.linked_data import absolute

blueprint = Blueprint("sitemap", __name__)
Entry = tuple[str, str]
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SET = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{}\n</urlset>\n'
)
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{}\n</sitemapindex>\n'
PRIVATE = ("/studio", "/kurasi", "/admin", "/akun", "/masuk", "/daftar", "/keluar", "/keranjang", "/beli", "/tersimpan",
           "/pesanan", "/t/", "/bayar", "/saran", "/karya/*/lapor")  # fmt: skip
STANDING = ("pages.about", "pages.help", "pages.how_to_order", "pages.terms", "pages.privacy")


@blueprint.get("/robots.txt")
@machine
def robots() -> Response:
    closed = [f"Disallow: {prefix}{path}" for prefix in ("", "/en") for path in PRIVATE]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {absolute(url_for('sitemap.sitemap'), 'id')}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@blueprint.get("/sitemap.xml")
@machine
def sitemap() -> Response:
    """Everything at once, or where the parts are."""
    last = last_part(db.session())
    if last == 0:
        return _answer(SET, [*_common(), *_works(0)])
    parts = [url_for("sitemap.common"), *(url_for("sitemap.works", part=n) for n in range(last + 1))]
    found = [f"<sitemap><loc>{escape(absolute(path, 'id'))}</loc></sitemap>" for path in parts]
    return _answer(INDEX, found)


@blueprint.get("/sitemap-umum.xml")
@machine
def common() -> Response:
    return _answer(SET, _common())


@blueprint.get("/sitemap-karya-<int:part>.xml")
@machine
def works(part: int) -> Response:
    if part > last_part(db.session()):
        raise NotFound
    return _answer(SET, _works(part))


def _common() -> list[str]:
    paths = [url_for("catalogue.home"), url_for("catalogue.works"), url_for("catalogue.makers")]
    paths += [url_for("catalogue.craft", craft=craft) for craft in the_shop().council.crafts]
    paths += [url_for(page) for page in STANDING]
    paths += [url_for("catalogue.maker", slug=slug) for slug in makers(db.session())]
    return [_address(path) for path in paths]


def _works(part: int) -> list[str]:
    return [
        _address(url_for("catalogue.work", slug=slug), changed_at.date().isoformat())
        for slug, changed_at in works_of_part(db.session(), part)
    ]


def _address(path: str, changed: str = "") -> str:
    """The address in both languages, each naming the other."""
    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(absolute(path, language))}/>'
        for language in ("id", "en")
    )
    when = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{escape(absolute(path, 'id'))}</loc>{when}{others}</url>"


def _answer(frame: str, entries: Iterable[str]) -> Response:
    answer = Response(HEAD + frame.format("\n".join(entries)), mimetype="application/xml")
    answer.headers["Cache-Control"] = "public, max-age=600"
    return answer
