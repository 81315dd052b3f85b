"""Indonesia by its official codes: provinces, regencies and cities, kecamatan. Read once from the file beside this.

The file is made by `python -m shop.setup.areas`; where its facts come from stands in its first lines and in
decision 0100.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("indonesia.tsv")
MOST_OFFERED = 12
SHORTEST_QUESTION = 2
KINDS = ("kabupaten", "kota", "daerah khusus ibukota", "daerah istimewa")


@dataclass(frozen=True, slots=True)
class Area:
    """A kecamatan under its official code, with the regency or city and the province it lies in."""

    code: str
    name: str
    regency: str
    province: str

    @property
    def words(self) -> str:
        """`Oebobo, Kota Kupang, Nusa Tenggara Timur`: no two kecamatan of the country read the same but by code."""
        return f"{self.name}, {self.regency}, {self.province}"


class Areas:
    """All of them, to be asked by code or by what somebody typed."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self.names = dict(rows)
        self.all = [self._area(code) for code in self.names if code.count(".") == 2]
        self.by_code = {area.code: area for area in self.all}
        self._keys = [(key(area.name), key(area.words), area) for area in self.all]
        self._wide = {
            code: {key(self.names[code]), key(self.words_of(code))}
            for code in self.names
            if code.count(".") < 2
        }

    def _area(self, code: str) -> Area:
        return Area(code, self.names[code], self.names[code[:5]], self.names[code[:2]])

    def matching(self, text: str) -> list[Area]:
        """The kecamatan that is meant: one where the text says which, several where more bear the name."""
        asked = key(text)
        whole = [area for _, words, area in self._keys if words == asked or words.startswith(f"{asked} ")]
        exact = [area for area in whole if key(area.words) == asked]
        named = [area for name, _, area in self._keys if name == asked]
        return exact or named or [area for area in whole if _begins(area, asked)]

    def offered(self, text: str) -> list[Area]:
        """At most twelve kecamatan the text may be on its way to; by their name first, then by their regency.

        A word that is in no name is taken for a misspelt one.
        """
        asked = key(text)
        if len(asked) < SHORTEST_QUESTION:
            return []
        first: list[tuple[int, Area]] = []
        later: list[tuple[int, Area]] = []
        for name, words, area in self._keys:
            if name.startswith(asked) or words.startswith(asked):
                first.append((len(name), area))
            elif f" {asked}" in words:
                later.append((len(name), area))
        found = [area for _, area in sorted(first, key=_length)] + [area for _, area in later]
        return (found or self._alike(asked))[:MOST_OFFERED]

    def words_of(self, code: str) -> str:
        """`Kota Kupang, Nusa Tenggara Timur` for 53.71; empty for a code that is nobody's."""
        if code not in self.names:
            return ""
        return ", ".join(self.names[part] for part in dict.fromkeys((code, code[:5], code[:2])))

    def named(self, text: str) -> str | None:
        """The code of a province, regency or kecamatan as somebody wrote it, by code or name; None for neither."""
        written = text.strip()
        if written in self.names:
            return written
        asked = key(written).removeprefix("dki ").removeprefix("di ")
        meant = {asked, *(f"{kind} {asked}" for kind in KINDS)}
        wide = [code for code, names in self._wide.items() if meant & names]
        found = wide or [area.code for area in self.matching(written)]
        return found[0] if len(found) == 1 else None

    def _alike(self, asked: str) -> list[Area]:
        close = set(get_close_matches(asked, [name for name, _, _ in self._keys], n=6, cutoff=0.75))
        return [area for name, _, area in self._keys if name in close]


def key(text: str) -> str:
    """Lower case, no accents, marks as spaces: what people type and what the decree writes become the same."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’`]", "", plain)).split())


@cache
def indonesia() -> Areas:
    """Some 7,300 kecamatan; about 20 ms and 3 MB, once."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return Areas(_row(line) for line in lines if line and not line.startswith("#"))


def _row(line: str) -> tuple[str, str]:
    code, _, name = line.partition("\t")
    return code, name


def _begins(area: Area, asked: str) -> bool:
    """Typed as name and regency, without the province."""
    return key(f"{area.name}, {area.regency}") == asked


def _length(pair: tuple[int, Area]) -> int:
    return pair[0]
