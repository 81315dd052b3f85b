"""A delivery address: its fields in the order Indonesian couriers read them."""

from __future__ import annotations

from collections.abc import Mapping

# `kode` is the official code of the kecamatan; it decides the rate and is not written on the parcel.
# Abroad there is `luar`, free lines, and `negara`.
FIELDS = (
    "penerima",
    "telepon",
    "jalan",
    "desa",
    "kecamatan",
    "kabupaten",
    "provinsi",
    "kodepos",
    "luar",
    "negara",
    "patokan",
)


def written(address: Mapping[str, str]) -> list[tuple[str, str]]:
    """Field and words of what was filled, in the order of a label; the code is left out."""
    return [(name, address[name]) for name in FIELDS if address.get(name)]


def is_abroad(address: Mapping[str, str]) -> bool:
    return bool(address.get("negara"))


def without_person(address: Mapping[str, str]) -> dict[str, str]:
    """Only the region it went to: what is left of an address when its person is forgotten."""
    kept = ("kode", "kecamatan", "kabupaten", "provinsi", "negara")
    return {name: address[name] for name in kept if address.get(name)}
