"""The owner's side of the picture room: one child process, one job at a time, killed when it takes long."""

from __future__ import annotations

import json
import select
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from shop.domain import photo as refusals
from shop.domain.photo import Rendered
from shop.ports import PhotoFailed, RoomBusy

#: Somebody waits for a preview, and others behind them; 60 megapixels took 6 s on a busy machine.
PREVIEW_LIMIT_S = 30


class PictureRoom:
    """Makes previews and renditions in a child process. Threads may share it; jobs wait in line.

    Raises a PhotoRefused when the file is at fault, PhotoFailed when the child died or ran out of memory or
    time over it (twice), and RoomBusy when the line was longer than the caller wanted to wait.
    """

    def __init__(self, *, limit_s: float = 60) -> None:
        self._limit_s = limit_s
        self._turn = threading.Lock()
        self._child: subprocess.Popen[str] | None = None

    def preview(self, source: Path, target: Path, *, edit: str = "", patience_s: float = 8) -> Rendered:
        """Writes one small JPEG to the target path; takes the place out of a source that is not edited."""
        limit_s = min(PREVIEW_LIMIT_S, self._limit_s)
        return self._make(_job("preview", source, target, edit), patience_s, limit_s)

    def render(self, source: Path, folder: Path, *, edit: str = "") -> Rendered:
        """Writes all renditions into the folder."""
        return self._make(_job("render", source, folder, edit), -1, self._limit_s)

    def close(self) -> None:
        with self._turn:
            self._end()

    def _make(self, job: dict[str, str], patience_s: float, limit_s: float) -> Rendered:
        if not self._turn.acquire(timeout=patience_s):
            raise RoomBusy
        try:
            reply = self._ask(job, limit_s)
        finally:
            self._turn.release()
        if "refused" in reply:
            raise getattr(refusals, reply["refused"])()
        if "failed" in reply:
            raise PhotoFailed(reply["failed"])
        return Rendered(**reply["done"])

    def _ask(self, job: dict[str, str], limit_s: float) -> dict[str, Any]:
        """One job, one answer. A child that died is started anew once: it may have gone home idle."""
        for _ in range(2):
            child = self._started()
            if _send(child, json.dumps(job)):
                if not _answers_within(child, limit_s):
                    self._end()
                    return {"failed": f"took longer than {limit_s:g} s"}
                if line := _line_from(child):
                    return dict(json.loads(line))
            self._end()
        return {"failed": f"the picture room died with code {child.returncode}"}

    def _started(self) -> subprocess.Popen[str]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = subprocess.Popen(
                [sys.executable, "-m", "shop.images"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        with suppress(BrokenPipeError):
            child.communicate()


def _job(what: str, source: Path, target: Path, edit: str) -> dict[str, str]:
    return {"make": what, "source": str(source), "target": str(target), "edit": edit}


def _send(child: subprocess.Popen[str], line: str) -> bool:
    """Whether the child took the line."""
    try:
        print(line, file=child.stdin, flush=True)
    except BrokenPipeError:
        return False
    return True


def _answers_within(child: subprocess.Popen[str], seconds: float) -> bool:
    """Whether an answer, or the end of the child, came in time."""
    assert child.stdout is not None  # noqa: S101  (it was started with pipes)
    return bool(select.select([child.stdout], [], [], seconds)[0])


def _line_from(child: subprocess.Popen[str]) -> str:
    return child.stdout.readline() if child.stdout else ""
