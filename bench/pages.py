"""Requests a second and how long they take: every kind of page, beside a constant string on the same server in the same run.

`wrk` asks (apt-get install wrk). Sizes and engines may be named: SHOP_BENCH_WORKS=10000,100000,1000000,
SHOP_BENCH_ENGINES=sqlite,postgresql, SHOP_BENCH_SECONDS=5 for each row.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.databases import Place, place
from shop.setup.serving import IDLE_S, SPARING, THREADS

SECONDS = int(os.environ.get("SHOP_BENCH_SECONDS", "5"))
WORKS = [int(n) for n in os.environ.get("SHOP_BENCH_WORKS", "10000,100000,1000000").split(",")]
ENGINES = os.environ.get("SHOP_BENCH_ENGINES", "sqlite,postgresql").split(",")
CONNECTIONS = 8
CONSTANT = "/constant"
LUA = """
local paths = {%s}
local headers = {%s}
local next = 0
request = function() next = next %% #paths + 1 return wrk.format("GET", paths[next], headers) end
done = function(summary, latency)
  io.write(string.format("RESULT %%d %%d %%f %%f %%f %%d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(95), latency:percentile(99),
    summary.errors.status + summary.errors.read + summary.errors.timeout))
end
"""


def rows() -> Iterator[tuple[str, str]]:
    if shutil.which("wrk") is None:
        yield "wrk is not installed", "skipped"
        return
    load = os.getloadavg()[0]
    yield "other programs at work (load before the run)", f"{load:.1f}"
    for engine in ENGINES:
        for works in WORKS:
            with place(engine, works) as here:
                yield from _measured(here)


def _measured(here: Place) -> Iterator[tuple[str, str]]:
    yield f"--- {here.engine}, {here.works:,} works", f"{here.bytes / 1e6:,.0f} MB"
    if here.seconds:
        yield "loading and indexing", f"{here.seconds:.0f} s"
    pages = pages_of(here)
    with served(here.environment) as (port, process):
        before = asked(port, [CONSTANT], {})
        yield "constant string", told(before)
        for page in pages:
            made, kept = visit(port, page), page["kept"] and asked(port, page["paths"], page["headers"])
            after = asked(port, [CONSTANT], {})
            near = {"rps": (before["rps"] + after["rps"]) / 2}
            yield f"{page['name']} ({page['statements']} q {page['bytes'] / 1024:.1f} KB)", told(made, near)
            if kept:
                yield f"{page['name']}, kept", told(kept, near)
            before = after
        yield "constant string, at the end", told(before)
        yield "memory of the web worker", f"{_memory(process):.0f} MB"


def pages_of(here: Place) -> list[dict[str, Any]]:
    """What there is to visit, of every kind: paths, headers, what one visit costs, and whether it is kept."""
    words = [sys.executable, "-m", "bench.visits"]
    said = subprocess.run(words, env=here.environment, check=True, capture_output=True, text=True).stdout
    return json.loads(said)  # type: ignore[no-any-return]


def visit(port: int, page: dict[str, Any], seconds: int = SECONDS) -> dict[str, float]:
    """The page made anew: a cookie keeps it from being kept."""
    return asked(port, page["paths"], {"Cookie": page["cookie"], **page["headers"]}, seconds)


def asked(port: int, paths: list[str], headers: dict[str, str], seconds: int = SECONDS) -> dict[str, float]:
    """What wrk saw: requests a second and milliseconds."""
    lua = LUA % (
        ", ".join(json.dumps(path) for path in paths),
        ", ".join(
            f"[{json.dumps(k)}]={json.dumps(v)}" for k, v in {"Accept-Encoding": "br", **headers}.items()
        ),
    )
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(lua)
        script.flush()
        words = ["wrk", "-t1", f"-c{CONNECTIONS}", "-s", script.name, f"http://127.0.0.1:{port}/"]
        subprocess.run([*words, "-d1s"], capture_output=True)
        said = subprocess.run([*words, f"-d{seconds}s"], capture_output=True, text=True, check=True).stdout
    line = next(line for line in said.splitlines() if line.startswith("RESULT")).split()[1:]
    requests, micros, p50, p95, p99, errors = map(float, line)
    return {
        "rps": requests / micros * 1e6,
        "p50": p50 / 1e3,
        "p95": p95 / 1e3,
        "p99": p99 / 1e3,
        "errors": errors,
    }


def told(seen: dict[str, float], base: dict[str, float] | None = None) -> str:
    share = f" {seen['rps'] / base['rps']:7.1%}" if base else " " * 8
    wrong = f" {seen['errors']:.0f} errors" if seen["errors"] else ""
    return f"{seen['rps']:9,.0f}/s{share}  {seen['p50']:8.2f} {seen['p95']:8.2f} {seen['p99']:8.2f} ms{wrong}"


@contextmanager
def served(
    settings: dict[str, str], server: str = "granian"
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """One worker, with as many threads as the first command gives it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = {
        "granian": ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws",
                    "--blocking-threads", THREADS, "--blocking-threads-idle-timeout", IDLE_S, "--log-level", "warning"],
        "gunicorn": ["gunicorn", "--worker-class", "gthread", "--threads", THREADS, "--bind", f"127.0.0.1:{port}",
                     "--keep-alive", "60", "--log-level", "warning"],
    }[server]  # fmt: skip
    quiet: Any = subprocess.DEVNULL
    process = subprocess.Popen(
        [sys.executable, "-m", *words, "bench.served:app"], env=settings | SPARING, stdout=quiet, stderr=quiet
    )
    try:
        for _ in range(300):
            time.sleep(0.1)
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/constant", timeout=2)
                break
            except OSError:
                continue
        yield port, process
    finally:
        process.terminate()
        process.wait(15)


def _memory(process: subprocess.Popen[bytes]) -> float:
    """Megabytes of the largest child that are its own, without pages of the database file the system keeps anyway."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return max((_own(child) for child in children), default=0.0)


def _own(pid: str) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    kilobytes = sum(
        int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty"))
    )
    return kilobytes / 1024
