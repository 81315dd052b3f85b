"""Parts of pages that are kept: each is the one that would be made now, and shows nothing of who is looking."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
from flask import Flask
from jinja2 import DictLoader, Environment, UndefinedError, meta
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from shop.actions import catalogue
from shop.actions.changes import photo_changed
from shop.models import Revision
from shop.web.fragments import Fragments
from tests import factories
from tests.bazaar import Bazaar, bazaar

SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
PARTS = sorted((Path(__file__).parents[2] / "shop" / "templates" / "parts").glob("*.html"))
PAGES = ("/", "/karya", "/karya?ada=siap", "/karya?q=selendang", "/kerajinan/tenun-ikat", "/karya/selendang-nila",
         "/perajin/kelompok-tenun-kmanek")  # fmt: skip


def pages(app: Flask) -> dict[str, str]:
    """All of them in both languages, as somebody sees them for whom no page is kept, but drawings are."""
    client = app.test_client(use_cookies=False)
    asked = [f"{prefix}{path}" for path in PAGES for prefix in ("", "/en")]
    told = {"Cookie": "x=1", "Accept-Encoding": "br"}
    return {path: _unpacked(client.get(path, headers=told)) for path in asked}


def _unpacked(answer: TestResponse) -> str:
    packed = answer.headers.get("Content-Encoding") == "br"
    return (brotli.decompress(answer.data) if packed else answer.data).decode()


def _live(market: Bazaar) -> Revision:
    live = market.works["Selendang Nila"].live_revision
    assert live is not None
    return live


def price(market: Bazaar) -> None:
    market.works["Selendang Nila"].price_idr = 376_000


def title(market: Bazaar) -> None:
    _live(market).title_id = "Selendang Biru"


def english_title(market: Bazaar) -> None:
    _live(market).title_en = "Blue Shawl"


def alternative_text(market: Bazaar) -> None:
    _live(market).photos[0].alt_id = "Selendang biru di atas meja"


def photo_widths(market: Bazaar) -> None:
    _live(market).photos[0].photo.widths = [160, 360, 720, 1080]


def stock(market: Bazaar) -> None:
    market.works["Selendang Nila"].stock = 0


def name(market: Bazaar) -> None:
    market.weavers.name = "Kelompok Tenun Baru"


def holiday(market: Bazaar) -> None:
    market.weavers.holiday_until = factories.AT.date() + timedelta(days=9_000)


def suspension(market: Bazaar) -> None:
    market.weavers.status = "suspended"


CHANGES: tuple[Callable[[Bazaar], None], ...] = (
    price, title, english_title, alternative_text, photo_widths, stock, name, holiday, suspension,
)  # fmt: skip


@SQLITE
def test_after_every_change_the_kept_parts_are_those_that_would_be_made_now(
    app: Flask, session: Session
) -> None:
    market = bazaar(session)
    before = pages(app)
    for change in CHANGES:
        change(market)
        session.flush()
        photo_changed(session, _live(market).photos[0].photo)
        catalogue.refresh_producer(session, market.weavers)
        session.commit()
        seen = pages(app)
        app.extensions["fragments"].forget()
        app.extensions["drawings"].forget()
        made_anew = pages(app)
        for path, text in made_anew.items():
            assert seen[path] == text, f"{path} shows an old {change.__name__}"
        assert seen != before, f"no page shows the new {change.__name__}"
        before = seen


@SQLITE
def test_a_part_that_shows_the_same_is_made_once(app: Flask, session: Session) -> None:
    bazaar(session)
    pages(app)
    kept = len(app.extensions["fragments"])
    assert pages(app) == pages(app)
    assert len(app.extensions["fragments"]) == kept > 20


@pytest.mark.parametrize("path", PARTS, ids=lambda path: path.stem)
def test_a_part_asks_nothing_about_who_is_looking(path: Path, templates: Environment) -> None:
    """It would show one person's to all others. What it may use is what it is handed, and what never changes."""
    asked: set[str] = set()
    waiting = [f"parts/{path.name}"]
    while waiting:
        source = (path.parents[1] / waiting.pop()).read_text(encoding="utf-8")
        tree = templates.parse(source)
        asked |= meta.find_undeclared_variables(tree)
        waiting += [str(one) for one in meta.find_referenced_templates(tree)]
    told = set(re.findall(r"\w+", path.read_text(encoding="utf-8").split("#}")[0].rpartition("Value")[2]))
    assert asked <= told | UNCHANGING, (
        f"name these as values, and hand them over: {asked - told - UNCHANGING}"
    )


#: What stands still as long as the web server does, or follows the language, which every key holds.
UNCHANGING = {
    "_", "ngettext", "url_for", "absolute", "asset", "asset_exists", "band_address", "council", "craft_name",
    "demo_marked", "each", "in_language", "language", "linked_way", "photo_address", "photo_focal", "photo_middle",
    "photo_sizes", "photo_srcset", "picture_url", "rupiah", "size_words",
}  # fmt: skip


@pytest.fixture(scope="module")
def templates() -> Environment:
    return Environment(autoescape=True)


def test_no_more_are_kept_than_fit(app: Flask) -> None:
    templates = app.jinja_env.overlay(loader=DictLoader({"parts/b.html": "<b>{{ one }}</b>{{ count() }}"}))
    made: list[int] = []
    templates.globals = {**templates.globals, "count": lambda: made.append(1) or ""}
    kept = Fragments(templates, most_bytes=10_000)
    with app.test_request_context("/"):
        for number in (*range(3), 0, *range(3, 40)):
            assert kept.part("b", one=number) == f"<b>{number}</b>"
            assert len(kept) <= 10
        assert len(made) == 40
        kept.part("b", one=39)
        assert len(made) == 40
        kept.part("b", one=0)
        assert len(made) == 41
        with pytest.raises(UndefinedError):
            kept.part("b", two=1)
