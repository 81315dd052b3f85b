"""What every photo store promises, asked of each: a folder, and a bucket (its store kept in memory)."""

from __future__ import annotations

from pathlib import Path

import pytest
from obstore.store import MemoryStore

from shop.gateways.local_photos import LocalPhotos
from shop.gateways.s3_photos import BucketPhotos
from shop.ports import PhotoStore


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> PhotoStore:
    return LocalPhotos(tmp_path / "uploads") if request.param == "folder" else BucketPhotos(MemoryStore())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(b"isi foto")
    return path


def test_what_was_put_can_be_read_again(store: PhotoStore, file: Path) -> None:
    store.put("originals/ab/abcd", file)
    assert file.exists()
    with store.open("originals/ab/abcd") as content:
        assert content.read() == b"isi foto"
    with store.local("originals/ab/abcd") as path:
        assert path.read_bytes() == b"isi foto"
    assert store.has("originals/ab/abcd")
    assert not store.has("originals/ab/other")


def test_a_photo_of_fifteen_megabytes_comes_back_byte_for_byte(store: PhotoStore, tmp_path: Path) -> None:
    large = bytes(range(256)) * (15 * 4096)
    (tmp_path / "large").write_bytes(large)
    store.put("originals/cd/large", tmp_path / "large")
    with store.open("originals/cd/large") as content:
        assert content.read() == large
    with store.local("originals/cd/large") as path:
        assert path.read_bytes() == large


def test_a_missing_key_is_a_missing_file(store: PhotoStore) -> None:
    with pytest.raises(FileNotFoundError):
        store.open("originals/zz/none")
    with pytest.raises(FileNotFoundError), store.local("originals/zz/none"):
        pass
    store.delete("originals/zz/none")


def test_putting_again_replaces_and_deleting_removes(store: PhotoStore, file: Path, tmp_path: Path) -> None:
    store.put("photos/k/1.jpg", file)
    (tmp_path / "other").write_bytes(b"lain")
    store.put("photos/k/1.jpg", tmp_path / "other")
    with store.open("photos/k/1.jpg") as content:
        assert content.read() == b"lain"
    store.delete("photos/k/1.jpg")
    assert list(store.files("photos")) == []


def test_files_tell_their_size_and_age(store: PhotoStore, file: Path) -> None:
    store.put("photos/k/1.jpg", file)
    [found] = store.files("photos")
    assert (found.key, found.size_bytes) == ("photos/k/1.jpg", 8)
    assert found.changed_at.tzinfo is not None
    assert store.changed_at("photos/k/1.jpg") == found.changed_at
    assert list(store.files("originals")) == []
