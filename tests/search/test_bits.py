"""Sets of works as bits, and ranges of prices met bit by bit."""

import random

import pytest

from shop.search.bits import BLOCK, FEW, newest_first, pack, unpack
from shop.search.terms import Prices, terms_of

NOTHING = dict.fromkeys(("words", "title_words", "craft", "kind", "technique", "material", "dye", "standing"), "") | {
    "district_code": "", "attributes": {}
}  # fmt: skip


@pytest.mark.parametrize("many", [0, 1, FEW, FEW + 1, 9_000])
def test_a_block_comes_back_as_it_was_kept(many: int) -> None:
    places = random.Random(many).sample(range(BLOCK), many)
    works = sum(1 << place for place in places)
    assert unpack(pack(works)) == works
    assert list(newest_first(works)) == sorted(places, reverse=True)


def test_the_ends_of_a_block_are_in_it() -> None:
    assert list(newest_first(1 | 1 << BLOCK - 1)) == [BLOCK - 1, 0]


def test_every_range_of_prices_holds_exactly_its_works() -> None:
    chance = random.Random(4)
    prices = [None, 1, 2, 3, 499_999, 500_000, 500_001, 1 << 39, (1 << 40) - 1]
    prices += [chance.randrange(1, 1 << chance.randrange(1, 34)) for _ in range(200)]
    having: dict[str, int] = {}
    for place, price in enumerate(prices):
        entry = NOTHING | {"price_idr": price}
        for term in terms_of(entry):
            having[term] = having.get(term, 0) | 1 << place
    ends = [None, 0, 1, 2, 499_999, 500_000, 1 << 39, 1 << 40, 1 << 50, *(p for p in prices[9:40])]
    for low in ends:
        for high in ends:
            found = Prices(low, high).among(lambda term: having.get(term, 0))
            wanted = [place for place, price in enumerate(prices)
                      if price is not None and (low is None or price >= low) and (high is None or price <= high)]  # fmt: skip
            assert found == sum(1 << place for place in wanted), (low, high)
