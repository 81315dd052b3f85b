"""A backup brings everything back, also into the other database engine, or says why not."""

from __future__ import annotations

import shutil
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.orm import Session

from shop.gateways.local_photos import LocalPhotos
from shop.operations.archive import tables
from shop.operations.backup import backup, snapshot
from shop.operations.restore import restore
from shop.operations.rows import lines
from shop.operations.trouble import OperationRefused
from tests import factories
from tests.factories import AT


@pytest.fixture
def engine(app, database_url: str) -> Iterator[Engine]:
    """The shop's own engine, as the commands use it."""
    from shop.extensions import db

    with app.app_context():
        yield db.engine


@pytest.fixture
def photos(folder: Path) -> LocalPhotos:
    return LocalPhotos(folder / "uploads")


@pytest.fixture
def filled(session: Session, photos: LocalPhotos, tmp_path: Path) -> Session:
    """A shop with people, a producer, a live work and its photo files."""
    chair = factories.person(session, "Maria")
    group = factories.producer(session, chair=chair)
    live = factories.published(session, group, chair)
    factories.listing(session, group, chair, status="in_review")
    picture = tmp_path / "picture"
    for number, placed in enumerate(live.revisions[0].photos):
        picture.write_bytes(bytes([number]) * 1000)
        photos.put(placed.photo.original_key, picture)
        photos.put(f"photos/{number}/360.avif", picture)
    session.commit()
    return session


@pytest.fixture
def other(request: pytest.FixtureRequest, engine_name: str, tmp_path: Path) -> Iterator[Engine]:
    """An empty shop on the other kind of database."""
    from shop.database import prepare_sqlite

    kind = "postgres_databases" if engine_name == "sqlite" else "sqlite_databases"
    engine = create_engine(request.getfixturevalue(kind).fresh(tmp_path))
    prepare_sqlite(engine)
    yield engine
    engine.dispose()


def everything(engine: Engine) -> dict[str, list[str]]:
    with snapshot(engine) as connection:
        return {table.name: list(lines(connection, table)) for table in tables()}


def test_everything_comes_back_in_the_other_engine(
    filled: Session, engine: Engine, other: Engine, photos: LocalPhotos, tmp_path: Path
) -> None:
    file = tmp_path / "backup.tar"
    done = backup(engine, photos, file, at=AT)
    there = LocalPhotos(tmp_path / "restored")
    assert restore(other, there, file) == done
    assert everything(other) == everything(engine)
    assert done["listing"] == 2
    kept = {found.key: there.open(found.key).read() for found in photos.files("originals")}
    assert kept == {found.key: photos.open(found.key).read() for found in photos.files("originals")}
    assert len(kept) == 3


def test_life_goes_on_after_a_restore(
    filled: Session, engine: Engine, other: Engine, photos: LocalPhotos, tmp_path: Path
) -> None:
    """New rows get new ids, and references are watched as before."""
    before = _foreign_keys(other)
    file = tmp_path / "backup.tar"
    backup(engine, photos, file, at=AT)
    restore(other, LocalPhotos(tmp_path / "restored"), file)
    assert _foreign_keys(other) == before
    with Session(other) as session:
        newcomer = factories.person(session, "Baru")
        session.commit()
        assert newcomer.id > 1


def test_it_is_not_restored_over_other_rows(
    filled: Session, engine: Engine, photos: LocalPhotos, tmp_path: Path
) -> None:
    file = tmp_path / "backup.tar"
    backup(engine, photos, file, at=AT)
    before = everything(engine)
    with pytest.raises(OperationRefused, match="not empty"):
        restore(engine, photos, file)
    assert everything(engine) == before


def test_a_file_cut_short_changes_nothing(
    filled: Session, engine: Engine, other: Engine, photos: LocalPhotos, tmp_path: Path
) -> None:
    file = tmp_path / "backup.tar"
    backup(engine, photos, file, at=AT)
    whole = file.read_bytes()
    with tarfile.open(file) as archive:
        ends = [member.offset for member in archive] + [member.offset_data + 1 for member in archive]
    for end in [*sorted(ends)[1::9], max(ends) - 512]:
        file.write_bytes(whole[:end])
        with pytest.raises(OperationRefused, match="take another one"):
            restore(other, LocalPhotos(tmp_path / "restored"), file)
    assert not any(everything(other).values())


def test_a_backup_of_another_migration_is_refused(
    filled: Session, engine: Engine, other: Engine, photos: LocalPhotos, tmp_path: Path
) -> None:
    file = tmp_path / "backup.tar"
    backup(engine, photos, file, at=AT)
    _rewrite(file, "backup.json", lambda text: text.replace('"revision": "', '"revision": "0'))
    with pytest.raises(OperationRefused, match="check out the version"):
        restore(other, photos, file)


@pytest.mark.parametrize("content", [b"", b"no tar at all", b"\0" * 20_000])
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_is_no_backup_is_refused(
    engine: Engine, photos: LocalPhotos, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "backup.tar"
    file.write_bytes(content)
    with pytest.raises(OperationRefused, match="no whole backup"):
        restore(engine, photos, file)


def test_a_writer_is_neither_waited_for_nor_seen(
    filled: Session, engine: Engine, photos: LocalPhotos, tmp_path: Path
) -> None:
    known = len(everything(engine)["person"])
    factories.person(filled, "Belum")  # flushed, not committed: a writer holds the database
    done = backup(engine, photos, tmp_path / "backup.tar", at=AT)
    assert done["person"] == known
    filled.rollback()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_only_the_owner_can_read_it_and_nothing_is_overwritten(
    filled: Session, engine: Engine, photos: LocalPhotos, tmp_path: Path
) -> None:
    file = tmp_path / "backup.tar"
    backup(engine, photos, file, at=AT)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(OperationRefused, match="is there already"):
        backup(engine, photos, file, at=AT)
    assert [path.name for path in tmp_path.iterdir() if "backup" in path.name] == ["backup.tar"]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_photo_missing_from_the_file_is_noticed(
    filled: Session, engine: Engine, other: Engine, photos: LocalPhotos, tmp_path: Path
) -> None:
    file = tmp_path / "backup.tar"
    backup(engine, photos, file, at=AT)
    _rewrite(file, "files/photos/0/360.avif", None)
    with pytest.raises(OperationRefused, match="photos"):
        restore(other, LocalPhotos(tmp_path / "restored"), file)


def _foreign_keys(engine: Engine) -> dict[str, set[str]]:
    inspector = inspect(engine)
    return {
        table.name: {str(key["name"]) for key in inspector.get_foreign_keys(table.name)} for table in tables()
    }


def _rewrite(file: Path, name: str, change) -> None:
    """The same tar with one member changed, or without it."""
    import io

    old = file.with_suffix(".old")
    shutil.move(file, old)
    with tarfile.open(old) as before, tarfile.open(file, "w") as after:
        for member in before:
            content = before.extractfile(member).read()
            if member.name == name:
                if change is None:
                    continue
                content = change(content.decode()).encode()
                member.size = len(content)
            after.addfile(member, io.BytesIO(content))
