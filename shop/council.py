"""The council file: whose shop this is. Everything that ties the code to one region stands there."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo


class CouncilError(Exception):
    """The council file cannot be read or lacks something. The message names the file and the entry."""


@dataclass(frozen=True)
class Village:
    """A desa or kelurahan."""

    name: str
    kind: str
    postcode: str


@dataclass(frozen=True)
class District:
    """A kecamatan with its villages, under its official code."""

    code: str
    name: str
    villages: tuple[Village, ...]


@dataclass(frozen=True)
class Contact:
    """How people reach the council's gallery."""

    gallery: str
    address: str
    hours_id: str
    hours_en: str
    whatsapp: str
    email: str

    def hours(self, language: str) -> str:
        return self.hours_en if language == "en" else self.hours_id


@dataclass(frozen=True)
class Council:
    """One regional craft council."""

    code: str
    name: str
    full_name: str
    region: str
    regency: str
    province: str
    country: str
    time_zone: str
    time_zone_name: str
    crafts: tuple[str, ...]
    logo: str
    contact: Contact
    words: Mapping[str, Mapping[str, str]]
    explain: Mapping[str, Mapping[str, str]]
    synonyms: Mapping[str, tuple[str, ...]]
    districts: tuple[District, ...]

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @cached_property
    def issuer(self) -> dict[str, str]:
        """The council as its documents name it."""
        contact = self.contact
        return {
            "name": self.full_name,
            "gallery": contact.gallery,
            "address": contact.address,
            "email": contact.email,
            "whatsapp": contact.whatsapp,
        }

    @cached_property
    def district_by_code(self) -> dict[str, District]:
        return {district.code: district for district in self.districts}

    def say(self, key: str, language: str) -> str:
        """The council's own sentence `key`, in Indonesian where the language lacks it."""
        return self.words.get(language, {}).get(key) or self.words["id"][key]

    def explain_craft(self, craft: str, language: str) -> list[str]:
        """Paragraphs about a craft; none if the council wrote nothing."""
        text = self.explain.get(language, {}).get(craft) or self.explain["id"].get(craft, "")
        return [part for part in text.split("\n\n") if part.strip()]

    def has_village(self, district_code: str, village: str) -> bool:
        district = self.district_by_code.get(district_code)
        return district is not None and any(v.name == village for v in district.villages)


def read(path: Path) -> Council:
    """The council of a file. Raises CouncilError with the entry that is missing or wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CouncilError(f"{path}: there is no such council file") from error
    except tomllib.TOMLDecodeError as error:
        raise CouncilError(f"{path}: {error}") from error
    try:
        return _council(data)
    except KeyError as error:
        raise CouncilError(f"{path}: the entry {error.args[0]!r} is missing") from error


def _council(data: dict[str, Any]) -> Council:
    simple = ("code", "name", "full_name", "region", "regency", "province", "country")
    return Council(
        **{key: data[key] for key in simple},
        time_zone=data["time_zone"],
        time_zone_name=data["time_zone_name"],
        crafts=tuple(data["crafts"]),
        logo=data["logo"],
        contact=Contact(**{key: data["contact"][key] for key in Contact.__dataclass_fields__}),
        words=data["words"],
        explain=data["explain"],
        synonyms={key: tuple(words) for key, words in data.get("synonyms", {}).items()},
        districts=tuple(_district(entry) for entry in data["districts"]),
    )


def _district(entry: dict[str, Any]) -> District:
    villages = tuple(Village(v["name"], v["kind"], v["postcode"]) for v in entry["villages"])
    return District(entry["code"], entry["name"], villages)
