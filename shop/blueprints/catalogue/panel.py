"""What a list says around its works: its name, filters with counts, quick ones, those in use, and the sorts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import url_for
from flask_babel import gettext, ngettext
from werkzeug.datastructures import MultiDict

from shop.domain.catalogue import LOW_PRICE_IDR
from shop.domain.craft import CRAFT_LABELS, Craft
from shop.domain.money import Many, rupiah
from shop.domain.words import N_
from shop.queries.asking import Asked
from shop.queries.facets import Counts
from shop.queries.filters import BEST, BEST_LABEL, SORTS, Facet, Filters, Option

SHOWN_AT_ONCE = 5


@dataclass(frozen=True)
class Choice:
    value: str
    words: str
    works: int | None  # None where they were not counted
    chosen: bool


@dataclass(frozen=True)
class Group:
    """One filter with its values; `rest` is folded away."""

    name: str
    words: str
    choices: list[Choice]
    rest: list[Choice]


@dataclass(frozen=True)
class Looser:
    """What makes the list empty, and what is there without it."""

    words: str
    works: int
    address: str


@dataclass(frozen=True)
class Panel:
    """Built for one answer; every address keeps the rest of the state. Equal panels show the same."""

    filters: Filters
    facets: tuple[Facet, ...]
    counts: Counts
    asked: Asked | None = None

    def __hash__(self) -> int:
        return hash((self.filters, self.counts.total))

    def address(self, filters: Filters) -> str:
        """The address of this list with other filters."""
        query = MultiDict(filters.query()).to_dict(flat=False)
        if filters.craft:
            return url_for("catalogue.craft", craft=filters.craft, **query)  # type: ignore[arg-type]
        return url_for("catalogue.works", **query)  # type: ignore[arg-type]

    def name(self) -> tuple[str, str]:
        """The list's own name and its address without anything chosen."""
        place = Filters(craft=self.filters.craft)
        words = CRAFT_LABELS[Craft(place.craft)] if place.craft else N_("Semua karya")
        return str(gettext(words)), self.address(place)

    @property
    def heading(self) -> str:
        if self.asked is None:
            return self.name()[0]
        return str(gettext("Hasil untuk ‘%(kata)s’", kata=self.asked.corrected or self.filters.words))

    @property
    def works_words(self) -> str:
        """How many works there are, as far as they were counted."""
        words = ngettext("%(num)s karya", "%(num)s karya", Many(self.counts.total))
        return str(gettext("lebih dari %(karya)s", karya=words) if self.counts.capped else words)

    @property
    def on_first_page(self) -> bool:
        return self.filters.page == 1 and not self.filters.after

    @property
    def groups(self) -> list[Group]:
        """Filters with anything to choose; values nobody has are left out, districts stand by their number."""
        found = [self._group(facet) for facet in self.facets]
        return [group for group in found if len(group.choices) > 1 or any(c.chosen for c in group.choices)]

    def _group(self, facet: Facet) -> Group:
        chosen = self.filters.chosen.get(facet.name, ())
        choices = [
            Choice(
                option.value,
                gettext(option.label),
                self.counts.of(facet, option.value),
                option.value in chosen,
            )
            for option in facet.options
        ]
        choices = [choice for choice in choices if choice.works != 0 or choice.chosen]
        if facet.source == "district":
            choices.sort(key=lambda choice: (not choice.chosen, -(choice.works or 0), choice.words))
        rest = choices[SHOWN_AT_ONCE:] if len(choices) > SHOWN_AT_ONCE + 1 else []
        return Group(facet.name, gettext(facet.label), choices[: len(choices) - len(rest)], rest)

    @property
    def quick(self) -> list[tuple[str, str, int | None, bool]]:
        """The promoted filters: words, address, works (None where they were not counted), chosen."""
        wanted = [("ada", "siap"), ("pewarna", "alami"), ("harga", ""), ("ada", "satu")]
        found = []
        for name, value in wanted:
            made = self._low_price() if name == "harga" else self._quick(name, value)
            if made and (made[2] != 0 or made[3]):
                found.append(made)
        return found

    def _quick(self, name: str, value: str) -> tuple[str, str, int | None, bool] | None:
        facet = self._facet(name)
        option = facet.option(value) if facet else None
        if facet is None or option is None:
            return None
        chosen = value in self.filters.chosen.get(name, ())
        address = self.address(self.filters.toggled(facet, value))
        return gettext(option.label), address, self.counts.of(facet, value), chosen

    def _low_price(self) -> tuple[str, str, int | None, bool]:
        chosen = self.filters.price_from is None and self.filters.price_to == LOW_PRICE_IDR - 1
        low = replace(self.filters.any_price(), price_to=None if chosen else LOW_PRICE_IDR - 1)
        words = gettext("Di bawah %(harga)s", harga=rupiah(LOW_PRICE_IDR))
        return words, self.address(low), self.counts.low_price, chosen

    def _facet(self, name: str) -> Facet | None:
        return next((facet for facet in self.facets if facet.name == name), None)

    @property
    def crafts(self) -> list[tuple[str, str, int | None, bool]]:
        """The tabs of a search: all, then every craft that has something."""
        facet = self._facet("kerajinan")
        if facet is None:
            return []
        chosen = self.filters.chosen.get(facet.name, ())
        everything = self.filters.with_chosen(facet, ())
        counted = [self.counts.of(facet, option.value) for option in facet.options]
        total = None if None in counted else sum(works or 0 for works in counted)
        tabs = [(gettext("Semua"), self.address(everything), total, not chosen)]
        for option in facet.options:
            works, here = self.counts.of(facet, option.value), chosen == (option.value,)
            if works != 0 or here:
                alone = self.filters.with_chosen(facet, (option.value,))
                tabs.append((gettext(option.label), self.address(alone), works, here))
        return tabs

    @property
    def applied(self) -> list[tuple[str, str]]:
        """The filters in use: words, and the address without that one."""
        return [(words, self.address(without)) for words, without, _ in self._in_use()]

    def _in_use(self) -> Iterator[tuple[str, Filters, str]]:
        """Words, the filters without it, and the name its count stands under."""
        for facet, option in self._options_in_use():
            yield gettext(option.label), self.filters.toggled(facet, option.value), facet.name
        if self.filters.priced:
            yield self._price_words(), self.filters.any_price(), "harga"

    def _options_in_use(self) -> Iterator[tuple[Facet, Option]]:
        for facet in self.facets:
            for value in self.filters.chosen.get(facet.name, ()):
                option = facet.option(value)
                if option is not None:
                    yield facet, option

    def _price_words(self) -> str:
        low, high = self.filters.price_from, self.filters.price_to
        if low is None:
            # The promoted filter says "below 500.000" and means it.
            below = high + 1 if high is not None and high % 1000 == 999 else None
            if below:
                return str(gettext("Di bawah %(harga)s", harga=rupiah(below)))
            return str(gettext("Sampai %(harga)s", harga=rupiah(high or 0)))
        if high is None:
            return str(gettext("Mulai %(harga)s", harga=rupiah(low)))
        return str(gettext("%(dari)s sampai %(sampai)s", dari=rupiah(low), sampai=rupiah(high)))

    @property
    def in_use(self) -> int:
        return len(list(self._in_use()))

    @property
    def clear(self) -> str:
        return self.address(self.filters.nothing_chosen())

    @property
    def looser(self) -> Looser | None:
        """For an empty list: the one filter whose going brings most works back, if any does alone."""
        best: Looser | None = None
        for facet in self.facets:
            chosen = self.filters.chosen.get(facet.name, ())
            works = self.counts.without.get(facet.name, 0)
            if chosen and works > (best.works if best else 0):
                labels = [gettext(o.label) for o in facet.options if o.value in chosen]
                best = Looser(", ".join(labels), works, self.address(self.filters.with_chosen(facet, ())))
        works = self.counts.without.get("harga", 0)
        if works > (best.works if best else 0):
            best = Looser(self._price_words(), works, self.address(self.filters.any_price()))
        return best

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """Words, address, in force."""
        names = {BEST: BEST_LABEL, **SORTS} if self.filters.words else SORTS
        default = next(iter(names))
        found = []
        for name, words in names.items():
            other = replace(self.filters.first_page(), sort="" if name == default else name)
            found.append((gettext(words), self.address(other), self.filters.order == name))
        return found

    @property
    def sort_words(self) -> str:
        return next(words for words, _, here in self.sorts if here)
