"""What every photo store promises, asked of each: a folder, a bucket kept in memory, and S3 over HTTP (moto's)."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from obstore.store import MemoryStore

from shop.gateways.local_photos import LocalPhotos
from shop.gateways.s3_photos import BucketPhotos
from shop.ports import PhotoStore
from tests.ground.bucket import bucket


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with bucket() as address:
        yield address


@pytest.fixture(params=["folder", "bucket", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> PhotoStore:
    if request.param == "s3":
        return BucketPhotos.at(f"{request.getfixturevalue('s3')}-{tmp_path.name}")
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


def test_only_s3_has_addresses_of_its_own(store: PhotoStore, file: Path) -> None:
    store.put("photos/k/360.jpg", file)
    address = store.address("photos/k/360.jpg", 60)
    if not isinstance(store, BucketPhotos) or "S3" not in repr(store._store):
        assert (address, store.origin) == (None, None)
        return
    assert address is not None
    assert store.origin is not None
    assert address.startswith(store.origin + "/")
    with urllib.request.urlopen(address) as answer:
        assert answer.read() == b"isi foto"
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"


def test_an_upload_to_s3_carries_its_checksum(s3: str, file: Path) -> None:
    store = BucketPhotos.at(s3)
    store.put("photos/k/sum.jpg", file)
    address = store.address("photos/k/sum.jpg", 60)
    assert address is not None
    with urllib.request.urlopen(address) as answer:
        sums = {name.lower(): value for name, value in answer.headers.items() if "sha256" in name.lower()}
    assert sums, "the store was told no checksum"
