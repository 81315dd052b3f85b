"""Drives Debian's Chromium through playwright, which brings no browser of its own here."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.ground.looking import LOOKED_AT

PLACES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
HEIGHTS = {360: 740, 320: 640, 768: 1024, 1280: 800}
# A page is waited for until it stands there, at most this long; a machine busy with other work is no failure.
SECONDS_TO_WAIT = 30
NO_COMPLAINT = (
    "Failed to load resource: the server responded",
    "Failed to load resource: net::ERR_INTERNET_DISCONNECTED",
)


def chromium_path() -> str | None:
    """`SHOP_CHROMIUM`, or the first Chromium on the PATH."""
    named = os.environ.get("SHOP_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, PLACES)), None)


@contextmanager
def chromium(path: str) -> Iterator[Browser]:
    """One browser; every visitor gets a context of their own in it."""
    expect.set_options(timeout=SECONDS_TO_WAIT * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


class Visitors:
    """Opens pages for different people, and hears what goes wrong in any of them."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def __call__(self, width: int = 1280, javascript: bool = True, locale: str = "id-ID") -> Page:
        """A page of a new visitor (own cookies), `width` CSS pixels wide."""
        context = self._browser.new_context(
            base_url=self._address,
            viewport={"width": width, "height": HEIGHTS.get(width, 800)},
            java_script_enabled=javascript,
            locale=locale,
            timezone_id="Asia/Makassar",
            has_touch=width < 768,
            reduced_motion="reduce",
        )
        context.set_default_timeout(SECONDS_TO_WAIT * 1000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._hear(page, message.type, message.text))
        return page

    def _hear(self, page: Page, kind: str, said: str) -> None:
        """A 404 or 422 is the shop's answer, no signal is the test's doing; a refused script or style is a complaint."""
        if page in LOOKED_AT and said.startswith("Applying inline style violates"):
            return
        if kind == "error" and not said.startswith(NO_COMPLAINT):
            self.complaints.append(f"{page.url}: {said}")

    def leave(self) -> None:
        for context in self._contexts:
            context.close()
