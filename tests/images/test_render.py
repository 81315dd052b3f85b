"""The files the pages use: the right sizes, within the budgets, without a word about where or by what."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from shop.domain import photo
from shop.domain.photo import BYTE_BUDGET, BrokenPhoto, renditions
from shop.domain.photo_edit import Edit
from shop.images.render import preview, render
from tests.images.pictures import PLACE, as_bytes, cloth, quarters, telling


def rendered(data: bytes, folder: Path):
    return render(io.BytesIO(data), folder)


@pytest.mark.parametrize("plugin", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_width_is_written_as_avif_and_jpeg(plugin: str, tmp_path: Path) -> None:
    made = rendered(as_bytes(quarters(800, 600), plugin), tmp_path)
    assert made.widths == [160, 360, 480, 720]
    assert (made.width_px, made.height_px) == (800, 600)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        f"{w}.{ending}" for w in made.widths for ending in ("avif", "jpg")
    )
    for width in made.widths:
        for ending, kind in (("avif", "AVIF"), ("jpg", "JPEG")):
            with Image.open(tmp_path / f"{width}.{ending}", formats=[kind]) as picture:
                assert picture.size == (width, width * 3 // 4)


@pytest.mark.parametrize("plugin", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_nothing_served_tells_where_when_or_by_what_a_photo_was_taken(plugin: str, tmp_path: Path) -> None:
    source = telling(plugin)
    assert PLACE.encode() in source
    rendered(source, tmp_path)
    preview(io.BytesIO(source), tmp_path / "preview.jpg")
    files = list(tmp_path.iterdir())
    assert len(files) == 3 * 2 + 1
    for file in files:
        data = file.read_bytes()
        for sign in (PLACE.encode(), b"Exif", b"GPS", b"adobe", b"ICC_PROFILE", b"acsp", b"xmp", b"prof"):
            assert sign not in data, (file.name, sign)
        if file.suffix == ".jpg":
            assert b"\xff\xfe" not in data[: data.index(b"\xff\xda")]  # no comment
            assert b"\xff\xe1" not in data[: data.index(b"\xff\xda")]  # no EXIF, no XMP


@pytest.mark.parametrize("size", [(1400, 1750), (3000, 1000)])
def test_even_heavy_cloth_keeps_the_budgets_of_the_pages(size: tuple[int, int], tmp_path: Path) -> None:
    made = rendered(as_bytes(cloth(*size), "JPEG", quality=92), tmp_path)
    weights = {w: (tmp_path / f"{w}.avif").stat().st_size for w in made.widths if w in BYTE_BUDGET}
    assert {360, 720} <= weights.keys()
    assert all(weight <= BYTE_BUDGET[width] for width, weight in weights.items()), weights


def test_a_photo_is_never_made_larger_than_it_is(tmp_path: Path) -> None:
    assert rendered(as_bytes(quarters(100, 80), "PNG"), tmp_path).widths == [100]
    assert rendered(as_bytes(quarters(1, 1), "PNG"), tmp_path).widths == [1]


def test_the_hint_is_a_tiny_webp_with_the_shape_of_the_photo(tmp_path: Path) -> None:
    import base64

    made = rendered(as_bytes(quarters(800, 400), "JPEG"), tmp_path)
    with Image.open(io.BytesIO(base64.b64decode(made.placeholder)), formats=["WEBP"]) as tiny:
        assert tiny.size == (8, 4)
    assert len(made.placeholder) < 160


def test_the_preview_is_one_small_jpeg(tmp_path: Path) -> None:
    made = preview(io.BytesIO(as_bytes(cloth(2000, 3000), "JPEG")), tmp_path / "p.jpg")
    with Image.open(tmp_path / "p.jpg", formats=["JPEG"]) as picture:
        assert picture.size == (320, 480)
    assert (made.width_px, made.height_px, made.widths) == (2000, 3000, [320])


def test_a_broken_photo_leaves_no_files_behind(tmp_path: Path) -> None:
    whole = as_bytes(cloth(800, 600), "JPEG")
    with pytest.raises(BrokenPhoto):
        rendered(whole[: len(whole) // 2], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_long_shawl_leaves_out_the_widths_that_would_be_huge() -> None:
    assert [s.width for s in renditions(3000, 21_000)] == [160, 360, 480, 720]
    assert [s.width for s in renditions(4000, 3000)] == [160, 360, 480, 720, 1080, 1600]
    assert [s.width for s in renditions(900, 1200)] == [160, 360, 480, 720, 900]
    assert [s.width for s in renditions(740, 900)] == [160, 360, 480, 720]
    assert [(s.width, s.height) for s in renditions(50, 30_000)] == [(50, 30_000)]


def test_the_phone_and_the_shop_give_the_same_hints() -> None:
    """js/prepare.js says at once what the shop says when the photo has arrived: by the same figures."""
    script = (Path(__file__).parents[2] / "shop" / "static" / "js" / "prepare.js").read_text(encoding="utf-8")
    theirs = {
        name: float(value) for name, value in re.findall(r"^const ([A-Z_]+) = ([\d._]+);", script, re.M)
    }
    assert (theirs["SMALL_SIDE"], theirs["DARK"], theirs["BLURRED"], theirs["WIDE"], theirs["TALL"]) == (
        photo.SMALL_SIDE_PX,
        photo.DARK,
        photo.BLURRED,
        photo.WIDE,
        photo.TALL,
    )
    assert theirs["LOOK_AT"] == photo.PREVIEW_WIDTH


@pytest.mark.parametrize(
    ("picture", "hints"),
    [
        (cloth(1500, 1300), []),
        (cloth(1500, 1300).filter(ImageFilter.GaussianBlur(12)), ["blurred"]),
        (cloth(1500, 1300).point(lambda value: value // 6), ["dark"]),
        (cloth(1000, 900), ["small"]),
        (cloth(2000, 800), ["wide"]),
        (cloth(500, 1400), ["tall"]),
    ],
)
def test_what_is_worth_a_hint(picture: Image.Image, hints: list[str], tmp_path: Path) -> None:
    source = io.BytesIO(as_bytes(picture, "JPEG", quality=85))
    assert preview(source, tmp_path / "preview.jpg").hints == hints


def test_a_turned_and_cropped_photo_is_what_was_asked_for(tmp_path: Path) -> None:
    """Red, green over blue, white: turned clockwise and without its left half it is red over green."""
    source = io.BytesIO(as_bytes(quarters(800, 600), "PNG"))
    made = render(source, tmp_path, Edit(90, 500, 0, 500, 1000))
    assert (made.width_px, made.height_px) == (300, 800)
    with Image.open(tmp_path / f"{made.widths[-1]}.jpg") as shown:
        top, bottom = shown.getpixel((150, 100)), shown.getpixel((150, 700))
    assert top[0] > 180
    assert top[1] < 60
    assert bottom[1] > 160
    assert bottom[0] < 60
