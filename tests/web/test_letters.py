"""Every notice that code writes can be written as a letter, in both languages."""

import ast
from pathlib import Path

import pytest
from flask import Flask

from shop.models import Notice
from shop.web.letters import letter, subject, whatsapp_url, whatsapp_words
from tests.factories import AT

SHOP = Path(__file__).parents[2] / "shop"
TELLERS = {"tell", "tell_address", "tell_buyer", "tell_producer", "_tell"}
LETTERS = SHOP / "templates" / "emails"
OF_THREADS = (
    "inquiry_", "thread_link", "link_revoked", "quote_", "order_", "payment_", "deposit_", "balance_", "dispute_", "piece_",
)  # fmt: skip
FACTS = {
    "code": "BLU-7K3QX9M",
    "title": "Tais <b>Merah</b>",
    "buyer": "Ratna",
    "producer": "Bengkel Tiga Saudara",
    "who": "Ratna",
    "text": "Bisa & cepat",
    "reason": "Sedang panen",
    "name": "Maria",
    "courier": "JNE",
    "number": "123",
    "paid": False,
    "total_idr": 4_900_000,
    "missing_idr": 417,
    "amount_idr": 675_000,
}
KINDS = sorted(path.stem for path in LETTERS.glob("*.txt") if path.stem.startswith(OF_THREADS))


def notice(kind: str, language: str) -> Notice:
    return Notice(
        id=7,
        kind=kind,
        channel="email",
        to_email="maria@contoh.test",
        language=language,
        facts=FACTS,
        created_at=AT,
    )


def told() -> dict[str, str]:
    """Every kind that a call of `tell` and its like names, and where."""
    kinds = {}
    for path in [*SHOP.glob("actions/*.py"), *SHOP.glob("blueprints/**/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TELLERS:
                words = [
                    a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)
                ]
                kinds |= dict.fromkeys(words, f"{path.name}:{node.lineno}")
    return kinds


def test_every_kind_that_is_told_has_its_letter(app: Flask) -> None:
    kinds = told()
    assert len(kinds) > 20
    missing = {kind: place for kind, place in kinds.items() if not (LETTERS / f"{kind}.txt").exists()}
    assert not missing, f"Write emails/<kind>.txt and .html for: {missing}"


def test_every_letter_is_there_as_text_and_html(app: Flask) -> None:
    texts = {path.stem for path in LETTERS.glob("*.txt")} - {"layout"}
    pages = {path.stem for path in LETTERS.glob("*.html")} - {"layout", "parts"}
    assert texts == pages or (texts - pages <= {"reasons"} and pages - texts <= {"reasons"})


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_says_the_same_in_text_and_html(app: Flask, kind: str, language: str) -> None:
    with app.test_request_context("/"):
        made = letter(notice(kind, language), token="rahasia")
    prefix = "/en" if language == "en" else ""
    link = f"http://localhost{prefix}/t/rahasia"
    assert link in made.text and f'href="{link}"' in made.html
    assert "\n" not in made.subject and made.subject.strip()
    assert ("Hello Maria," if language == "en" else "Halo Maria,") in made.text
    assert "Tais <b>" not in made.html, "what people wrote stays text"
    assert made.message_id == "<notice-7@localhost>"


@pytest.mark.parametrize("kind", KINDS)
def test_a_whatsapp_message_names_the_number_and_carries_the_link(app: Flask, kind: str) -> None:
    for language in ("id", "en"):
        with app.test_request_context("/"):
            words = whatsapp_words(notice(kind, language), token="rahasia")
        assert "BLU-7K3QX9M" in words and "/t/rahasia" in words


def test_whatsapp_says_what_the_letter_says_without_its_foot(app: Flask) -> None:
    with app.test_request_context("/"):
        words = whatsapp_words(notice("inquiry_new", "id"), token="rahasia")
    assert words.startswith("Ratna bertanya tentang") and "/t/rahasia" in words and "Galeri" not in words
    chat = whatsapp_url("+6281200007890", words)
    assert chat.startswith("https://wa.me/6281200007890?text=Ratna%20bertanya")


def test_a_list_names_even_a_notice_that_cannot_be_written(app: Flask) -> None:
    with app.test_request_context("/"):
        assert subject(notice("no_such_kind", "id")) == "no_such_kind"
