"""The worker's photos: rendered, tried again, parked, cleared away; and a worker that is killed loses none."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shop.actions import photos
from shop.domain.photo import MAX_TRIES, preview_key, rendition_key
from shop.models import Person, Photo, Producer
from shop.tasks import schedule
from tests import factories
from tests.factories import AT
from tests.ground.settings import SECRET
from tests.images.pictures import as_bytes, cloth, quarters


@pytest.fixture
def chair(session: Session) -> Person:
    return factories.person(session, "Maria")


@pytest.fixture
def group(session: Session, chair: Person) -> Producer:
    return factories.producer(session, chair=chair)


def upload(app: Flask, session: Session, group: Producer, data: bytes) -> Photo:
    shop, by = app.extensions["shop"], group.members[0].person
    incoming = photos.take_in(shop.photos, shop.pictures, io.BytesIO(data))
    photo = photos.receive(session, incoming, by=by, producer=group, client_id="", at=AT)
    session.commit()
    return photo


def rendered(app: Flask, photo: Photo) -> set[str]:
    prefix = rendition_key(photo.sha256, "")
    files = app.extensions["shop"].photos.files(prefix.rstrip("/"))
    return {file.key.removeprefix(prefix) for file in files} - {"preview.jpg"}


def test_everything_that_waits_is_rendered(app: Flask, session: Session, group: Producer) -> None:
    sent = [upload(app, session, group, as_bytes(quarters(200 + n, 150), "PNG")) for n in range(5)]
    schedule.run_all(app)
    session.expire_all()
    for photo in sent:
        assert (photo.state, photo.widths) == ("ready", [160, photo.width_px])
        assert rendered(app, photo) == {f"{w}.{ending}" for w in photo.widths for ending in ("avif", "jpg")}


def test_the_same_picture_of_two_makers_is_rendered_once(
    app: Flask, session: Session, group: Producer, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = factories.producer(session, "Bengkel Jati", chair=factories.person(session))
    picture = as_bytes(quarters(300, 200), "PNG")
    mine, theirs = upload(app, session, group, picture), upload(app, session, other, picture)
    made: list[Path] = []
    real = app.extensions["shop"].pictures.render
    monkeypatch.setattr(
        type(app.extensions["shop"].pictures),
        "render",
        lambda _, source, to, edit: made.append(to) or real(source, to, edit=edit),
    )
    schedule.run_all(app)
    session.expire_all()
    assert (mine.state, theirs.state, theirs.widths) == ("ready", "ready", mine.widths)
    assert mine.name != theirs.name
    assert len(made) == 1


def test_a_poisoned_photo_blocks_nobody(
    app: Flask, session: Session, group: Producer, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = upload(app, session, group, as_bytes(quarters(300, 200), "PNG"))
    good = upload(app, session, group, as_bytes(quarters(301, 200), "PNG"))
    app.extensions["shop"].photos.path(bad.original_key).write_bytes(b"\xff\xd8\xff\xe0 eaten by a worm")
    schedule.run_all(app)
    session.expire_all()
    assert (bad.state, good.state) == ("parked", "ready")
    assert "rusak" in bad.problem
    assert rendered(app, bad) == set()


def test_a_photo_whose_original_is_out_of_reach_is_tried_later(
    app: Flask, session: Session, group: Producer
) -> None:
    photo = upload(app, session, group, as_bytes(quarters(300, 200), "PNG"))
    path = app.extensions["shop"].photos.path(photo.original_key)
    away = path.rename(path.with_suffix(".away"))
    schedule.run_all(app)
    session.refresh(photo)
    assert (photo.state, photo.attempts) == ("received", 1)
    assert "FileNotFound" in photo.problem
    away.rename(path)
    photo.due_at = AT
    session.commit()
    schedule.run_all(app)
    session.refresh(photo)
    assert photo.state == "ready"


def test_files_of_no_photo_are_swept_after_a_day_and_no_others(
    app: Flask, session: Session, group: Producer
) -> None:
    kept = upload(app, session, group, as_bytes(quarters(300, 200), "PNG"))
    schedule.run_all(app)
    gone = upload(app, session, group, as_bytes(quarters(310, 200), "PNG"))
    store = app.extensions["shop"].photos
    photos.remove(session, gone, by=group.members[0].person, at=AT)
    session.commit()
    young = store.path("originals/zz/half-an-upload")
    young.parent.mkdir()
    young.write_bytes(b"just arriving")
    two_days_ago = time.time() - 2 * 24 * 3600
    for file in [f for prefix in ("originals", "photos") for f in store.files(prefix)]:
        if "half-an" not in file.key:
            os.utime(store.path(file.key), (two_days_ago, two_days_ago))
    schedule.run(app, "photo-files")
    left = {f.key for prefix in ("originals", "photos") for f in store.files(prefix)}
    assert kept.original_key in left
    assert preview_key(kept.sha256) in left
    session.refresh(kept)
    assert rendered(app, kept) != set()
    assert gone.original_key not in left
    assert preview_key(gone.sha256) not in left
    assert "originals/zz/half-an-upload" in left


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_task_that_fails_is_logged_and_the_others_run(
    app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(app: Flask) -> bool:
        raise RuntimeError("out of yarn")

    monkeypatch.setattr(schedule, "TASKS", (schedule.Task("weave", 5, fails), *schedule.TASKS))
    schedule.run_all(app)
    assert "weave" in caplog.text
    assert not schedule.run(app, "no such task")


# --- a real worker ---------------------------------------------------------------------------


class Worker:
    """`flask --app wsgi worker` on the database and folders of this test."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.environment = os.environ | {
            "SHOP_ENV": "development",
            "SHOP_SECRET_KEY": SECRET,
            "SHOP_DATABASE_URL": database_url,
            "SHOP_UPLOADS": str(folder / "uploads"),
            "SHOP_INSTANCE": str(folder / "instance"),
            "SHOP_BASE_URL": "http://localhost",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        words = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
        self.process = subprocess.Popen(words, env=self.environment, cwd=Path(__file__).parents[2])

    def end(self, with_signal: int) -> int:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
        return self.process.wait(timeout=60)


