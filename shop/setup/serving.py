"""Runs web and worker side by side until one of them, or the person, ends it."""

import http.client
import os
import signal
import time

from shop.setup import accounts, children
from shop.setup.children import AskedToEnd, Child
from shop.setup.places import PYTHON
from shop.setup.ports import HOST
from shop.setup.trouble import TroubleError

SECONDS_TO_START = 60
THREADS = "128"  # they come when lines are slow; web/entrance.py says how many work at once
#: What glibc does with memory that was given back: threads share it, none hoards any, and much of it goes back at once.
SPARING = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "131072",
    "MALLOC_MMAP_THRESHOLD_": "131072",
    "GLIBC_TUNABLES": "glibc.malloc.tcache_count=0",
}
IDLE_S = "10"  # a thread holds up to 0.4 MB; those that came for slow lines go again
PAUSE = 0.1


def serve(port: int, environment: dict[str, str]) -> int:
    """Returns the exit code: 0 when asked to end, 1 when web or worker ended by itself."""
    asked = AskedToEnd()
    running = [_web(port, environment), _worker(environment)]
    try:
        if _answers(running, port, asked):
            print(_welcome(port), flush=True)
        gone = _watch(running, asked)
    finally:
        children.end(running, asked)
    if gone is None:
        return 0
    raise TroubleError(
        f"The {gone.name} ended by itself (exit code {gone.process.returncode}):"
        " what it said stands above; mend that and start again."
    )


def _web(port: int, environment: dict[str, str]) -> Child:
    words = ["--interface", "wsgi", "--host", HOST, "--port", str(port), "--no-ws"]
    words += [
        "--blocking-threads",
        THREADS,
        "--blocking-threads-idle-timeout",
        IDLE_S,
        "--workers-kill-timeout",
        "5",
        "--log-level",
        "error",  # its warning is about the many threads, which are meant
        "wsgi:app",
    ]
    return children.start("web server", [str(PYTHON), "-m", "granian", *words], environment | SPARING)


def _worker(environment: dict[str, str]) -> Child:
    """SIGINT lets the task worker finish what it has in hand; SIGTERM would drop it."""
    words = [str(PYTHON), "-m", "flask", "--app", "wsgi", "worker"]
    return children.start("worker", words, environment, signal.SIGINT)


def _watch(running: list[Child], asked: AskedToEnd) -> Child | None:
    """The child that ended by itself, or None when we were asked to end."""
    while not asked.times:
        for child in running:
            if child.process.poll() is not None:
                return child
        time.sleep(PAUSE)
    return None


def _answers(running: list[Child], port: int, asked: AskedToEnd) -> bool:
    """Whether the shop answers; False when a child ended or we were asked to end before it did."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and not asked.times:
        if any(child.process.poll() is not None for child in running):
            return False
        if _alive(port):
            return True
        time.sleep(PAUSE)
    return False


def _alive(port: int) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _welcome(port: int) -> str:
    demo = "" if os.environ.get("SHOP_COUNCIL") else f"\n{accounts.told()}\n"
    return f"\nThe shop is open at http://{HOST}:{port}   (Ctrl-C closes it)\n{demo}"
