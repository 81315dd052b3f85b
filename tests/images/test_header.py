"""What a file is, and what is refused, before a single pixel is decoded."""

import io
import time
import tracemalloc

import pytest
from PIL import Image

from shop.domain.photo import (
    BrokenPhoto,
    NotAPhoto,
    PhotoMoves,
    PhotoTooLarge,
)
from shop.images.header import examine
from tests.images.pictures import as_bytes, bomb, exif, gif, moving, png_saying, quarters

# As in the shop: a picture between one and two times the limit only warns in Pillow itself.
pytestmark = pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning")


def look(data: bytes):
    return examine(io.BytesIO(data))


@pytest.mark.parametrize(
    ("plugin", "kind"), [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp"), ("HEIF", "heic")]
)
def test_the_four_kinds_are_known_by_their_content(plugin: str, kind: str) -> None:
    header = look(as_bytes(quarters(), plugin))
    assert (header.kind, header.width_px, header.height_px) == (kind, 80, 60)


@pytest.mark.parametrize("lossless", [True, False])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_every_make_of_webp_tells_its_size(lossless: bool, mode: str) -> None:
    header = look(as_bytes(quarters().convert(mode), "WEBP", lossless=lossless))
    assert (header.width_px, header.height_px) == (80, 60)


def test_a_photo_lying_on_its_side_is_measured_as_it_will_stand() -> None:
    header = look(as_bytes(quarters(), "JPEG", exif=exif(6)))
    assert (header.width_px, header.height_px, header.orientation) == (60, 80, 6)


REFUSED = [
    ("a text", b"Ini bukan foto, hanya tulisan", NotAPhoto),
    ("a PDF", b"%PDF-1.7 ...............................", NotAPhoto),
    ("an SVG", b"<svg xmlns='http://www.w3.org/2000/svg'/>", NotAPhoto),
    ("a TIFF", as_bytes(quarters(), "TIFF"), NotAPhoto),
    ("an AVIF", as_bytes(quarters(), "AVIF"), NotAPhoto),
    ("a video", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(40), NotAPhoto),
    ("a GIF that stands still", gif(1), NotAPhoto),
    ("a GIF that moves", gif(2), PhotoMoves),
    ("a PNG that moves", moving("PNG"), PhotoMoves),
    ("a WebP that moves", moving("WEBP"), PhotoMoves),
    ("only the magic of a JPEG", b"\xff\xd8\xff\xe0", BrokenPhoto),
    ("only the magic of a PNG", b"\x89PNG\r\n\x1a\n", BrokenPhoto),
    ("a WebP cut off", as_bytes(quarters(), "WEBP")[:60], BrokenPhoto),
    ("a HEIC cut off", as_bytes(quarters(), "HEIF")[:200], BrokenPhoto),
    ("a PNG without width", png_saying(0, 5), BrokenPhoto),
    ("one pixel more than 60 megapixels", png_saying(60_000_001, 1), PhotoTooLarge),
    ("a little too large", png_saying(8_000, 7_501), PhotoTooLarge),
    ("a thread of a picture", png_saying(30_001, 1), PhotoTooLarge),
]


@pytest.mark.parametrize(("data", "refusal"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_cannot_become_a_photo_is_refused_with_its_own_error(
    data: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal) as refused:
        look(data)
    assert refused.type is refusal


def test_exactly_sixty_megapixels_are_let_in() -> None:
    assert look(png_saying(8_000, 7_500)).width_px == 8_000


def test_a_webp_that_claims_a_gigantic_canvas_is_refused_before_the_canvas_is_reserved() -> None:
    data = bytearray(as_bytes(Image.new("RGBA", (80, 60), (9, 9, 9, 99)), "WEBP"))
    assert data[12:16] == b"VP8X"
    data[24:30] = (16_382).to_bytes(3, "little") * 2
    with pytest.raises(PhotoTooLarge):
        look(bytes(data))


@pytest.mark.parametrize(
    ("data", "refusal"),
    [(bomb(), PhotoTooLarge), (gif(50_000), PhotoMoves), (moving("PNG", 200), PhotoMoves)],
    ids=["900 megapixels", "50,000 frames", "200 frames"],
)
def test_bombs_are_refused_at_once_and_in_little_memory(data: bytes, refusal: type[Exception]) -> None:
    source = io.BytesIO(data)
    look(as_bytes(quarters(), "PNG"))  # the plugins are loaded
    tracemalloc.start()
    begun = time.process_time()
    try:
        with pytest.raises(refusal):
            examine(source)
        took, (_, most) = time.process_time() - begun, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert took < 0.5
    assert most < 4_000_000


def test_damaged_metadata_costs_nobody_a_photo() -> None:
    good = as_bytes(quarters(), "JPEG", exif=exif(6).tobytes())
    place = good.index(b"Exif\0\0") + 6
    damaged = good[:place] + b"\xff" * 40 + good[place + 40 :]
    assert look(damaged).orientation == 1


def test_a_second_picture_inside_a_phone_jpeg_is_no_animation() -> None:
    first, second = quarters(), Image.new("RGB", (20, 20))
    assert look(as_bytes(first, "MPO", save_all=True, append_images=[second])).kind == "jpeg"