@pytest.fixture
def worker(app: Flask, database_url: str, folder: Path) -> Iterator[Worker]:
    worker = Worker(database_url, folder)
    yield worker
    if worker.process is not None:
        worker.end(signal.SIGKILL)


def wait_until(session: Session, photo: Photo, *states: str) -> None:
    end = time.monotonic() + 120  # on a machine with much else to do
    while time.monotonic() < end:
        state = session.scalar(select(Photo.state).where(Photo.id == photo.id))
        session.rollback()
        if state in states:
            return
        time.sleep(0.01)
    raise AssertionError(f"photo is {state}, not {states}")


def test_a_worker_killed_in_the_middle_loses_no_photo(
    app: Flask, session: Session, group: Producer, worker: Worker
) -> None:
    sent = [upload(app, session, group, as_bytes(cloth(1700 + n, 1300), "JPEG")) for n in range(3)]
    worker.start()
    wait_until(session, sent[0], "rendering")
    worker.end(signal.SIGKILL)
    session.expire_all()
    assert sent[0].state == "rendering"
    assert sent[0].attempts == 1
    session.execute(update(Photo).values(leased_until=AT - timedelta(days=1)))  # the lease has run out
    session.commit()
    worker.start()
    for photo in sent:
        wait_until(session, photo, "ready")
    session.expire_all()
    for photo in sent:
        assert len(rendered(app, photo)) == 2 * len(photo.widths) == 12
        assert photo.attempts < MAX_TRIES
    assert worker.end(signal.SIGINT) == 0


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_woken_worker_renders_and_ends_tidily(
    app: Flask, session: Session, group: Producer, worker: Worker
) -> None:
    first = upload(app, session, group, as_bytes(quarters(300, 200), "PNG"))
    worker.start()
    wait_until(session, first, "ready")
    second = upload(app, session, group, as_bytes(quarters(310, 200), "PNG"))
    app.extensions["shop"].wake("photos")
    wait_until(session, second, "ready")
    assert worker.end(signal.SIGINT) == 0
