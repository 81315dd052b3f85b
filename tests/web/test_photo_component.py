"""The photo macro: every browser finds the right file, nothing jumps, and a photo being rendered is seen."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from flask import Flask

from shop.queries.cards import Picture
from shop.web.photos import focal_classes, middle, sizes_in_box, sizes_on_screens

on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
NAME = "0123456789abcdef0123456789abcdef"
CLOTH = Picture(NAME, [720, 160, 360, 1080], 2000, 2500, "UklGRg==")


@pytest.fixture
def drawn(app: Flask) -> Any:
    def draw(image: Picture, **how: Any) -> Any:
        template = app.jinja_env.from_string(
            "{% from 'components/photo.html' import photo %}{{ photo(image, **how) }}"
        )
        with app.test_request_context("/en/"):
            return lxml.html.fragment_fromstring(template.render(image=image, how=how))

    return draw


@on_sqlite
def test_it_offers_avif_and_jpeg_in_every_rendered_width(drawn: Any) -> None:
    source = drawn(CLOTH, alt="Kain").find(".//source")
    image = drawn(CLOTH, alt="Kain").find(".//img")
    assert source.get("type") == "image/avif"
    for srcset, ending in ((source.get("srcset"), "avif"), (image.get("srcset"), "jpg")):
        assert srcset == ", ".join(f"/foto/{NAME}-{w}.{ending} {w}w" for w in (160, 360, 720, 1080))
    assert image.get("src") == f"/foto/{NAME}-720.jpg"


@on_sqlite
def test_it_reserves_its_place_and_says_what_is_seen(drawn: Any) -> None:
    image = drawn(CLOTH, alt='Kain "utuh"', class_="card__pic").find(".//img")
    assert (image.get("width"), image.get("height")) == ("2000", "2500")
    assert image.get("alt") == 'Kain "utuh"'
    assert image.get("class") == "card__pic"


@on_sqlite
def test_only_the_first_picture_of_a_page_is_in_a_hurry(drawn: Any) -> None:
    first, later = drawn(CLOTH, alt="", first=True).find(".//img"), drawn(CLOTH, alt="").find(".//img")
    assert (first.get("fetchpriority"), first.get("loading")) == ("high", None)
    assert (later.get("fetchpriority"), later.get("loading")) == (None, "lazy")


@on_sqlite
def test_its_placeholder_lies_underneath_without_a_style(drawn: Any) -> None:
    around = drawn(CLOTH, alt="Kain")
    hint = around.find("svg")
    assert hint.find("image").get("href") == "data:image/webp;base64,UklGRg=="
    assert hint.get("aria-hidden") == "true"
    assert not around.xpath("descendant-or-self::*[@style]")
    assert drawn(CLOTH, alt="Kain", plain=True).find("svg") is None
    assert drawn(Picture(NAME, [360], 2, 3, ""), alt="Kain").find("svg") is None


@on_sqlite
def test_while_it_is_being_rendered_the_preview_is_shown(drawn: Any) -> None:
    waiting = drawn(Picture(NAME, [], 2000, 2500, "UklGRg=="), alt="Kain")
    image = waiting.find(".//img")
    assert image.get("src") == f"/foto/{NAME}-pratinjau.jpg"
    assert image.get("srcset") is None
    assert waiting.find(".//source") is None


@on_sqlite
def test_a_photo_of_a_thread_stays_inside_the_thread(drawn: Any) -> None:
    text = lxml.html.tostring(drawn(CLOTH, alt="Bukti", thread="BLU-ABC")).decode()
    assert f"/pesanan/BLU-ABC/foto/{NAME}-360.avif 360w" in text
    assert '"/foto/' not in text


def test_a_photo_wider_than_its_box_is_asked_for_in_the_width_its_height_needs() -> None:
    sizes = "(min-width: 900px) 25vw, 50vw"
    assert sizes_in_box(sizes, 2000, 2500, 0.8) == sizes
    assert sizes_in_box(sizes, 2000, 2500, None) == sizes
    assert sizes_in_box(sizes, 3000, 2500, 0.8) == "(min-width: 900px) calc(25vw * 1.50), calc(50vw * 1.50)"
    assert sizes_in_box("360px", 9000, 1000, 0.8) == "calc(360px * 2.00)"


def test_a_phone_takes_no_larger_file_for_a_single_pixel() -> None:
    sizes = sizes_on_screens("(min-width: 900px) 25vw, 100vw", 2000, 2500, 0.8)
    assert sizes == "(min-width: 900px) 24.5vw, 98vw"
    assert 412 * 1.75 * 0.98 <= 720
    assert 412 * 2.625 * 0.98 <= 1080


@on_sqlite
def test_the_focal_point_becomes_two_classes(drawn: Any) -> None:
    assert focal_classes((500, 500)) == focal_classes(None) == ""
    assert focal_classes((0, 1000)) == "photo--x0 photo--y10"
    assert focal_classes((333, 666)) == "photo--x3 photo--y7"
    assert drawn(CLOTH, alt="", focal=(250, 500)).get("class") == "photo photo--x2 photo--y5"


def test_browsers_that_choose_for_themselves_get_a_middle_width() -> None:
    assert middle([160, 360]) == 360
    assert middle([160, 360, 720, 1080]) == 720
    assert middle([]) is None
