"""What size costs: pages of a large shop beside those of a small one, and deep pages beside the first, always in turns.

SHOP_BENCH_WORKS: each size is laid beside the smallest. The middle of SHOP_BENCH_TURNS=7 turns of a second each.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from statistics import median
from typing import Any

from bench.databases import place
from bench.pages import ENGINES, WORKS, pages_of, served, visit

TURNS = int(os.environ.get("SHOP_BENCH_TURNS", "7"))
GROWING = ("craft", "work", "maker", "search", "search, common word")
DEEP = ("page 2", "page 25", "page 50", "deep page")


def rows() -> Iterator[tuple[str, str]]:
    yield "other programs at work (load before the run)", f"{os.getloadavg()[0]:.1f}"
    for engine in ENGINES:
        with place(engine, min(WORKS)) as small, served(small.environment) as (here, _):
            before = {page["name"]: page for page in pages_of(small)}
            yield from _deep(f"{engine}, {min(WORKS):,} works", here, before)
            for works in sorted(WORKS)[1:]:
                with place(engine, works) as large, served(large.environment) as (there, _):
                    pages = {page["name"]: page for page in pages_of(large)}
                    yield f"--- {engine}, {works:,} works", f"cost beside {min(WORKS):,}"
                    for name in GROWING:
                        yield name, _ratio((there, pages[name]), (here, before[name]))
                    yield from _deep(f"{engine}, {works:,} works", there, pages)


def _deep(where: str, port: int, pages: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str]]:
    yield f"--- {where}", "cost beside page 1"
    for name in DEEP:
        if name in pages:
            yield f"{name} of a craft", _ratio((port, pages[name]), (port, pages["craft"]))


def _ratio(one: tuple[int, dict[str, Any]], other: tuple[int, dict[str, Any]]) -> str:
    """How many times as long the first takes, by pages a second; the middle of all turns, the least and the most."""
    turns = []
    for turn in range(TURNS):
        pair = (one, other) if turn % 2 else (other, one)
        seen = {id(place): visit(*place, seconds=1)["rps"] for place in pair}
        turns.append(seen[id(other)] / seen[id(one)])
    return f"{median(turns):.2f} x  ({min(turns):.2f} to {max(turns):.2f})"
