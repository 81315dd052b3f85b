"""Reading the newest works first finds what reading everything finds."""

import random

import pytest
from sqlalchemy.orm import Session

from shop.models import SearchBlock
from shop.search import lookup
from shop.search.bits import BLOCK, pack
from shop.search.question import Wanted, Word
from shop.search.terms import SOLD_MARK

BLOCKS, OLDEST = 5, 3
#: Term → how many works of a block have it.
TERMS = {
    "tais": 9_000,
    "^tais": 2_000,
    "merah": 3_000,
    "^merah": 900,
    "kuno": 40,
    "^kuno": 9,
    SOLD_MARK: 4_000,
}


@pytest.mark.parametrize("typed", ["tais", "merah", "kuno", "tais merah", "tais kuno"])
def test_the_newest_blocks_alone_tell_where_they_can(
    session: Session, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    chance = random.Random(5)
    for block in range(BLOCKS):
        for term, works in TERMS.items():
            bits = sum(1 << place for place in chance.sample(range(BLOCK), works))
            session.add(SearchBlock(term=term, block=block, works=pack(bits)))
    session.flush()
    words = tuple(Word(word, frozenset({word})) for word in typed.split())
    for by_title in (True, False):
        found = []
        for oldest in (0, OLDEST):
            monkeypatch.setattr(lookup, "_OLDEST", f"SELECT {oldest}")
            found.append(lookup.look_up(session, Wanted(words, by_title=by_title), place="").main)
        assert found[0] == found[1]
        assert found[0].many
