"""What a work must carry before it may be submitted, by craft."""

from typing import Any

import pytest

from shop.domain.craft import Craft
from shop.domain.editor import (
    CONTENT_FIELDS,
    FIELDS,
    Content,
    EditorStep,
    editor_steps,
    missing,
    print_of,
    regulated_words,
    step_label,
)
from shop.domain.review import REASONS
from tests.factories import CONTENT, SLOTS

OTHERS: dict[str, dict[str, Any]] = {
    "tenun-ikat": {},
    "meubel": {"kind": "kursi", "technique": "pasak", "material": "jati",
               "attributes": {"drying": "oven", "finish": "minyak"}},
    "gerabah": {"kind": "kendi", "technique": "pijit", "material": "tanah-liat", "attributes": {"firing": "terbuka"}},
    "anyaman": {"kind": "koba", "technique": "tunggal", "material": "lontar", "attributes": {"treatment": "jemur"}},
}  # fmt: skip


def work(craft: str = "tenun-ikat", **changed: Any) -> Content:
    """A complete work; `slots`, `availability`, `stock`, `lead_time_days` and any field can be changed."""
    slots = changed.pop("slots", [(slot, "ready") for slot in SLOTS[craft]])
    terms = {"availability": "ready", "stock": 1, "lead_time_days": None}
    terms |= {key: changed.pop(key) for key in list(changed) if key in terms}
    empty = dict.fromkeys(CONTENT_FIELDS, "") | {"height_cm": None}
    fields = empty | CONTENT | {"craft": craft, "height_cm": None if craft == "tenun-ikat" else 40}
    if craft != "tenun-ikat":
        fields |= {"motif_name": "", "motif_source": "", "dye": "natural" if craft == "anyaman" else None}
    return Content(fields=fields | OTHERS[craft] | changed, slots=slots, **terms)


@pytest.mark.parametrize("craft", Craft)
def test_a_complete_work_of_each_craft_lacks_nothing(craft: str) -> None:
    assert missing(work(craft)) == []


@pytest.mark.parametrize("craft", Craft)
def test_each_required_photo_is_asked_for_by_name(craft: str) -> None:
    for slot in SLOTS[craft]:
        others = [(key, "ready") for key in SLOTS[craft] if key != slot]
        assert [(item.step, item.field) for item in missing(work(craft, slots=others))] == [("photos", slot)]


def test_cloth_needs_its_reverse_side() -> None:
    lacking = missing(work(slots=[("utuh", "ready"), ("detail", "ready")]))
    assert [(item.sentence, item.what) for item in lacking] == [("Tambahkan foto: %(what)s", "Sisi balik")]


def test_a_photo_that_could_not_be_rendered_must_be_replaced() -> None:
    slots = [(slot, "ready") for slot in SLOTS["tenun-ikat"][:2]] + [("balik", "parked")]
    assert [item.field for item in missing(work(slots=slots))] == ["photos"]


@pytest.mark.parametrize("craft", Craft)
@pytest.mark.parametrize(
    ("field", "step"),
    [
        ("title_id", "name"), ("kind", "name"), ("length_cm", "size"), ("width_cm", "size"), ("weight_g", "size"),
        ("packed_length_cm", "size"), ("packed_width_cm", "size"), ("packed_height_cm", "size"),
        ("material", "material"), ("technique", "material"), ("description_id", "story"),
    ],
)  # fmt: skip
def test_each_field_is_asked_for_on_its_step(craft: str, field: str, step: str) -> None:
    for nothing in (None, ""):
        found = missing(work(craft, **{field: nothing, "motif_name": "", "motif_source": ""}))
        assert (step, field) in [(item.step, item.field) for item in found]


@pytest.mark.parametrize(("craft", "asked"), [(craft, craft != "tenun-ikat") for craft in Craft])
def test_only_flat_cloth_has_no_height(craft: str, asked: bool) -> None:
    assert bool(missing(work(craft, height_cm=None))) is asked


