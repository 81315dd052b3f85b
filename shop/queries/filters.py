"""What a list may be narrowed by: the filters of a craft, and the choices an address makes among them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from shop.domain.craft import (
    ATTRIBUTES,
    CRAFT_LABELS,
    DYED,
    KINDS,
    MATERIALS,
    TECHNIQUES,
    Attribute,
    AttributeType,
    Craft,
)
from shop.domain.listing import AVAILABILITY_LABELS, DYE_LABELS, Availability, Dye
from shop.domain.money import read_rupiah
from shop.domain.words import N_
from shop.search.question import typed_words
from shop.search.text import slug

PER_PAGE = 24
LAST_NUMBERED_PAGE = 50
BEST = "sesuai"
SORTS = {
    "terbaru": N_("Terbaru"),
    "termurah": N_("Harga terendah"),
    "termahal": N_("Harga tertinggi"),
}
BEST_LABEL = N_("Paling sesuai")
_DYE_VALUES = {Dye.NATURAL: "alami", Dye.MIXED: "campuran", Dye.SYNTHETIC: "sintetis"}
_YES_NO = {"ya": N_("Ya"), "tidak": N_("Tidak")}


@dataclass(frozen=True, eq=False)
class Option:
    """One value of a filter: as it stands in addresses, in words, and which stored values it stands for."""

    value: str
    label: str
    stored: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Facet:
    """One filter. `source` says what it looks at, under the name its counts are kept by."""

    name: str
    label: str
    source: str
    options: tuple[Option, ...]

    def option(self, value: str) -> Option | None:
        return next((option for option in self.options if option.value == value), None)


def facets_of(craft: str | None, crafts: Sequence[str], districts: Mapping[str, str]) -> tuple[Facet, ...]:
    """The filters of a craft's list, or of the list of all works; districts map codes to names."""
    found: list[Facet] = []
    if craft is None:
        found.append(
            _facet("kerajinan", N_("Kerajinan"), "craft", {c: CRAFT_LABELS[Craft(c)] for c in crafts})
        )
    if craft is None or craft in DYED:
        dyes = tuple(Option(value, DYE_LABELS[dye], (dye,)) for dye, value in _DYE_VALUES.items())
        found.append(Facet("pewarna", N_("Pewarna"), "dye", dyes))
    if craft is not None:
        one = Craft(craft)
        found += [
            _facet("teknik", N_("Teknik"), "technique", TECHNIQUES[one]),
            _facet("jenis", N_("Jenis"), "kind", KINDS[one]),
            _facet("bahan", N_("Bahan"), "material", MATERIALS[one]),
            *(_of_attribute(attribute) for attribute in ATTRIBUTES[one] if attribute.filtered),
        ]
    places = tuple(Option(slug(name), name, (code,)) for code, name in districts.items())
    found.append(Facet("kec", N_("Asal kecamatan"), "district", places))
    found.append(Facet("ada", N_("Ketersediaan"), "standing", _standings()))
    return tuple(found)


def _facet(name: str, label: str, source: str, labels: Mapping[str, str]) -> Facet:
    return Facet(name, label, source, tuple(Option(str(v), words, (str(v),)) for v, words in labels.items()))


def _of_attribute(attribute: Attribute) -> Facet:
    labels = _YES_NO if attribute.type is AttributeType.YES_NO else attribute.choices or {}
    return _facet(attribute.key, attribute.label, f"attribute:{attribute.key}", labels)


def _standings() -> tuple[Option, ...]:
    one, ready, made = Availability.ONE_OF_A_KIND, Availability.READY, Availability.MADE_TO_ORDER
    return (
        Option("siap", AVAILABILITY_LABELS[ready], (ready, one)),
        Option("satu", AVAILABILITY_LABELS[one], (one,)),
        Option("pesan", AVAILABILITY_LABELS[made], (made,)),
    )


@dataclass(frozen=True)
class Filters:
    """Which works, in which order, from where on. `craft` is the page's own and stands in its path."""

    craft: str | None = None
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    price_from: int | None = None
    price_to: int | None = None
    words: str = ""
    sort: str = ""
    page: int = 1
    after: str = ""

    def __hash__(self) -> int:
        return hash((self.craft, self.words, self.sort, self.page, self.after))

    @property
    def narrowed(self) -> bool:
        return bool(self.chosen) or self.priced

    @property
    def priced(self) -> bool:
        return self.price_from is not None or self.price_to is not None

    @property
    def order(self) -> str:
        """The sort in force: what was asked for, else the best match for words and the newest without."""
        return self.sort or (BEST if self.words else "terbaru")

    def query(self) -> list[tuple[str, str]]:
        """The whole state as it stands in an address, always in the same order, without defaults."""
        pairs = [("q", self.words)] if self.words else []
        pairs += [(name, value) for name, values in self.chosen.items() for value in values]
        prices = (("dari", self.price_from), ("sampai", self.price_to))
        pairs += [(name, str(price)) for name, price in prices if price is not None]
        if self.sort:
            pairs.append(("urut", self.sort))
        if self.page > 1:
            pairs.append(("hal", str(self.page)))
        return [*pairs, ("setelah", self.after)] if self.after else pairs

    def first_page(self) -> Filters:
        return replace(self, page=1, after="")

    def toggled(self, facet: Facet, value: str) -> Filters:
        """With the value added, or taken away where it was chosen; from the first page on."""
        had = self.chosen.get(facet.name, ())
        values = tuple(v for v in had if v != value) if value in had else (*had, value)
        return self.with_chosen(facet, values)

    def with_chosen(self, facet: Facet, values: tuple[str, ...]) -> Filters:
        chosen = {**self.chosen, facet.name: values}
        return replace(self.first_page(), chosen={name: kept for name, kept in chosen.items() if kept})

    def any_price(self) -> Filters:
        return replace(self.first_page(), price_from=None, price_to=None)

    def nothing_chosen(self) -> Filters:
        return replace(self.any_price(), chosen={})


def read(
    values_of: Callable[[str], list[str]], facets: tuple[Facet, ...], craft: str | None = None
) -> Filters:
    """The filters of an address. What makes no sense in it is left out."""
    price_from, price_to = _price(values_of("dari")), _price(values_of("sampai"))
    if price_from is not None and price_to is not None and price_from > price_to:
        price_from, price_to = price_to, price_from
    words = " ".join(_first(values_of("q")).split())[:100]
    words = words if typed_words(words) else ""
    sort = _first(values_of("urut"))
    return Filters(
        craft=craft,
        chosen={
            facet.name: found
            for facet in facets
            if (values := values_of(facet.name)) and (found := _chosen(values, facet))
        },
        price_from=price_from,
        price_to=price_to,
        words=words,
        sort=sort if sort in SORTS and (words or sort != "terbaru") else "",
        page=_page(_first(values_of("hal"))),
        after=_first(values_of("setelah"))[:60],
    )


def _first(values: list[str]) -> str:
    return values[0] if values else ""


def _chosen(values: list[str], facet: Facet) -> tuple[str, ...]:
    return tuple(option.value for option in facet.options if option.value in values)


def _price(values: list[str]) -> int | None:
    if not values:
        return None
    try:
        price = read_rupiah(values[0])
    except ValueError:
        return None
    return price or None


def _page(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 1
    return number if 1 <= number <= LAST_NUMBERED_PAGE else 1
