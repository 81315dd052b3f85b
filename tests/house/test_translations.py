"""Every sentence in English: nothing missing, nothing twice, the same blanks to fill in."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from shop.setup.translations import compile_all

SHOP = Path(__file__).parents[2] / "shop"
CATALOGUES = sorted((SHOP / "translations" / "en" / "LC_MESSAGES").glob("*.po"))
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "lazy_gettext": None,
    "_l": None,
    "N_": None,
    "pgettext": ((1, "c"), 2),
    "lazy_ngettext": (1, 2),
}
METHODS = [("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2"), ("**.py", "python")]
BLANK = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


@cache
def sentences() -> dict[str, tuple[str, ...]]:
    """Every marked sentence with the places where it stands."""
    places: dict[str, tuple[str, ...]] = {}
    found = extract_from_dir(
        str(SHOP), METHODS, {"**.html": {"silent": "false"}, "**.txt": {"silent": "false"}}, keywords=KEYWORDS
    )
    for file, line, message, _comments, _context in found:
        for sentence in message if isinstance(message, tuple) else (message,):
            if sentence and not file.startswith("setup"):
                places[sentence] = (*places.get(sentence, ()), f"shop/{file}:{line}")
    return places


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as lines:
        return read_po(lines, locale="en", abort_invalid=True)


def messages(path: Path) -> list[Message]:
    return [message for message in catalogue(path) if message.id]


def ids(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, (tuple, list)) else [message.id]


def strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, (tuple, list)) else [message.string]


def test_sentences_are_found_at_all() -> None:
    assert len(sentences()) > 50


def test_every_sentence_is_there_in_english() -> None:
    known = {sentence for path in CATALOGUES for message in messages(path) for sentence in ids(message)}
    missing = [
        f"{places[0]}: {sentence}" for sentence, places in sentences().items() if sentence not in known
    ]
    assert not missing, "Write these in English, in the .po file of their room:\n" + "\n".join(
        sorted(missing)
    )


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_no_english_sentence_is_empty_or_unsure(path: Path) -> None:
    lacking = [ids(message)[0] for message in messages(path) if message.fuzzy or not all(strings(message))]
    assert not lacking


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_english_fills_in_the_same_blanks(path: Path) -> None:
    """The singular of a plural may leave its number out, nothing else may."""
    wrong = []
    for message in messages(path):
        wanted = set(BLANK.findall(ids(message)[-1]))
        for sentence in strings(message):
            got = set(BLANK.findall(sentence))
            if got != wanted and not (len(strings(message)) > 1 and got == wanted - {"%(num)s", "%(num)d"}):
                wrong.append(f"{ids(message)[0]!r} → {sentence!r}")
    assert not wrong, "\n".join(wrong)


def test_no_sentence_stands_in_two_files() -> None:
    first: dict[str, str] = {}
    twice = []
    for path in CATALOGUES:
        for message in messages(path):
            key = f"{message.context}|{ids(message)[0]}"
            if key in first:
                twice.append(f"{ids(message)[0]}: {first[key]} and {path.name}")
            first[key] = path.name
    assert not twice, "Keep one of each:\n" + "\n".join(twice)


def test_no_english_sentence_is_left_over() -> None:
    used = sentences()
    left = [
        f"{path.name}: {ids(message)[0]}"
        for path in CATALOGUES
        for message in messages(path)
        if not any(sentence in used for sentence in ids(message))
    ]
    assert not left, "No code or template says these any more:\n" + "\n".join(left)


def test_all_files_of_a_language_become_one(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "one.po").write_text('msgid "Karya"\nmsgstr "Work"\n', encoding="utf-8")
    (folder / "two.po").write_text('msgid "Perajin"\nmsgstr "Maker"\n', encoding="utf-8")
    (made,) = compile_all(tmp_path)
    from babel.support import Translations

    with made.open("rb") as compiled:
        together = Translations(compiled)
    assert together.gettext("Karya") == "Work"
    assert together.gettext("Perajin") == "Maker"


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "broken.po").write_bytes(b'msgid "Karya"\nmsgstr "\xff"\n')
    with pytest.raises(ValueError, match=r"broken\.po"):
        compile_all(tmp_path)
