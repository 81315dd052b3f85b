"""Photos in a folder: whole or not there, and nothing outside the folder."""

from pathlib import Path

import pytest

from shop.gateways.local_photos import LocalPhotos


@pytest.fixture
def store(tmp_path: Path) -> LocalPhotos:
    return LocalPhotos(tmp_path / "uploads")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(b"isi foto")
    return path


def test_a_write_that_fails_leaves_neither_half_nor_whole(
    store: LocalPhotos, tmp_path: Path, file: Path
) -> None:
    store.put("photos/k/1.jpg", file)
    with pytest.raises(IsADirectoryError):
        store.put("photos/k/2.jpg", tmp_path)
    assert [f.key for f in store.files("photos")] == ["photos/k/1.jpg"]


@pytest.mark.parametrize(
    "key", ["../secret", "photos/../../x", "/etc/passwd", "photos//x", "photos/./x", "a\0b", ""]
)
def test_no_key_leads_out_of_the_folder(store: LocalPhotos, file: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        store.put(key, file)
    with pytest.raises(ValueError, match="not a key"):
        store.path(key)
