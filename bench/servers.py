"""Which web server: granian and gunicorn (gthread) with the same pages, threads and slow clients, in turns.

One worker each, started anew every turn, so that a machine that drifts does so for both. SHOP_BENCH_TURNS=2.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator

from bench.databases import place
from bench.pages import _memory, served
from bench.slow import beside_slow_clients

TURNS = int(os.environ.get("SHOP_BENCH_TURNS", "2"))


def rows() -> Iterator[tuple[str, str]]:
    yield "other programs at work (load before the run)", f"{os.getloadavg()[0]:.1f}"
    if importlib.util.find_spec("gunicorn") is None:
        yield "gunicorn is not installed", "skipped"
        return
    with place("sqlite", 10_000) as here:
        for turn in range(1, TURNS + 1):
            for server in ("granian", "gunicorn"):
                yield f"--- {server}, turn {turn}", "p50, p95, p99"
                with served(here.environment, server) as (port, process):
                    yield from beside_slow_clients(port)
                    yield "memory of the web worker", f"{_memory(process):.0f} MB"
