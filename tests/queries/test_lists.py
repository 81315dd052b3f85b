"""Lists of works: filters, counts that are true, order, pages, words."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from shop import council
from shop.actions import catalogue
from shop.config import ROOT
from shop.queries.asking import ask, suggestions
from shop.queries.catalogue import WorkList, work_list
from shop.queries.filters import Filters, facets_of, read
from shop.queries.makers import found_makers
from shop.search.thesaurus import Thesaurus
from tests import factories
from tests.bazaar import Bazaar, bazaar, publish, unseen

BELU = council.read(ROOT / "shop" / "councils" / "belu.toml")
DISTRICTS = {district.code: district.name for district in BELU.districts}
THESAURUS = Thesaurus(BELU.synonyms, DISTRICTS)


@pytest.fixture
def market(session: Session) -> Bazaar:
    return bazaar(session)


def read_list(
    session: Session, craft: str | None = None, **asked: str | list[str]
) -> tuple[WorkList, Filters]:
    facets = facets_of(craft, BELU.crafts, DISTRICTS)
    values = {name: [value] if isinstance(value, str) else value for name, value in asked.items()}
    filters = read(lambda name: values.get(name, []), facets, craft)
    question = ask(session, filters.words, THESAURUS).question if filters.words else None
    return work_list(session, filters, facets, question), filters


def titles(session: Session, craft: str | None = None, **asked: str | list[str]) -> list[str]:
    return [work.title_id for work in read_list(session, craft, **asked)[0].works]


def statements(session: Session, do: Callable[[], object]) -> int:
    said: list[str] = []
    note = lambda *a: said.append(a[2])  # noqa: E731
    event.listen(session.get_bind(), "before_cursor_execute", note)
    do()
    event.remove(session.get_bind(), "before_cursor_execute", note)
    return len([one for one in said if not one.startswith("BEGIN")])


def test_filters_narrow_together_and_values_of_one_add_up(session: Session, market: Bazaar) -> None:
    assert titles(session, "tenun-ikat") == ["Selendang Nila", "Tais Lajur Merah", "Tais Lumpur"]
    assert titles(session, "tenun-ikat", pewarna="alami") == ["Tais Lajur Merah"]
    assert titles(session, "tenun-ikat", pewarna=["alami", "sintetis"], sampai="500000") == ["Selendang Nila"]
    assert titles(session, "meubel", knock_down="ya") == ["Lemari Dua Pintu"]
    assert titles(session, "meubel", drying=["oven", "angin"]) == ["Kursi Makan", "Lemari Dua Pintu"]
    assert titles(session, kec=["kakuluk-mesak", "atambua-selatan"], ada="pesan") == ["Lemari Dua Pintu"]
    assert titles(session, kerajinan="anyaman", dari="Rp 100 rb") == ["Tikar Pandan"]
    assert titles(session, ada="siap", kerajinan="tenun-ikat") == ["Selendang Nila", "Tais Lajur Merah"]


def test_filters_that_make_no_sense_are_ignored(session: Session, market: Bazaar) -> None:
    everything = titles(session)
    assert len(everything) == 7
    asked = {"pewarna": "ungu", "hal": "-3", "setelah": "x_y", "dari": "murah", "urut": "acak", "kec": "'--"}
    assert titles(session, None, **asked) == everything
    assert titles(session, None, dari="500000", sampai="100000") == titles(
        session, None, dari="100000", sampai="500000"
    )


LISTS: list[tuple[str | None, dict[str, Any]]] = [
    (None, {}),
    ("tenun-ikat", {}),
    ("tenun-ikat", {"pewarna": "alami"}),
    ("meubel", {"drying": "oven"}),
    (None, {"q": "anyaman"}),
    (None, {"q": "lemari", "ada": "pesan"}),
    (None, {"sampai": "500000", "kerajinan": ["anyaman", "tenun-ikat"]}),
]


def test_every_count_is_what_choosing_the_value_shows(session: Session, market: Bazaar) -> None:
    for craft, asked in LISTS:
        page, filters = read_list(session, craft, **asked)
        assert page.counts.total == len(page.works)
        for facet in facets_of(craft, BELU.crafts, DISTRICTS):
            for option in facet.options:
                alone = filters.with_chosen(facet, (option.value,))
                again, _ = read_list(session, craft, **_values(alone))
                assert page.counts.of(facet, option.value) == len(again.works), (
                    asked,
                    facet.name,
                    option.value,
                )


def _values(filters: Filters) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in filters.query():
        found.setdefault(name, []).append(value)
    return found


def test_dropping_a_filter_is_counted(session: Session, market: Bazaar) -> None:
    page, _ = read_list(session, "tenun-ikat", pewarna="alami", teknik="futus", sampai="300000")
    assert page.counts.total == 0
    assert page.counts.without == {"pewarna": 0, "teknik": 0, "harga": 1}
    assert (page.counts.place_works, page.counts.place_makers) == (3, 1)


def test_the_order_is_what_was_asked_for_and_sold_works_come_last(session: Session, market: Bazaar) -> None:
    assert titles(session, urut="termurah") == [
        "Tanasak Bertutup", "Tikar Pandan", "Selendang Nila", "Tais Lajur Merah", "Lemari Dua Pintu", "Kursi Makan",
        "Tais Lumpur",
    ]  # fmt: skip
    assert titles(session, urut="termahal")[:2] == ["Lemari Dua Pintu", "Tais Lajur Merah"]
    assert titles(session, urut="termahal")[-2:] == ["Kursi Makan", "Tais Lumpur"]
    assert titles(session)[0] == "Tikar Pandan"


def publish_sixty(session: Session, market: Bazaar) -> None:
    for number in range(60):
        publish(session, market.weavers, market.weavers.members[0].person, minutes=number % 7,
                title_id=f"Kain {number}", price_idr=100_000 + number % 5)  # fmt: skip


def test_pages_hold_every_work_once_by_number_and_by_cursor(
    session: Session, market: Bazaar, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_sixty(session, market)
    for order, last_numbered in [(order, last) for order in ("", "termurah", "termahal") for last in (50, 2)]:
        monkeypatch.setattr("shop.queries.paging.LAST_NUMBERED_PAGE", last_numbered)
        seen: list[str] = []
        asked: dict[str, list[str]] = {"urut": [order]}
        for _ in range(9):
            page, _filters = read_list(session, None, **asked)
            seen += [work.slug for work in page.works]
            if page.following is None:
                break
            asked = _values(page.following)
        assert len(seen) == len(set(seen)) == 67
        assert ("setelah" in asked) == (last_numbered == 2)


def test_narrowed_lists_go_on_after_their_last_work_and_still_say_which_page_it_is(
    session: Session, market: Bazaar, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_sixty(session, market)
    for candidates in (1_000, 10):  # few works are sorted, many are walked along
        monkeypatch.setattr("shop.queries.catalogue.MOST_CANDIDATES", candidates)
        seen: list[str] = []
        asked: dict[str, list[str]] = {}
        for number in (1, 2, 3):
            page, filters = read_list(session, "tenun-ikat", kec="tasifeto-timur", **asked)
            assert (filters.page, bool(filters.after)) == (number, number > 1)
            seen += [work.slug for work in page.works]
            by_number, _ = read_list(session, "tenun-ikat", kec="tasifeto-timur", hal=str(number))
            assert by_number.works == page.works
            asked = _values(page.following) if page.following else {}
            asked.pop("kec", None)
        assert len(seen) == len(set(seen)) == page.counts.total > 48
        assert not asked


def test_a_cursor_that_nobody_wrote_is_none(session: Session, market: Bazaar) -> None:
    publish_sixty(session, market)
    for asked in ({}, {"kec": "tasifeto-timur"}, {"kec": "tasifeto-timur", "sampai": "900000"}):
        second, _ = read_list(session, "tenun-ikat", hal="2", **asked)
        same, _ = read_list(session, "tenun-ikat", hal="2", setelah="x_y", **asked)
        assert same.works == second.works != []


FINDS = [
    ("tais merah", "Tais Lajur Merah"),
    ("kain merah", "Tais Lajur Merah"),  # a synonym
    ("almari", "Lemari Dua Pintu"),
    ("wardrobe", "Lemari Dua Pintu"),  # across languages
    ("chairs", "Kursi Makan"),  # an English plural
    ("anyam tutup", "Tanasak Bertutup"),  # stems
    ("keranjang", "Tanasak Bertutup"),  # not ranjang
    ("tanasek", "Tanasak Bertutup"),  # misspelt
    ("selendnag", "Selendang Nila"),  # two letters swapped
    ("tanas", "Tanasak Bertutup"),  # the beginning of a word
    ("fatubaa", "Tikar Pandan"),
    ("Fatuba'a", "Tikar Pandan"),
    ("fatuba-a", "Tikar Pandan"),
    ("FATUBÁ’A", "Tikar Pandan"),
    ("kakuluk mesak", "Tikar Pandan"),  # a district
    ("atambua selatan lemari", "Lemari Dua Pintu"),
    ("lemari untuk kamarrr jati", "Lemari Dua Pintu"),  # words nobody knows are left out
    ("three-door cupboard teak", "Lemari Dua Pintu"),
]


def test_words_find(session: Session, market: Bazaar) -> None:
    assert {words: titles(session, q=words)[:1] for words, _ in FINDS} == {
        words: [first] for words, first in FINDS
    }


ANYTHING = ["", "   ", "'", '"', "*", "a AND", "(", "tais OR", "NEAR(", "x" * 500, "😀", "%", "\\"]


def test_any_words_can_be_typed(session: Session, market: Bazaar) -> None:
    for words in ANYTHING:
        read_list(session, q=words)


def test_nonsense_finds_nothing_and_says_which_words(session: Session, market: Bazaar) -> None:
    asked = ask(session, "qwrtzpsd", THESAURUS)
    assert not asked.question
    assert asked.unknown == ("qwrtzpsd",)
    assert ask(session, "tanasek merah", THESAURUS).corrected == "tanasak merah"


def test_a_misspelt_word_means_the_one_that_stands_beside_the_others(
    session: Session, market: Bazaar
) -> None:
    by = market.weavers.members[0].person
    for title in (
        "Tais Bulan Silien",
        "Tais Bulan Silien Baru",
        "Tais Kuda Simien",
        "Tais Mane Kuda Simien",
    ):
        publish(session, market.weavers, by, title_id=title)
    asked = ask(session, "tais kuda sitien", THESAURUS)
    assert asked.corrected == "tais kuda silien", "the commoner of those that are as near"
    facets = facets_of(None, BELU.crafts, DISTRICTS)
    shown = work_list(session, Filters(words="tais kuda sitien"), facets, asked.question)
    assert asked.settled(shown.words).corrected == "tais kuda simien"
    assert [work.title_id for work in shown.works] == ["Tais Kuda Simien", "Tais Mane Kuda Simien"], (
        "whole titles first"
    )


def test_the_word_in_the_title_comes_before_its_synonym_and_the_text(
    session: Session, market: Bazaar
) -> None:
    publish(session, market.plaiters, market.weavers.members[0].person, minutes=99, title_id="Kotak Sirih", title_en="",
            description_id="Untuk menyimpan tais.", craft="anyaman", technique="tunggal", kind="kotak",
            material="lontar", attributes={})  # fmt: skip
    publish(
        session,
        market.weavers,
        market.weavers.members[0].person,
        minutes=98,
        title_id="Kain Hijau",
        title_en="",
    )
    found = titles(session, q="tais")
    assert found[0] == "Tais Lajur Merah"
    assert found.index("Kain Hijau") < found.index("Kotak Sirih")
    assert found[-1] == "Tais Lumpur"  # sold


def test_one_maker_does_not_fill_the_first_page(session: Session, market: Bazaar) -> None:
    by = market.weavers.members[0].person
    other = factories.producer(session, "Kelompok Lain")
    publish(session, other, by, title_id="Tais Sendiri", minutes=-500)
    for number in range(10):
        publish(session, market.weavers, by, title_id=f"Tais Nomor {number}", minutes=100 + number)
    assert titles(session, q="tais").index("Tais Sendiri") == 3


def test_makers_are_found_by_name_and_village_with_works_and_without(
    session: Session, market: Bazaar
) -> None:
    idle = factories.producer(session, "Kelompok Gerabah Webriamata", slug="webriamata", village="Webriamata")
    catalogue.refresh_producer(session, idle)

    def found(typed: str) -> list[str]:
        page, _ = read_list(session, q=typed)
        question = ask(session, typed, THESAURUS).question
        makers = {work.producer_slug for work in page.works}
        return [maker.name for maker in found_makers(session, question, makers)]

    assert found("kmanek") == ["Kelompok Tenun Kmanek"]
    assert found("fatubaa") == ["Kelompok Anyam Fatuba'a"]
    assert found("fatukbot") == ["Bengkel Tiga Saudara"]  # its village
    assert found("kelompok tenun kma") == ["Kelompok Tenun Kmanek"]
    assert found("kelompok gerabah") == ["Kelompok Gerabah Webriamata"]
    assert found("selendang nila") == []


def test_what_is_not_published_is_never_found(session: Session, market: Bazaar) -> None:
    unseen(session, market.weavers, market.weavers.members[0].person)
    assert titles(session, q="rahasia") == []
    assert suggestions(session, "rahas") == []
    assert len(titles(session)) == 7
    market.joiners.status = "suspended"
    market.joiners.suspended_at = factories.AT
    catalogue.refresh_producer(session, market.joiners)
    assert titles(session, q="lemari") == []
    assert "Lemari Dua Pintu" not in titles(session)


def test_suggestions_go_on_from_the_last_word(session: Session, market: Bazaar) -> None:
    assert suggestions(session, "tan") == ["tanasak"]
    assert suggestions(session, "wadah sel") == ["wadah selendang"]
    assert suggestions(session, "z") == []


def test_a_list_costs_the_same_number_of_statements_whatever_its_length(
    session: Session, market: Bazaar
) -> None:
    by = market.weavers.members[0].person

    def costs() -> list[int]:
        return [
            statements(session, lambda: read_list(session, "tenun-ikat")),
            statements(session, lambda: read_list(session, "tenun-ikat", pewarna="alami", sampai="2000000")),
            statements(session, lambda: read_list(session, q="tais merah")),
            statements(session, lambda: read_list(session, q="tanasek")),
        ]

    before = costs()
    assert before == [2, 3, 4, 4]
    for number in range(40):
        publish(session, market.weavers, by, title_id=f"Tais Nomor {number}")
    assert costs() == before
