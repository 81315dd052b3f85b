"""Secrets in links."""

from shop.domain.tokens import LinkMaker, hash_token


def test_a_seed_and_the_key_give_the_token_again() -> None:
    maker = LinkMaker("key")
    made = maker.new()
    assert maker.token(made.seed) == made.token
    assert hash_token(made.token) == made.token_hash


def test_a_seed_alone_opens_nothing() -> None:
    made = LinkMaker("key").new()
    assert LinkMaker("another key").token(made.seed) != made.token
    assert hash_token(made.seed) != made.token_hash


def test_tokens_fit_into_an_address() -> None:
    token = LinkMaker("key").new().token
    assert len(token) == 43
    assert all(c.isalnum() or c in "-_" for c in token)
