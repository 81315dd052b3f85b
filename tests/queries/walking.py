"""Every page there is: by its links as each of the shop's people sees them, and by every door of the address map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

import lxml.html
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from shop.models import CatalogueEntry, Inquiry, Person
from tests.house.test_routes import address, doors
from tests.page import Visitor

#: Who walks, by e-mail of the demo, and the doors they begin at.
PEOPLE = {
    "guest": (None, ("/", "/en/", "/bantuan", "/daftar", "/keranjang", "/tersimpan", "/pesanan")),
    "buyer": ("pembeli@contoh.test", ("/akun", "/tersimpan")),
    "maker": ("perajin@contoh.test", ("/studio", "/en/studio")),
    "joiner": ("perajin2@contoh.test", ("/studio",)),
    "curator": ("kurator@contoh.test", ("/kurasi", "/kurasi/pembayaran")),
    "administrator": ("admin@contoh.test", ("/admin", "/kurasi")),
}
QUESTIONS = (
    "", "?q=tais", "?q=tais+merah&ada=siap&urut=termurah", "?q=tanasek", "?q=kelompok", "?ada=siap",
    "?ada=siap&pewarna=alami", "?ada=siap&pewarna=alami&sampai=500000", "?sampai=500000&urut=termahal", "?hal=50",
    "?ada=siap&hal=20", "?urut=termurah&setelah=500000_3", "?urut=termahal&setelah=-500000_3",
)  # fmt: skip
METRICS = "for-the-machines-that-watch"
#: Of one view, in one language: so many addresses whose questions have the same names, and so many in all.
OF_A_KIND, OF_A_VIEW = 1, 4


def walk(app: Flask, session: Session) -> Counter[str]:
    """Everything is opened once; how often each view answered with a page comes back."""
    answered: Counter[str] = Counter()
    lists, threads = list(by_address(app, session)), list(of_threads(app, session))
    for who, (email, rooms) in PEOPLE.items():
        visitor = Visitor(app.test_client())
        if email:
            person = session.scalars(select(Person).where(Person.email == email)).one()
            visitor.signed_in(session, person)
        known = {"guest": lists, "curator": [*lists, *threads]}.get(who, threads)
        _follow(app, visitor, [*rooms, *known], answered)
    return answered


def of_threads(app: Flask, session: Session) -> Iterator[str]:
    """The doors of one thread in every state, as its buyer, its maker and the gallery know them."""
    firsts = select(func.min(Inquiry.id)).group_by(Inquiry.status)
    for code in session.scalars(select(Inquiry.code).where(Inquiry.id.in_(firsts))):
        for rule, _access in doors(app):
            if "GET" in (rule.methods or ()) and "code" in rule.arguments:
                known = {"word": "jadi", "step": "batal", "kind": "svg", "code": code}
                if rule.arguments <= known.keys():
                    values = {name: known[name] for name in rule.arguments}
                    yield app.url_map.bind("localhost").build(rule.endpoint, values)


def by_address(app: Flask, session: Session) -> Iterator[str]:
    """Every door with nothing behind it, and lists and answers for machines as they are asked for."""
    work = session.scalars(select(CatalogueEntry).order_by(CatalogueEntry.listing_id).limit(1)).one()
    thread = session.scalars(select(Inquiry).order_by(Inquiry.id).limit(1)).one()
    for rule, _access in doors(app):
        if "GET" in (rule.methods or ()) and rule.endpoint not in ("account.sign_out", "static"):
            yield address(app, rule)
    for question in QUESTIONS:
        for place in ("/karya", f"/kerajinan/{work.craft}", "/en/karya", "/api/v1/karya"):
            yield place + question
    yield from (f"/karya/{work.slug}", f"/karya/{work.slug}/tanya", f"/karya/{work.slug}/lapor", f"/api/v1/karya/{work.slug}",
                f"/perajin/{work.producer_slug}", f"/api/v1/perajin/{work.producer_slug}", "/api/v1/perajin",
                "/perajin", "/perajin?hal=2", f"/perajin?kerajinan={work.craft}", "/saran?q=ta", "/saran?q=m",
                "/saran/kecamatan?q=ata", "/sitemap.xml", "/sitemap-umum.xml", "/sitemap-karya-0.xml", "/sitemap-karya-2.xml",
                "/metrics", "/readyz", f"/pesanan/{thread.code}", f"/kurasi/pesanan?q={thread.code}", "/kurasi/pesanan?q=budi",
                "/admin?q=budi", "/kurasi/perajin?q=kelompok", "/kurasi/keputusan?hal=2")  # fmt: skip


def _follow(app: Flask, visitor: Visitor, doors: list[str], answered: Counter[str]) -> None:
    """These doors, and what is linked from there and on, a few of each kind."""
    opened: set[str] = set()
    kinds: Counter[object] = Counter()
    waiting = [(path, True) for path in doors]
    while waiting:
        path, asked = waiting.pop(0)
        view, names = _kind(app, path)
        if path in opened or not (asked or (kinds[view, names] < OF_A_KIND and kinds[view] < OF_A_VIEW)):
            continue
        opened.add(path)
        kinds.update([view, (view, names)])
        answer = visitor.client.get(path, headers={"Authorization": f"Bearer {METRICS}"})
        assert answer.status_code < 500, f"{path}: {answer.status}"
        if answer.status_code == 200:
            answered[view.removeprefix("en ")] += 1
        if answer.status_code == 200 and answer.mimetype == "text/html":
            waiting += [(link, False) for link in _links(answer.get_data(as_text=True), path)]


def _links(html: str, path: str) -> list[str]:
    found = [
        urljoin(path, href) for href in lxml.html.document_fromstring(html).xpath("//a/@href|//iframe/@src")
    ]
    return [link.split("#")[0] for link in found if link.startswith("/") and not link.startswith("/static")]


def _kind(app: Flask, path: str) -> tuple[str, tuple[str, ...]]:
    """The view, with its language if that is English, and the names in the question."""
    parts = urlsplit(path)
    english = parts.path == "/en" or parts.path.startswith("/en/")
    bare = parts.path.removeprefix("/en") if english else parts.path
    try:
        view, _ = app.url_map.bind("localhost").match(bare or "/")
    except HTTPException:
        view = bare
    return f"en {view}" if english else view, tuple(sorted({name for name, _ in parse_qsl(parts.query)}))
