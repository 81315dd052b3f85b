"""Addresses of photos for templates, and the larger body that views with photos may receive."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask, current_app, request

from shop.domain.photo import HINTS, file_name, nearest

VIEWPORT_SHARE = re.compile(r"(\d+(?:\.\d+)?)vw")
HAIR = 0.98


def photo_address(
    name: str, width: int | None = None, ending: str = "jpg", *, thread: str | None = None
) -> str:
    """`/foto/k7…-360.avif`, or without a width the small preview. The same in both languages, kept once.

    With the code of a thread, the address inside it, which only its people may open.
    """
    folder = f"/pesanan/{thread}/foto" if thread else "/foto"
    return f"{folder}/{file_name(name, width, ending)}"


def srcset(name: str, widths: list[int], ending: str, *, thread: str | None = None) -> str:
    addresses = ((photo_address(name, width, ending, thread=thread), width) for width in sorted(widths))
    return ", ".join(f"{address} {width}w" for address, width in addresses)


def sizes_in_box(sizes: str, width_px: int, height_px: int, box: float | None) -> str:
    """The `sizes` of a photo that is cropped to fill a box (width by height): a photo wider than the box is
    shown larger than the box is wide, at most twice.
    """
    if box is None or width_px <= box * height_px:
        return sizes
    factor = min(2.0, width_px / height_px / box)
    parts = [part.strip().rpartition(" ") for part in sizes.split(",")]
    return ", ".join(f"{condition}{gap}calc({length} * {factor:.2f})" for condition, gap, length in parts)


def sizes_on_screens(sizes: str, width_px: int, height_px: int, box: float | None) -> str:
    """The same, a hair narrower: a phone of 412 × 1.75 pixels, or one of 412 × 2.625, would otherwise take
    the next larger file for the sake of a single pixel.
    """
    spared = VIEWPORT_SHARE.sub(lambda found: f"{float(found[1]) * HAIR:g}vw", sizes)
    return sizes_in_box(spared, width_px, height_px, box)


def middle(widths: list[int]) -> int | None:
    """The width for browsers that choose for themselves; None while there is only the preview."""
    return nearest(widths, 720) if widths else None


def focal_classes(focal: tuple[int, int] | None) -> str:
    """Per mille → classes of photo.css in steps of a tenth; nothing for the middle."""
    if focal is None or focal == (500, 500):
        return ""
    across, down = (round(part / 100) for part in focal)
    return f"photo--x{across} photo--y{down}"


def register(app: Flask) -> None:
    app.jinja_env.globals.update(
        photo_address=photo_address,
        photo_srcset=srcset,
        photo_sizes=sizes_on_screens,
        photo_middle=middle,
        photo_focal=focal_classes,
        photo_hints=HINTS,
    )
    app.url_value_preprocessor(_raise_limit)


def _raise_limit(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Before anything reads the body: a view marked by `takes_photos` may receive more than others."""
    view = current_app.view_functions.get(endpoint or "")
    most = getattr(view, "most_bytes", None)
    if most is not None:
        request.max_content_length = most
