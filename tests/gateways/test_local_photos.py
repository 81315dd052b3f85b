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


def test_what_was_put_can_be_read_again(store: LocalPhotos, file: Path) -> None:
    store.put("originals/ab/abcd", file)
    assert file.exists()
    with store.open("originals/ab/abcd") as content:
        assert content.read() == b"isi foto"
    with store.local("originals/ab/abcd") as path:
        assert path.read_bytes() == b"isi foto"
    assert store.has("originals/ab/abcd")
    assert not store.has("originals/ab/other")


def test_a_missing_key_is_a_missing_file(store: LocalPhotos) -> None:
    with pytest.raises(FileNotFoundError):
        store.open("originals/zz/none")
    with pytest.raises(FileNotFoundError), store.local("originals/zz/none"):
        pass
    store.delete("originals/zz/none")


def test_a_write_that_fails_leaves_neither_half_nor_whole(
    store: LocalPhotos, tmp_path: Path, file: Path
) -> None:
    store.put("photos/k/1.jpg", file)
    with pytest.raises(IsADirectoryError):
        store.put("photos/k/2.jpg", tmp_path)
    assert [f.key for f in store.files("photos")] == ["photos/k/1.jpg"]


def test_putting_again_replaces_and_deleting_removes(store: LocalPhotos, file: Path, tmp_path: Path) -> None:
    store.put("photos/k/1.jpg", file)
    (tmp_path / "other").write_bytes(b"lain")
    store.put("photos/k/1.jpg", tmp_path / "other")
    assert store.open("photos/k/1.jpg").read() == b"lain"
    store.delete("photos/k/1.jpg")
    assert list(store.files("photos")) == []


def test_files_tell_their_size_and_age(store: LocalPhotos, file: Path) -> None:
    store.put("photos/k/1.jpg", file)
    [found] = store.files("photos")
    assert found.size_bytes == 8
    assert found.changed_at.tzinfo is not None
    assert list(store.files("originals")) == []


@pytest.mark.parametrize(
    "key", ["../secret", "photos/../../x", "/etc/passwd", "photos//x", "photos/./x", "a\0b", ""]
)
def test_no_key_leads_out_of_the_folder(store: LocalPhotos, file: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        store.put(key, file)
    with pytest.raises(ValueError, match="not a key"):
        store.path(key)
