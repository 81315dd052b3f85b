"""What a page may weigh, in bytes as they travel; never in time, which belongs to the machine."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Response
from sqlalchemy.orm import Session

from shop.setup import assets, styles
from shop.web.assets import Assets
from tests.web.dressed import dress

KB = 1024
STATIC = assets.STATIC


def weight(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def bundled_styles() -> bytes:
    """The stylesheet as it is built, whether or not it was."""
    names = {f"icons/{file.name}": f"{file.stem}.0123456789.svg" for file in (STATIC / "icons").glob("*.svg")}
    faces = {"fonts/display.woff2": "display.0123456789.woff2", "fonts/text.woff2": "text.0123456789.woff2"}
    return styles.bundle(STATIC / "css" / "shop.css", names | faces).encode()


def test_the_stylesheet_stays_below_sixteen_kilobytes() -> None:
    assert weight(bundled_styles()) <= 16 * KB


def test_both_faces_together_stay_below_thirty_kilobytes() -> None:
    """Only where the build could fetch them."""
    faces = list((STATIC / "build").glob("*.woff2"))
    assert len(faces) in (0, 2)
    assert sum(file.stat().st_size for file in faces) <= 30 * KB


def test_no_style_asks_another_host() -> None:
    for file in Path(STATIC / "css").rglob("*.css"):
        assert "//" not in file.read_text(encoding="utf-8").replace("www.w3.org", ""), file.name


# --- pages, as a phone with a sharp screen loads them -----------------------------------------

PAGES = {
    "home": "/",
    "works": "/karya",
    "craft": "/kerajinan/tenun-ikat",
    "work": "/karya/karya-0",
    "makers": "/perajin",
    "maker": "/perajin/kelompok-tenun-kmanek",
    "ask": "/karya/karya-0/tanya",
}


@dataclass
class Load:
    """What one page asked for: bytes as they came over the wire, by kind."""

    page: str
    bytes_of: Counter[str] = field(default_factory=Counter)
    requests: list[str] = field(default_factory=list)
    images: list[tuple[str, int]] = field(default_factory=list)

    def take(self, response: Response) -> None:
        request = response.request
        if request.url.startswith("data:"):
            return  # part of the page already
        size = request.sizes()["responseBodySize"]
        self.bytes_of[request.resource_type] += size
        self.requests.append(request.url)
        if "/foto/" in request.url:
            self.images.append((request.url, size))


@pytest.fixture
def loads(app: Flask, session: Session, live_server: str, browser: Browser) -> list[Load]:
    """Every page once, 360 CSS pixels wide on a screen of two pixels each, nothing kept from before."""
    dress(app, session)
    return [_load(browser, live_server, name, path) for name, path in PAGES.items()]


def _load(browser: Browser, server: str, name: str, path: str) -> Load:
    load = Load(name)
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))
    answer = page.goto(server + path)
    page.wait_for_load_state("networkidle")
    assert answer is not None
    assert answer.status == 200, f"{path} answered {answer.status}"
    for response in answers:
        load.take(response)
    context.close()
    return load


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_every_page_keeps_to_its_budget(loads: list[Load], live_server: str) -> None:
    over = [sentence for load in loads for sentence in _over(load, live_server)]
    assert not over, "\n".join(over)


def _over(load: Load, server: str) -> Iterator[str]:
    limits = {"document": 20 * KB, "stylesheet": 16 * KB, "script": 15 * KB, "font": 30 * KB}
    for kind, limit in limits.items():
        if load.bytes_of[kind] > limit and not (kind == "stylesheet" and not _built()):
            yield f"{load.page}: {kind} {load.bytes_of[kind]} bytes, at most {limit}"
    total = sum(load.bytes_of.values())
    if total > 250 * KB:
        yield f"{load.page}: first view {total} bytes, at most {250 * KB}"
    if len(load.requests) > 25 and _built():
        yield f"{load.page}: {len(load.requests)} requests, at most 25"
    foreign = [url for url in load.requests if not url.startswith(server)]
    if foreign:
        yield f"{load.page}: asks other hosts: {foreign}"
    for url, size in load.images:
        width = int(url.rpartition("-")[2].partition(".")[0])
        limit = 20 * KB if width <= 360 else 45 * KB
        if width <= 720 and size > limit:
            yield f"{load.page}: {url} {size} bytes, at most {limit}"


def _built() -> bool:
    """Without the build the sources are served, file by file."""
    return bool(Assets(STATIC).built)
