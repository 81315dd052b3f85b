"""The generated band: frozen, and drawn on whole pixels."""

import hashlib
import re

import pytest

from shop.domain.band import CELL_PX, DYES, band_svg, tile_of

# Digests of version 1. A printed tag must match the page for ever: never change these, add a version.
FROZEN = {
    ("kelompok-tenun-kmanek", 24): "3b24f68b19a71e8a",
    ("kelompok-tenun-kmanek", 40): "8a392b565982b064",
    ("BLU-26-0417-K7", 64): "a68d0801f3baba2c",
    ("bengkel-tiga-saudara", 40): "0842cf6eef7afeb7",
}


@pytest.mark.parametrize(("code", "height"), FROZEN)
def test_a_code_gives_the_same_band_for_ever(code: str, height: int) -> None:
    digest = hashlib.sha256(band_svg(code, height).encode()).hexdigest()[:16]
    assert digest == FROZEN[code, height]


def test_two_codes_give_two_bands() -> None:
    bands = {tile_of(f"kelompok-{n}", 2).body for n in range(200)}
    assert len(bands) == 200


@pytest.mark.parametrize("height", CELL_PX)
def test_a_band_fills_its_height_and_only_with_dye_colours(height: int) -> None:
    for n in range(40):
        svg = band_svg(f"kelompok-{n}", height)
        assert f' {height}" preserveAspectRatio' in svg
        assert set(re.findall(r"#[0-9A-F]{6}", svg)) <= set(DYES.values())


@pytest.mark.parametrize("height", CELL_PX)
def test_every_thread_lies_on_a_whole_pixel(height: int) -> None:
    tile = tile_of("kelompok-tenun-kmanek", CELL_PX[height])
    rows = {float(y) % 1 for y in re.findall(r"M-?[\d.]+ ([\d.]+)H", tile.body)}
    assert rows == {0.5}


def test_a_band_is_small() -> None:
    assert max(len(band_svg(f"kelompok-{n}", 40)) for n in range(60)) < 3200


def test_other_heights_are_refused() -> None:
    with pytest.raises(KeyError):
        band_svg("kelompok-tenun-kmanek", 41)
