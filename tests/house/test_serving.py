"""`python3 -m shop` from its start to its end, as a process of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shop.cli import COMMANDS
from shop.setup import stamp
from tests.ground.processes import runs

ROOT = Path(__file__).parents[2]
SECONDS = 60
pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="reads processes from /proc"),
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]


@pytest.fixture
def environ(database_url: str, folder: Path, port: int) -> dict[str, str]:
    """A shop of this test: migrated, no demo data wanted, a port of its own."""
    Path(database_url.removeprefix("sqlite:///")).rename(folder / "moved.db")
    url = f"sqlite:///{folder / 'moved.db'}"
    stamp.remember("demo", stamp.print_of([], url), folder / "setup.json")
    own = {
        "SHOP_INSTANCE": str(folder),
        "SHOP_DATABASE_URL": url,
        "SHOP_UPLOADS": str(folder),
        "PORT": str(port),
    }
    return {name: value for name, value in os.environ.items() if not name.startswith("SHOP_")} | own


@pytest.fixture
def started(environ: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The running shop, after it said that it is open."""
    process = subprocess.Popen(
        [sys.executable, "-m", "shop"],
        cwd=ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        _wait_for(process, f"http://127.0.0.1:{environ['PORT']}")
        yield process
    finally:
        left = [*_descendants(process.pid), process.pid]
        for pid in left:
            _kill(pid)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name
)
def test_it_ends_tidily_and_leaves_no_process(started: subprocess.Popen[str], number: signal.Signals) -> None:
    children = _descendants(started.pid)
    assert len(children) >= 2, "web server and worker"
    started.send_signal(number)
    assert started.wait(timeout=SECONDS) == 0
    assert _all_gone(children)


def test_killed_outright_it_leaves_no_process(started: subprocess.Popen[str]) -> None:
    children = _descendants(started.pid)
    started.kill()
    assert _all_gone(children)


@pytest.mark.skipif(
    "worker" not in {command.name for command in COMMANDS}, reason="the worker is being built"
)
def test_a_dead_worker_ends_the_web_server_and_says_so(started: subprocess.Popen[str]) -> None:
    children = _descendants(started.pid)
    worker = next(pid for pid in children if "flask --app wsgi worker" in _command(pid))
    _kill(worker)
    said = started.communicate(timeout=SECONDS)[0]
    assert started.returncode == 1
    assert "The worker ended by itself" in said
    assert _all_gone(children)


def test_it_serves_this_machine_only(started: subprocess.Popen[str], environ: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", int(environ["PORT"]), timeout=10)
    connection.request("GET", "/healthz")
    assert connection.getresponse().status == 200
    connection.close()
    listening = {
        bytes.fromhex(line.split()[1].split(":")[0])
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[3] == "0A" and int(line.split()[1].split(":")[1], 16) == int(environ["PORT"])
    }
    assert listening == {bytes([1, 0, 0, 127])}


def test_a_port_in_use_is_one_sentence(environ: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", int(environ["PORT"])))
        taken.listen(1)
        ran = subprocess.run(
            [sys.executable, "-m", "shop"], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
        )
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert len(ran.stderr.splitlines()) == 1
    assert f"Port {environ['PORT']} is in use" in ran.stderr


def _wait_for(process: subprocess.Popen[str], words: str) -> None:
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return
    pytest.fail("".join(said))


def _descendants(pid: int) -> list[int]:
    """All processes below this one, from /proc."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue  # it ended while we looked
    found: list[int] = []
    above = [pid]
    while above:
        above = [child for child, parent in parents.items() if parent in above]
        found += above
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def _all_gone(pids: list[int]) -> bool:
    """Within ten seconds; one that waits to be collected runs no more."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not any(map(runs, pids)):
            return True
        time.sleep(0.05)
    return False


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
