"""The shop as it really runs: a web server and a worker, processes of their own that can be killed."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from shop.setup.serving import THREADS
from tests.ground.processes import die_with_parent
from tests.ground.settings import SECRET

ROOT = Path(__file__).parents[2]


class RealShop:
    """On the database and folders of a test."""

    def __init__(self, database_url: str, folder: Path, port: int) -> None:
        self.port = port
        self.environment = os.environ | {
            "SHOP_ENV": "development",
            "SHOP_SECRET_KEY": SECRET,
            "SHOP_DATABASE_URL": database_url,
            "SHOP_UPLOADS": str(folder / "uploads"),
            "SHOP_INSTANCE": str(folder / "instance"),
            "SHOP_MAIL_URL": f"file://{folder / 'mail'}",
            "SHOP_BASE_URL": f"http://127.0.0.1:{port}",
        }
        self.web: subprocess.Popen[bytes] | None = None
        self.worker: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *, worker: bool = True) -> None:
        words = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--no-ws"]
        words += ["--blocking-threads", THREADS, "--log-level", "error", "wsgi:app"]
        self.web = self._begin(words)
        if worker:
            self.worker = self._begin(["flask", "--app", "wsgi", "worker"])
        end = time.monotonic() + 180  # a machine busy with other work is no failure
        while not self._answers():
            assert time.monotonic() < end, "the web server does not answer"
            assert self.web.poll() is None, "the web server ended"
            time.sleep(0.05)

    def kill(self) -> None:
        """All of it at once, as an empty battery does."""
        for process in (self.web, self.worker):
            if process is not None:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait(timeout=30)

    def most_memory_mb(self) -> float:
        """The most that any one process of the web server ever held, its picture room left out."""
        assert self.web is not None
        return max(_most_mb(pid) for pid in _tree(self.web.pid) if b"shop.images" not in _words(pid))

    def processor_s(self) -> float:
        """Seconds of the processor that the web server and its picture room have used."""
        assert self.web is not None
        return sum(_used_s(pid) for pid in _tree(self.web.pid))

    def _begin(self, words: list[str]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            env=self.environment,
            cwd=ROOT,
            process_group=0,
            preexec_fn=die_with_parent,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


@contextmanager
def real_shop(database_url: str, folder: Path, port: int) -> Iterator[RealShop]:
    shop = RealShop(database_url, folder, port)
    try:
        yield shop
    finally:
        shop.kill()


def _tree(pid: int) -> list[int]:
    """The process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(below for child in children for below in _tree(int(child)))]


def _words(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _most_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def _used_s(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
