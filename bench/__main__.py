"""Runs every benchmark and prints one table: what, how long, how much memory. Figures tell of this machine only."""

from __future__ import annotations

import importlib
import os
import platform
import sys
from datetime import UTC, datetime

BENCHMARKS = ("photos", "uploads", "pages", "growth", "slow", "servers", "lookups")


def main(wanted: list[str]) -> None:
    print(
        f"{datetime.now(UTC):%Y-%m-%d}  {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n"
    )
    for name in wanted or BENCHMARKS:
        print(f"{name}  ({datetime.now(UTC):%H:%M} UTC)", flush=True)
        for what, value in importlib.import_module(f"bench.{name}").rows():
            print(f"  {what:<48} {value:>14}", flush=True)
        print()


if __name__ == "__main__":
    main(sys.argv[1:])
