"""What must hold for every template: no script or style inside, macros told, words marked."""

import ast
import re
from pathlib import Path

import pytest
from flask import Flask

from shop.config import ROOT

TEMPLATES = Path(__file__).parents[2] / "shop" / "templates"
PAGES = [path for path in sorted(TEMPLATES.rglob("*.html")) if "emails" not in path.parts]
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
COMMENT = re.compile(r"\{#.*?#\}", re.S)
INLINE = {
    "a script inside the page": re.compile(r"<script(?![^>]*\b(src|type=\"application/ld\+json\"))[^>]*>"),
    "a style inside the page": re.compile(r"<style\b|\sstyle\s*="),
    "a handler attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']"),
    "a javascript: address": re.compile(r"[\"']\s*javascript:", re.I),
    "a foreign host": re.compile(r"(src|href|action)\s*=\s*[\"'](https?:)?//(?!wa\.me/)", re.I),
    "markup passed unchecked (|safe)": re.compile(r"\|\s*safe\b"),
}

SAME_IN_EVERY_LANGUAGE = re.compile(r"(&\w+;|WhatsApp|Dekranasda|Indonesia|English|[^A-Za-z]|\s)+|class=\".*")
DRAWN_HERE = {"components/icon.html", "components/slot.html"}  # what they pass unchecked stands in them


def name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def text(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_nothing_inline_and_nothing_foreign(path: Path) -> None:
    found = [what for what, pattern in INLINE.items() if pattern.search(text(path))]
    found = [what for what in found if not ("|safe" in what and name(path) in DRAWN_HERE)]
    assert not found, f"{name(path)} holds {', '.join(found)}; the content security policy refuses it"


@pytest.mark.parametrize("path", COMPONENTS, ids=name)
def test_a_component_shows_one_call_in_a_comment(path: Path) -> None:
    whole = path.read_text(encoding="utf-8")
    macros = re.findall(r"\{%-?\s*macro\s+(\w+)\(", whole)
    comments = " ".join(COMMENT.findall(whole))
    assert macros, f"{path.name} holds no macro"
    shown = [macro for macro in macros if not macro.startswith("_") and f"{macro}(" in comments]
    assert shown, f"Show one call of {macros[0]}(…) in a comment at the top of {path.name}"


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_words_for_people_are_marked_for_translation(path: Path) -> None:
    """Bare words between tags; names, signs and what stands in {{ }} are none."""
    without_code = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "\n", _untranslated(path), flags=re.S)
    bare = re.sub(r"<(script|svg|code)\b.*?</\1>|<[^>]*>", "\n", without_code, flags=re.S)
    lines = [line.strip() for line in bare.splitlines() if re.search(r"[A-Za-zÀ-ÿ]{3,}", line)]
    words = [line for line in lines if not SAME_IN_EVERY_LANGUAGE.fullmatch(line)]
    assert not words, f"{name(path)}: mark these with _(): {words}"


def _untranslated(path: Path) -> str:
    return re.sub(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", "", text(path), flags=re.S)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_no_view_hands_over_what_layouts_already_know_under_that_name(app: Flask) -> None:
    """It would stand in the layout's way: a page that calls its list `part` cannot draw its head."""
    known, hidden = set(app.jinja_env.globals) - {"range", "dict"}, []
    for path in sorted(
        [*(ROOT / "shop" / "blueprints").rglob("*.py"), *(ROOT / "shop" / "web").rglob("*.py")]
    ):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"render_template", "_page"}:
                names = {word.arg for word in call.keywords} & known
                hidden += [f"{path.name}:{call.lineno}: {name}" for name in names if name]
    assert not hidden
