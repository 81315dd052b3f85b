"""A photo turned and cropped by hand: numbers that can be said in a word, and taken back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain.photo import Size
from shop.domain.photo_edit import LEAST, WHOLE, Edit

SIDES = ("left", "right", "top", "bottom")


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    width, height = draw(st.integers(LEAST, WHOLE)), draw(st.integers(LEAST, WHOLE))
    left, top = draw(st.integers(0, WHOLE - width)), draw(st.integers(0, WHOLE - height))
    return Edit(draw(st.sampled_from([0, 90, 180, 270])), left, top, width, height)


@given(edits())
def test_an_edit_is_read_back_from_its_word(edit: Edit) -> None:
    assert Edit.read(edit.code) == edit


@given(edits())
def test_a_turn_back_or_four_turns_change_nothing(edit: Edit) -> None:
    assert edit.turned(clockwise=True).turned(clockwise=False) == edit
    around = edit
    for _ in range(4):
        around = around.turned(clockwise=True)
        assert Edit.read(around.code) == around
    assert around == edit


@given(edits(), st.sampled_from(SIDES))
def test_cropping_ends_before_nothing_is_left(edit: Edit, side: str) -> None:
    for _ in range(40):
        edit = edit.trimmed(side)  # type: ignore[arg-type]
        assert Edit.read(edit.code) == edit


@pytest.mark.parametrize("focal", [(0, 0), (500, 500), (1000, 1000)])
@pytest.mark.parametrize("size", [Size(2000, 1500), Size(1500, 2000), Size(800, 1000)])
def test_a_card_has_the_shape_of_a_card(size: Size, focal: tuple[int, int]) -> None:
    edit = Edit().shaped(0.8, size, focal)
    seen = edit.seen(size.width, size.height)
    assert abs(seen.width / seen.height - 0.8) < 0.01
    assert Edit.read(edit.code) == edit


def test_the_crop_keeps_the_side_of_the_focal_point() -> None:
    wide = Size(2000, 1000)
    assert Edit().shaped(0.8, wide, (0, 500)).left == 0
    assert Edit().shaped(0.8, wide, (1000, 500)).left == 600


@pytest.mark.parametrize(
    "word", ["r45x0y0w1000h1000", "r0x600y0w500h500", "r0x0y0w10h1000", "../../etc", "r0"]
)
def test_words_that_cannot_be_are_refused(word: str) -> None:
    with pytest.raises(ValueError, match=re.escape(word)):
        Edit.read(word)