@pytest.mark.parametrize(
    ("craft", "asked"), [("tenun-ikat", True), ("anyaman", True), ("meubel", False), ("gerabah", False)]
)
def test_dye_is_asked_where_there_is_one(craft: str, asked: bool) -> None:
    assert bool(missing(work(craft, dye=None))) is asked


@pytest.mark.parametrize("craft", Craft)
def test_required_attributes_are_asked_for(craft: str) -> None:
    found = [item for item in missing(work(craft, attributes={})) if item.field.startswith("attr_")]
    assert found
    assert all(item.what for item in found)


def test_patterned_cloth_names_its_motif_and_according_to_whom() -> None:
    assert [item.field for item in missing(work(motif_name="", motif_source=""))] == [
        "motif_name",
        "motif_source",
    ]
    assert [item.field for item in missing(work(motif_source=""))] == ["motif_source"]


def test_plain_cloth_need_not_have_a_motif() -> None:
    assert missing(work(technique="soru", motif_name="", motif_source="")) == []
    assert [item.field for item in missing(work(technique="soru", motif_source=""))] == ["motif_source"]


def test_other_crafts_are_not_asked_for_a_motif() -> None:
    assert EditorStep.MOTIF in editor_steps("tenun-ikat")
    assert all(EditorStep.MOTIF not in editor_steps(craft) for craft in Craft if craft != "tenun-ikat")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"price_idr": None}, "price"),
        ({"price_idr": None, "price_kind": "from"}, "price"),
        ({"stock": 0}, "stock"),
        ({"availability": "one_of_a_kind", "stock": 0}, "stock"),
        ({"availability": "made_to_order", "stock": 0}, "lead_time_days"),
    ],
)
def test_the_terms_must_be_whole(changed: dict[str, Any], field: str) -> None:
    assert [item.field for item in missing(work(**changed))] == [field]


def test_a_price_on_request_needs_no_figure_and_making_to_order_no_stock() -> None:
    assert missing(work(price_kind="on_request", price_idr=None)) == []
    assert missing(work(availability="made_to_order", stock=0, lead_time_days=30)) == []


def test_what_is_missing_comes_in_the_order_of_the_steps() -> None:
    found = [item.step for item in missing(work(description_id="", title_id="", slots=[]))]
    assert found == sorted(found, key=list(EditorStep).index)


@pytest.mark.parametrize("craft", [None, ""])
def test_without_a_craft_nothing_else_can_be_asked(craft: str | None) -> None:
    content = work()
    content = Content({**content.fields, "craft": craft}, content.slots, "ready", 1, None)
    assert [(item.step, item.field) for item in missing(content)] == [("name", "craft")]


def test_a_regulated_wood_is_noticed_wherever_it_stands() -> None:
    assert regulated_words({"title_id": "Kotak Cendana", "attributes": {}}) == ["cendana"]
    assert regulated_words({"title_id": "", "attributes": {"lining": "kain, sandalwood"}}) == ["sandalwood"]
    assert regulated_words({"title_id": "Kecendanaan", "attributes": {"n": 3}}) == []


def test_every_reason_of_a_curator_names_a_step_of_the_editor() -> None:
    assert {reason.step for reason in REASONS.values()} <= set(EditorStep)


def test_every_reviewed_field_stands_on_exactly_one_step() -> None:
    assert len(CONTENT_FIELDS) == len(set(CONTENT_FIELDS)) == sum(map(len, FIELDS.values()))


def test_a_print_changes_with_what_it_shows() -> None:
    assert print_of({"a": 1, "b": None}) == print_of({"b": None, "a": 1})
    assert print_of({"a": 1}) != print_of({"a": "1"})


def test_crafts_without_dye_are_not_told_of_it() -> None:
    assert step_label("material", "meubel") == "Bahan dan teknik"
    assert step_label("material", "anyaman") == "Bahan, teknik, pewarna"
