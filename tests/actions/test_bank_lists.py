"""A bank's list taken in: nothing twice, whatever files a line is in and whoever recorded it before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from shop.actions import bank_lists, payment_ends, payments
from shop.domain import bank_list as rules
from shop.domain.bank_file import table_of
from shop.domain.errors import WrongState
from shop.domain.payment import Method
from shop.models import Journal, Payment, StatementLine, guards
from shop.operations import money_check
from shop.operations.check import PROMISES
from shop.queries import bank_lists as queries
from shop.queries.ledger import fees_idr, held_idr, surplus_idr
from tests.actions.test_deals import Stage, accepted, ledger_is_even, stage, tasks
from tests.factories import AT

ZONE = ZoneInfo("Asia/Makassar")
DAY = AT.astimezone(ZONE).strftime("%d/%m/%Y")

#: All that `flask check` asks of money and deals.
PROMISED = [PROMISES[name] for name in list(PROMISES)[list(PROMISES).index("journals") :]]


@pytest.fixture(autouse=True)
def the_books_are_in_order(session: Session) -> Iterator[None]:
    yield
    session.flush()
    assert not [sentence for look in PROMISED for sentence in look(session.connection())]


def bring(
    on: Stage, *amounts: int, account: bool = True, words: str = "SETORAN", fee: int = 0
) -> list[StatementLine]:
    """The lines of a file with these amounts, taken in and compared."""
    text = "Tanggal,Keterangan,Kredit,MDR\n"
    text += "".join(f"{DAY},{words},{amount},{fee}\n" for amount in amounts)
    source = bank_lists.source_of(on.session, on.account if account else None)
    file = bank_lists.upload(on.session, source, text, by=on.curator, at=AT)
    table = table_of(text)
    columns = rules.guess(table)
    bank_lists.take_in(on.session, file, columns, rules.read(table, columns), by=on.curator, at=AT)
    for line_id in bank_lists.not_looked_at(on.session):
        bank_lists.compare(on.session, on.session.get_one(StatementLine, line_id), zone=ZONE, at=AT)
    return list(on.session.scalars(select(StatementLine).order_by(StatementLine.id)))


def waiting_for(on: Stage, method: Method = Method.TRANSFER) -> Payment:
    accepted(on)
    return payments.begin(on.session, on.inquiry, method, account=on.account, at=AT)


def journals(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Journal)) or 0


def test_an_exact_line_moves_the_order_once_whatever_files_it_is_in(session: Session) -> None:
    on = stage(session)
    payment = waiting_for(on)
    total = payment.total_idr
    (first, other) = bring(on, total, 77_000)
    assert (payment.status, on.inquiry.status) == ("received", "in_production")
    assert (first.payment_id, other.payment_id) == (payment.id, None)
    assert len(bring(on, total, 77_000)) == 2  # the same file
    assert len(bring(on, 77_000, total, 500)) == 3  # one that overlaps
    assert (journals(session), held_idr(session, payment.order)) == (1, total)


def test_a_rupiah_off_is_no_match_and_a_person_gives_it_its_home(session: Session) -> None:
    on = stage(session)
    payment = waiting_for(on)
    (line,) = bring(on, payment.total_idr - 1_000)
    assert (payment.status, line.journal_id) == ("open", None)
    listed = queries.lines(session, aside=False, page=1)
    assert [(row.id, [one.id for one in near]) for row, near in listed.rows] == [(line.id, [payment.id])]
    for _ in range(2):  # pressed twice
        bank_lists.assign(session, line, payment, by=on.curator, at=AT)
    assert payment.status == "mismatched"
    assert (journals(session), held_idr(session, payment.order)) == (1, payment.total_idr - 1_000)


def test_money_a_person_recorded_before_the_list_came_is_not_counted_again(session: Session) -> None:
    on = stage(session)
    payment = waiting_for(on)
    payments.take(session, payment, received_idr=payment.total_idr, key="hand:1", by=on.curator, at=AT)
    (line,) = bring(on, payment.total_idr)
    assert line.payment_id == payment.id
    assert (journals(session), surplus_idr(session, payment.order)) == (1, 0)
    _, second = bring(on, payment.total_idr, payment.total_idr)  # a second transfer of the same sum
    assert second.payment_id is None
    bank_lists.assign(session, second, payment, by=on.curator, at=AT)
    assert surplus_idr(session, payment.order) == payment.total_idr
    assert "surplus" in tasks(session)
    assert ledger_is_even(session)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_late_money_with_its_code_is_known_and_goes_to_surplus(session: Session) -> None:
    on = stage(session)
    payment = waiting_for(on)
    payment_ends.end(session, payment, at=AT + timedelta(hours=1))
    (line,) = bring(on, payment.total_idr)
    assert line.payment_id == payment.id
    assert (on.inquiry.status, surplus_idr(session, payment.order)) == ("deposit_due", payment.total_idr)


def test_qris_is_matched_from_its_own_report_only_and_only_when_nobody_else_could_be_meant(
    session: Session,
) -> None:
    on = stage(session)
    payment = waiting_for(on, Method.QRIS)
    (of_the_bank,) = bring(on, payment.total_idr)
    assert of_the_bank.payment_id is None
    *_, one, two = bring(on, payment.total_idr, payment.total_idr, account=False, fee=4_000)
    assert (one.payment_id, two.payment_id, payment.status) == (None, None, "open")
    with pytest.raises(bank_lists.NotOfThisList):
        bank_lists.assign(session, of_the_bank, payment, by=on.curator, at=AT)
    assert fees_idr(session, payment.order) == 0
    for _ in range(2):
        bank_lists.assign(session, one, payment, by=on.curator, at=AT)
    assert payment.status == "received"
    assert (held_idr(session, payment.order), fees_idr(session, payment.order)) == (payment.total_idr, 4_000)


def test_the_acquirers_fee_is_booked_for_what_a_person_recorded_before_its_report_came(
    session: Session,
) -> None:
    on = stage(session)
    payment = waiting_for(on, Method.QRIS)
    payments.take(session, payment, received_idr=payment.total_idr, key="hand", by=on.curator, at=AT)
    (line,) = bring(on, payment.total_idr, account=False, fee=4_000)
    assert line.payment_id == payment.id
    assert (held_idr(session, payment.order), fees_idr(session, payment.order)) == (payment.total_idr, 4_000)
    with guards.lifted(session.connection()):
        session.execute(text("UPDATE statement_line SET fee_idr = fee_idr + 1"))
        wrong = list(money_check.fees(session.connection()))
        session.execute(text("UPDATE statement_line SET fee_idr = fee_idr - 1"))
    assert wrong == [f"of line {line.id} of a list 4001 rupiah were kept as a fee, the ledger says 4000"]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_is_not_ours_is_put_aside_with_a_reason_and_can_come_back(session: Session) -> None:
    on = stage(session)
    payment = waiting_for(on)
    (line,) = bring(on, 5_000)
    bank_lists.set_aside(session, line, "Bunga bank", by=on.curator, at=AT)
    assert queries.waiting_count(session) == 0
    assert [row.set_aside for row, _ in queries.lines(session, aside=True, page=1).rows] == ["Bunga bank"]
    with pytest.raises(WrongState):
        bank_lists.assign(session, line, payment, by=on.curator, at=AT)
    for _ in range(2):
        bank_lists.bring_back(session, line, by=on.curator, at=AT)
    assert queries.waiting_count(session) == 1
    bank_lists.assign(session, line, payment, by=on.curator, at=AT)
    with pytest.raises(WrongState):
        bank_lists.set_aside(session, line, "x", by=on.curator, at=AT)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_second_page_counts_on(session: Session) -> None:
    on = stage(session)
    bring(on, *range(1_000, 1_045))
    for page, first, last, more in (
        (1, 1, 20, True),
        (2, 21, 40, True),
        (3, 41, 45, False),
        (9, 41, 45, False),
    ):
        listed = queries.lines(session, aside=False, page=page)
        assert (listed.first, listed.last, listed.more, listed.total) == (first, last, more, 45)


def test_check_finds_a_line_that_is_not_its_arrival(session: Session) -> None:
    on = stage(session)
    payment = waiting_for(on)
    bring(on, payment.total_idr)
    session.commit()
    connection = session.connection()
    with guards.lifted(connection):
        connection.execute(text("UPDATE statement_line SET amount_idr = amount_idr + 3"))
        assert "its arrival in the ledger" in " ".join(money_check.bank_lines(connection))
        connection.execute(text("UPDATE statement_line SET amount_idr = amount_idr - 3"))
