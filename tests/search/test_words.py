"""Words: plain letters, stems, synonyms, spelling."""

import csv
import random
import string
from pathlib import Path

import pytest

from shop.search.entry_words import is_spelt, words_of
from shop.search.question import ask_for, typed_words
from shop.search.spelling import nearest
from shop.search.stems import forms, singulars, stem
from shop.search.text import parts, slug, words
from shop.search.thesaurus import Thesaurus

DEMO = Path(__file__).parents[2] / "shop" / "demo" / "works.csv"


def test_hyphens_apostrophes_and_accents_do_not_count() -> None:
    assert words("Fatuba'a, FATUBA’A; da Silvã-Guimarães") == [
        "fatubaa",
        "fatubaa",
        "da",
        "silva",
        "guimaraes",
    ]
    assert words("satu-satunya 190×98 cm") == ["satu", "satunya", "190", "98", "cm"]
    assert parts("Desa Fatuba'a") == ["fatuba"]
    assert slug("Kakuluk Mesak") == "kakuluk-mesak"
    assert words("''' — 😀") == []


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("anyaman", "anyam"),
        ("tenunan", "tenun"),
        ("berukir", "ukir"),
        ("keranjang", "keranjang"),
        ("selendang", "selendang"),
        ("tempayan", "tempayan"),
        ("perajin", "perajin"),
        ("pengrajin", "perajin"),
        ("kerajinan", "kerajinan"),
        ("perhiasan", "perhiasan"),
        ("tais", "tais"),
        ("futus", "futus"),
    ],
)
def test_stems_of_shop_words(word: str, expected: str) -> None:
    assert stem(word) == expected


def test_english_plurals() -> None:
    assert singulars("baskets") == ["basket"]
    assert singulars("boxes") == ["boxe", "box"]
    assert singulars("glass") == []
    assert "basket" in forms("baskets", english=True)


def test_little_words_count_only_alone() -> None:
    assert typed_words("tas dari pandan di a") == ["tas", "pandan"]
    assert typed_words("dari") == ["dari"]
    assert typed_words("Tais tais TAIS") == ["tais"]
    assert typed_words(" '' ") == []


def test_a_work_is_found_by_every_form_of_its_words() -> None:
    found = words_of(["Tas anyaman dari Fatuba'a"], ["Plaited bags"], marks=["kec1"]).split()
    assert set(found) >= {"tas", "anyaman", "anyam", "fatubaa", "fatuba", "plaited", "bags", "bag", "kec1"}
    assert "dari" not in found
    assert found == sorted(set(found))


def test_synonyms_find_each_other_in_every_form() -> None:
    known = Thesaurus(
        {"plaited": ("anyaman", "plaited"), "x": ("lemari", "almari")}, {"53.1": "Kakuluk Mesak"}
    )
    assert {"plaited", "anyam"} <= known.others("anyaman")
    assert "lemari" in ask_for("almari", known).others
    assert ask_for("mesak", known).others == {"kec531"}
    assert known.others("jati") == set()


def test_a_misspelt_word_is_the_nearest_and_then_the_commonest() -> None:
    known = {"tanasak": 2, "tais": 40, "tas": 9, "selendang": 12}
    assert nearest("tanasek", known)[0] == "tanasak"
    assert nearest("selendnag", known) == ["selendang"]
    assert nearest("tias", known) == ["tais", "tas"]
    assert nearest("tss", known) == [], "too short to be sure"
    assert nearest("lokomotif", known) == []


def test_one_wrong_letter_finds_the_word_in_95_of_100_cases() -> None:
    """Words of five letters and more of the demo's works, every one with three random slips, always the same."""
    with DEMO.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    texts = [
        value for row in rows for name, value in row.items() if name and name.startswith(("title", "desc"))
    ]
    known = dict.fromkeys((word for word in words_of(texts).split() if is_spelt(word)), 1)
    chance = random.Random(5)
    tried = right = 0
    for word in sorted(known):
        for slip in (_slip(word, chance) for _ in range(3) if len(word) >= 5):
            if slip not in known:
                tried += 1
                meant = next(iter(nearest(slip, known)), slip)
                right += bool(forms(meant, english=True) & forms(word, english=True)) or word.startswith(slip)
    assert tried > 200
    assert right / tried >= 0.95


def _slip(word: str, chance: random.Random) -> str:
    place, letter = chance.randrange(len(word) - 1), chance.choice(string.ascii_lowercase)
    return chance.choice(
        [
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        ]
    )
