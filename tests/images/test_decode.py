"""The picture that comes out stands upright, in sRGB, on the page's ground."""

import io

import pytest
from PIL import Image

from shop.domain.photo import BrokenPhoto, Size
from shop.images.decode import GROUND, upright
from shop.images.header import examine
from tests.images.pictures import as_bytes, cloth, exif, quarters, srgb_profile, swapped_profile

WAYS = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def decoded(data: bytes, wanted: Size | None = None) -> Image.Image:
    source = io.BytesIO(data)
    header = examine(source)
    return upright(source, header, wanted or Size(header.width_px, header.height_px))


def near(pixel: object, colour: tuple[int, int, int], by: int = 12) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= by for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_a_camera_can_be_held_ends_upright(orientation: int) -> None:
    lying, way = quarters(80, 60), WAYS[orientation]
    if way is not None:
        lying = lying.transpose(way)
    picture = decoded(as_bytes(lying, "JPEG", exif=exif(orientation), quality=95))
    assert picture.size == (80, 60)
    for place, colour in {(20, 15): (220, 20, 20), (60, 15): (20, 200, 20), (20, 45): (20, 20, 220)}.items():
        assert near(picture.getpixel(place), colour)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_heic_is_turned_once_and_not_twice(orientation: int) -> None:
    lying, way = quarters(80, 64), WAYS[orientation]
    if way is not None:
        lying = lying.transpose(way)
    picture = decoded(as_bytes(lying, "HEIF", exif=exif(orientation).tobytes(), quality=95))
    assert picture.size == (80, 64)
    assert near(picture.getpixel((20, 15)), (220, 20, 20), by=25)


@pytest.mark.parametrize(("software", "upright"), [("00WW_2_270_SP04", True), ("15.2.1", False)])
def test_a_phone_that_turns_what_is_upright_is_not_believed_and_others_are(
    software: str, upright: bool
) -> None:
    told = exif(6)
    told[0x0131] = software
    turned = as_bytes(quarters(80, 64), "HEIF", exif=told.tobytes(), quality=95)
    said = b"\x01\x12\x00\x03\x00\x00\x00\x01\x00"
    assert turned.count(said + b"\x06") == 1
    picture = decoded(turned.replace(said + b"\x06", said + b"\x01"))
    assert picture.size == ((80, 64) if upright else (64, 80))
    assert near(picture.getpixel((20, 15)), (220, 20, 20), by=25) is upright


def test_colours_are_translated_by_the_profile_inside() -> None:
    red = Image.new("RGB", (40, 40), (255, 0, 0))
    assert near(
        decoded(as_bytes(red, "PNG", icc_profile=swapped_profile())).getpixel((5, 5)), (0, 255, 0), 40
    )
    assert near(decoded(as_bytes(red, "PNG", icc_profile=srgb_profile())).getpixel((5, 5)), (255, 0, 0))


@pytest.mark.parametrize("profile", [b"rubbish", srgb_profile()[:300]])
def test_a_damaged_profile_is_left_out_of_account(profile: bytes) -> None:
    red = Image.new("RGB", (40, 40), (255, 0, 0))
    assert near(decoded(as_bytes(red, "PNG", icc_profile=profile)).getpixel((5, 5)), (255, 0, 0))


def test_a_profile_of_other_colours_than_the_photo_is_left_out_of_account() -> None:
    grey = Image.new("L", (40, 40), 100)
    assert near(decoded(as_bytes(grey, "PNG", icc_profile=srgb_profile())).getpixel((5, 5)), (100,) * 3)


def test_cmyk_becomes_the_colours_it_prints() -> None:
    picture = Image.new("CMYK", (64, 64), (0, 255, 255, 0))
    assert near(decoded(as_bytes(picture, "JPEG", quality=95)).getpixel((10, 10)), (254, 0, 0), by=20)


def test_sixteen_bit_grey_keeps_its_middle_grey() -> None:
    picture = Image.new("I;16", (40, 40), 0x8000)
    assert near(decoded(as_bytes(picture, "PNG")).getpixel((5, 5)), (128, 128, 128), by=2)


@pytest.mark.parametrize("mode", ["1", "L", "P"])
def test_plain_grey_and_palettes_are_photos_too(mode: str) -> None:
    picture = decoded(as_bytes(quarters().convert(mode), "PNG"))
    assert (picture.mode, picture.size) == ("RGB", (80, 60))


@pytest.mark.parametrize("plugin", ["PNG", "WEBP", "HEIF"])
def test_what_is_transparent_shows_the_ground_of_the_page(plugin: str) -> None:
    clear = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    assert near(decoded(as_bytes(clear, plugin, lossless=True)).getpixel((9, 9)), GROUND, by=3)


def test_a_half_transparent_colour_is_mixed_with_the_ground() -> None:
    half = Image.new("RGBA", (64, 64), (0, 0, 0, 128))
    expected = tuple(round(c * 127 / 255) for c in GROUND)
    assert near(decoded(as_bytes(half, "PNG")).getpixel((9, 9)), expected, by=3)  # type: ignore[arg-type]


def test_a_transparent_colour_of_a_palette_shows_the_ground() -> None:
    picture = Image.new("P", (40, 40), 0)
    picture.putpalette([255, 0, 0, 0, 255, 0])
    assert near(decoded(as_bytes(picture, "PNG", transparency=0)).getpixel((5, 5)), GROUND)


def test_the_picture_has_exactly_the_wanted_size() -> None:
    photo = as_bytes(cloth(1001, 667), "JPEG", exif=exif(8))
    assert decoded(photo, Size(333, 500)).size == (333, 500)


def test_nothing_of_the_file_clings_to_the_picture() -> None:
    photo = as_bytes(quarters(), "JPEG", exif=exif(), comment=b"halo", icc_profile=srgb_profile())
    assert decoded(photo).info == {}


@pytest.mark.parametrize("plugin", ["JPEG", "PNG", "HEIF"])
def test_a_photo_cut_off_in_the_middle_is_called_broken(plugin: str) -> None:
    whole = as_bytes(cloth(400, 300), plugin)
    with pytest.raises(BrokenPhoto):
        decoded(whole[: len(whole) * 6 // 10])
