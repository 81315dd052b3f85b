"""A photo turned and cropped by hand: kept as numbers and rendered anew, so that the original stays whole.

The crop is in per mille of the picture after the turn. As a word (`r90x0y0w1000h900`) it names the files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from shop.domain.photo import Size

WHOLE = 1000
#: One press of a crop button takes this much, and this much at least stays of each side.
TRIM, LEAST = 50, 300
Side = Literal["left", "right", "top", "bottom"]
_CODE = re.compile(r"r(0|90|180|270)x(\d{1,4})y(\d{1,4})w(\d{1,4})h(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Edit:
    """`turn` is in degrees clockwise: 0, 90, 180 or 270."""

    turn: int = 0
    left: int = 0
    top: int = 0
    width: int = WHOLE
    height: int = WHOLE

    @classmethod
    def read(cls, code: str) -> Edit:
        """Of the word; the empty one is the photo as it was received. Raises ValueError for what cannot be."""
        if not code:
            return cls()
        found = _CODE.fullmatch(code)
        if found is None:
            raise ValueError(code)
        edit = cls(*map(int, found.groups()))
        if (
            min(edit.width, edit.height) < LEAST
            or edit.left + edit.width > WHOLE
            or edit.top + edit.height > WHOLE
        ):
            raise ValueError(code)
        return edit

    @property
    def code(self) -> str:
        """The word; empty for a photo as it was received."""
        if self == Edit():
            return ""
        return f"r{self.turn}x{self.left}y{self.top}w{self.width}h{self.height}"

    def turned(self, *, clockwise: bool) -> Edit:
        """A quarter turn; the crop turns along."""
        if clockwise:
            left, top = WHOLE - self.top - self.height, self.left
        else:
            left, top = self.top, WHOLE - self.left - self.width
        return Edit((self.turn + (90 if clockwise else 270)) % 360, left, top, self.height, self.width)

    def trimmed(self, side: Side) -> Edit:
        """Less of one side; the same where too little would stay."""
        across = side in ("left", "right")
        if (self.width if across else self.height) - TRIM < LEAST:
            return self
        if across:
            return replace(self, left=self.left + TRIM * (side == "left"), width=self.width - TRIM)
        return replace(self, top=self.top + TRIM * (side == "top"), height=self.height - TRIM)

    def shaped(self, shape: float, now: Size, focal: tuple[int, int]) -> Edit:
        """Cropped to a shape (width by height) around the focal point (per mille of what is seen `now`)."""
        share = shape * now.height / now.width
        width = self.width if share >= 1 else max(LEAST, round(self.width * share))
        height = self.height if share <= 1 else max(LEAST, round(self.height / share))
        left = self.left + _held((self.width - width), focal[0])
        top = self.top + _held((self.height - height), focal[1])
        return replace(self, left=left, top=top, width=width, height=height)

    def seen(self, width_px: int, height_px: int) -> Size:
        """The size of what is seen of an upright picture of this size."""
        if self.turn in (90, 270):
            width_px, height_px = height_px, width_px
        return Size(
            max(1, round(width_px * self.width / WHOLE)), max(1, round(height_px * self.height / WHOLE))
        )


def _held(spare: int, focal: int) -> int:
    """How much of the spare goes from the start, so that the focal point stays where it is."""
    return max(0, min(spare, round(spare * focal / WHOLE)))
