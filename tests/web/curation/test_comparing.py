"""What differs between two versions, word by word and photo by photo."""

from types import SimpleNamespace
from typing import Any

import pytest

from shop.blueprints.curation.comparing import beside, by_words, field, photo_changes


def marked(parts: list[tuple[bool, str]]) -> list[str]:
    return [text.strip() for differs, text in parts if differs]


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("Benang toko merah dan nila.", "Benang merah dari mengkudu dan nila.", ["toko"], ["dari mengkudu"]),
        ("Satu dua tiga", "Satu dua tiga empat", [], ["empat"]),
        ("Satu dua tiga", "dua tiga", ["Satu"], []),
        ("Satu  dua\ntiga", "Satu dua tiga", [], []),
        ("Sama sekali lain", "Tidak ada yang serupa di sini", ["Sama sekali lain"], ["Tidak ada yang serupa di sini"]),
        ("kata " * 700, "kata " * 699 + "baru", [("kata " * 700).strip()], [("kata " * 699 + "baru").strip()]),
    ],
)  # fmt: skip
def test_only_the_words_that_differ_are_marked(old: str, new: str, gone: list[str], come: list[str]) -> None:
    before, after = by_words(old, new)
    assert (marked(before), marked(after)) == (gone, come)
    assert "".join(text for _differs, text in before) == old
    assert "".join(text for _differs, text in after) == new


def test_a_field_says_whether_it_changed_and_what_was_empty() -> None:
    assert not field("Judul", "Tais", "Tais").changed
    assert field("Judul", "Tais", "Tais").value == "Tais"
    assert field("Judul", None, "Tais").changed is False
    added, removed = field("Motif", "", "Ketupat"), field("Motif", "Ketupat", "")
    assert (added.old, added.new) == ([], [(True, "Ketupat")])
    assert (removed.old, removed.new) == ([(True, "Ketupat")], [])


def photo(number: int, slot: str) -> Any:
    return SimpleNamespace(photo_id=number, slot=slot)


def test_photos_are_compared_slot_by_slot() -> None:
    old = [photo(1, "utuh"), photo(2, "detail"), photo(3, "balik"), photo(4, "lain")]
    new = [photo(1, "utuh"), photo(9, "detail"), photo(3, "balik"), photo(8, "tepi")]
    changes = [(c.old and c.old.photo_id, c.new and c.new.photo_id) for c in photo_changes(old, new)]
    assert changes == [(2, 9), (None, 8), (4, None)]
    assert photo_changes(old, list(reversed(old))) == []


def test_the_reverse_side_stands_beside_the_front() -> None:
    cloth = [photo(1, "utuh"), photo(2, "detail"), photo(3, "balik")]
    assert [place.photo_id for place in beside(cloth)] == [1, 3]
    assert [place.photo_id for place in beside([photo(1, "depan"), photo(2, "samping")])] == [1, 2]
    assert beside([]) == []
