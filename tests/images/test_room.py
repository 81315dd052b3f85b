"""The picture room: what files do to decoders, they do to a child process that can be replaced."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from shop.domain.photo import BrokenPhoto, PhotoTooLarge
from shop.images.room import PictureRoom
from shop.ports import PhotoFailed, RoomBusy
from tests.images.pictures import as_bytes, bomb, exif, quarters


@pytest.fixture
def room() -> Iterator[PictureRoom]:
    room = PictureRoom(limit_s=60)
    yield room
    room.close()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(as_bytes(quarters(640, 480), "JPEG"))
    return path


def child_of(room: PictureRoom) -> int:
    assert room._child is not None
    return room._child.pid


def gone(pid: int, within_s: float = 5) -> bool:
    """Whether the process ended (a zombie has ended too)."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_it_makes_a_preview_and_all_renditions(room: PictureRoom, photo: Path, tmp_path: Path) -> None:
    assert room.preview(photo, tmp_path / "p.jpg").widths == [480]
    assert (tmp_path / "p.jpg").stat().st_size > 500
    (tmp_path / "made").mkdir()
    assert room.render(photo, tmp_path / "made").widths == [160, 360, 480, 640]


def test_what_is_kept_of_an_upload_tells_no_place(room: PictureRoom, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(as_bytes(quarters(640, 480), "JPEG", exif=exif().tobytes()))
    room.preview(path, tmp_path / "p.jpg")
    with Image.open(path) as kept:
        assert kept.getexif().get_ifd(0x8825) == {}


def test_refusals_come_back_as_what_they_are(room: PictureRoom, tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"\xff\xd8\xff\xe0 and no more")
    with pytest.raises(BrokenPhoto):
        room.preview(path, tmp_path / "p.jpg")


def test_a_bomb_neither_takes_time_nor_memory_nor_the_room(
    room: PictureRoom, photo: Path, tmp_path: Path
) -> None:
    room.preview(photo, tmp_path / "p.jpg")
    before = memory_peak_mb(child_of(room))
    path = tmp_path / "bomb.png"
    path.write_bytes(bomb())
    used = seconds_used(child_of(room))
    with pytest.raises(PhotoTooLarge):
        room.preview(path, tmp_path / "p.jpg")
    assert seconds_used(child_of(room)) - used < 0.3
    assert memory_peak_mb(child_of(room)) < before + 10


def seconds_used(pid: int) -> float:
    """Of the processor, by the process: what else the machine does is left out."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_peak_mb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024


def test_a_child_killed_between_two_photos_is_replaced(
    room: PictureRoom, photo: Path, tmp_path: Path
) -> None:
    room.preview(photo, tmp_path / "p.jpg")
    first = child_of(room)
    os.kill(first, signal.SIGKILL)
    assert room.preview(photo, tmp_path / "p.jpg").width_px == 640
    assert child_of(room) != first


def test_a_file_over_which_the_child_dies_is_reported_and_does_not_stop_the_next(
    photo: Path, tmp_path: Path
) -> None:
    room = PictureRoom(limit_s=0.01)  # no interpreter starts that fast: as good as a file that never ends
    with pytest.raises(PhotoFailed):
        room.preview(photo, tmp_path / "p.jpg")
    room._limit_s = 60
    assert room.preview(photo, tmp_path / "p.jpg").width_px == 640
    room.close()


def test_the_child_works_inside_a_memory_limit(room: PictureRoom, photo: Path, tmp_path: Path) -> None:
    room.preview(photo, tmp_path / "p.jpg")
    limits = Path(f"/proc/{child_of(room)}/limits").read_text()
    line = next(line for line in limits.splitlines() if line.startswith("Max address space"))
    assert int(line.split()[3]) == 2 * 1024**3


def test_who_has_no_patience_is_told_that_the_room_is_busy(
    room: PictureRoom, photo: Path, tmp_path: Path
) -> None:
    with room._turn, pytest.raises(RoomBusy):
        room.preview(photo, tmp_path / "p.jpg", patience_s=0.05)


def test_several_at_once_wait_in_line_and_all_get_theirs(
    room: PictureRoom, photo: Path, tmp_path: Path
) -> None:
    made: list[int] = []

    def one(number: int) -> None:
        made.append(room.preview(photo, tmp_path / f"{number}.jpg", patience_s=90).width_px)

    threads = [threading.Thread(target=one, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [640] * 6


def test_the_child_ends_when_its_owner_is_killed(photo: Path, tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from shop.images.room import PictureRoom;"
        "r = PictureRoom();"
        "r.preview(Path(sys.argv[1]), Path(sys.argv[2])); print(r._child.pid, flush=True); time.sleep(60)"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", script, str(photo), str(tmp_path / "p.jpg")], stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    child = int(owner.stdout.readline())
    owner.kill()
    owner.wait()
    owner.stdout.close()
    assert gone(child)
