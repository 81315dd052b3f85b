"""How long lists and searches take inside the web server and its database, without Flask; and misspelt words.

The same places as the pages: SHOP_BENCH_WORKS, SHOP_BENCH_ENGINES.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from bench.databases import place
from bench.pages import ENGINES, WORKS


def rows() -> Iterator[tuple[str, str]]:
    yield "other programs at work (load before the run)", f"{os.getloadavg()[0]:.1f}"
    for engine in ENGINES:
        for works in WORKS:
            with place(engine, works) as here:
                yield f"--- {engine}, {works:,} works", "p50, p99 ms"
                command = [sys.executable, "-m", "bench.looking_up"]
                said = subprocess.run(
                    command, env=here.environment, check=True, capture_output=True, text=True
                )
                yield from ((str(name), str(value)) for name, value in json.loads(said.stdout))
