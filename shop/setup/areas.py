"""Makes `shop/areas/indonesia.tsv` out of the npm package idn-area-data, after a new decree.

    npm pack idn-area-data && tar xzf idn-area-data-*.tgz
    python -m shop.setup.areas package

Kept: code and name of provinces, regencies and kecamatan. Villages would be ten times as much, and the people of an
address know their own.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

from shop.setup.places import ROOT

TARGET = ROOT / "shop" / "areas" / "indonesia.tsv"
HEAD = """\
# Provinces, regencies and cities, kecamatan of Indonesia by the codes of the Ministry of Home Affairs.
# Made by `python -m shop.setup.areas` from the npm package idn-area-data {version} (Fityan, github.com/fityannugroho).
# The database is under the Open Database License (ODbL) 1.0: https://opendatacommons.org/licenses/odbl/1-0/
# This file, derived from it, is under the same licence. Code TAB name, in the order of the codes.
"""
FILES = ("provinces", "regencies", "districts")


def make(package: Path) -> str:
    """The text of the file. Raises OSError where the folder is not that package."""
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    rows: dict[str, str] = {}
    for name in FILES:
        with (package / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            rows |= {row["code"]: " ".join(row["name"].split()) for row in csv.DictReader(lines)}
    return HEAD.format(version=version) + "".join(f"{code}\t{rows[code]}\n" for code in sorted(rows))


if __name__ == "__main__":
    TARGET.write_text(make(Path(sys.argv[1])), encoding="utf-8")
