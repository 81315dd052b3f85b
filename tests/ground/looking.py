"""What must hold for every page a browser shows."""

from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: axe puts styles into these pages, which our own policy refuses and the console tells, sometimes much later.
LOOKED_AT: set[Page] = set()
AXE = files("axe_playwright_python").joinpath("axe.min.js")


def assert_accessible(page: Page, *, without: tuple[str, ...] = ()) -> None:
    """axe-core finds nothing; `without` names rules a test has a written reason to leave out."""
    LOOKED_AT.add(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {
        "resultTypes": ["violations"],  # what is well need not be told in full,
        "preload": False,  # and no rule of these asks for films or for styles of other hosts
        "runOnly": {"type": "tag", "values": RULES},
        "rules": {rule: {"enabled": False} for rule in without},
    }
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    assert not found, f"{page.url}\n" + "\n".join(map(_told, found))


def assert_no_horizontal_scroll(page: Page, width: int = 320) -> None:
    """At `width` CSS pixels nothing sticks out at the side."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 640})
    scrolled = page.evaluate("document.documentElement.scrollWidth")
    wide = page.evaluate(WIDE) if scrolled > width else []
    if before:
        page.set_viewport_size(before)
    assert scrolled <= width, f"{page.url} is {scrolled} px wide at {width} px: {wide}"


WIDE = """[...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
  .slice(0, 8)
  .map(e => e.tagName.toLowerCase() + (e.className ? '.' + e.className : ''))"""


def _told(violation: dict[str, Any]) -> str:
    places = ", ".join(str(node["target"][0]) for node in violation["nodes"][:5])
    return f"- {violation['id']}: {violation['help']} ({places})"
