"""The ledger: whatever happens to the money, debits equal credits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.domain import ledger
from shop.domain.ledger import Account, Posting, Unbalanced, balances

AMOUNT = st.integers(1, 10**9)


@given(AMOUNT, AMOUNT)
def test_what_comes_in_is_held_up_to_what_was_due_and_the_rest_is_surplus(received: int, due: int) -> None:
    sums = balances(ledger.payment(Account.BANK, received_idr=received, due_idr=due))
    assert sums[Account.BANK] == received
    assert -sums.get(Account.BUYER, 0) == min(received, due)
    assert -sums.get(Account.SURPLUS, 0) == max(0, received - due)
    assert sum(sums.values()) == 0


@given(AMOUNT, st.integers(0, 10**9))
def test_a_whole_deal_leaves_nothing_but_empty_accounts(total: int, deposit_share: int) -> None:
    deposit = max(1, min(total, deposit_share))
    moves = [ledger.payment(Account.BANK, received_idr=deposit, due_idr=deposit)]
    if total > deposit:
        moves.append(ledger.payment(Account.BANK, received_idr=total - deposit, due_idr=total - deposit))
    moves += [ledger.completion(held_idr=total), ledger.payout(amount_idr=total)]
    assert not any(balances(posting for move in moves for posting in move).values())


@given(AMOUNT, st.integers(1, 10**9))
def test_an_advance_is_taken_off_what_is_owed_at_completion(total: int, share: int) -> None:
    advanced = min(total, share)
    moves = [
        ledger.payment(Account.BANK, received_idr=total, due_idr=total),
        ledger.advance(amount_idr=advanced),
        ledger.payout(amount_idr=advanced),
        ledger.completion(held_idr=total, advanced_idr=advanced),
    ]
    sums = balances(posting for move in moves for posting in move)
    assert -sums.get(Account.PRODUCER, 0) == total - advanced
    assert sums.get(Account.ADVANCE, 0) == 0


def test_postings_that_do_not_sum_to_nothing_are_a_defect() -> None:
    with pytest.raises(Unbalanced):
        ledger.balanced(Posting(Account.BANK, 5), Posting(Account.BUYER, -4))


@given(AMOUNT, st.integers(0, 10**9))
def test_a_lost_chargeback_takes_what_is_held_and_the_rest_is_owed(amount: int, held: int) -> None:
    sums = balances(
        [*ledger.chargeback(amount_idr=amount), *ledger.chargeback_lost(amount_idr=amount, held_idr=held)]
    )
    assert sums.get(Account.BUYER, 0) == min(amount, held)
    assert sums.get(Account.PRODUCER_DEBT, 0) == max(0, amount - held)
    assert (sums[Account.DISPUTED], sums[Account.STRIPE]) == (0, -amount)
    won = balances([*ledger.chargeback(amount_idr=amount), *ledger.chargeback_won(amount_idr=amount)])
    assert not any(won.values())
