"""A document for every step that causes one: numbered without gaps, never changed, cancelled by name."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine, select, update
from sqlalchemy.orm import Session

from shop import database
from shop.actions import disputes, inquiries, orders, payments, quotes, refunds
from shop.domain.documents import number_words
from shop.domain.payment import Method
from shop.domain.roles import Actor
from shop.models import Document, Inquiry, Order, Person, Refund, guards
from shop.operations import money_check
from tests import factories
from tests.actions import test_buying
from tests.actions.clocks import keep_orders_moving
from tests.actions.test_deals import AT, Stage, accepted, made_ready, offer_for, paid, stage


@pytest.fixture(autouse=True)
def the_numbers_are_in_order(session: Session) -> Iterator[None]:
    yield
    session.flush()
    assert not list(money_check.documents(session.connection()))


def issued(session: Session) -> list[str]:
    """All documents in the order of their making; a cancelled one ends in x, or in what replaced it."""
    return [
        number_words(one.kind, one.year, one.number)[:3]
        + str(one.number)
        + ("" if one.cancelled_at is None else f"→{one.replaced_by.number}" if one.replaced_by else "x")
        for one in session.scalars(select(Document).order_by(Document.id))
    ]


def facts(session: Session, kind: str, number: int) -> dict[str, object]:
    return session.scalars(select(Document).filter_by(kind=kind, number=number)).one().facts


def test_every_step_with_money_leaves_its_paper(session: Session) -> None:
    on = stage(session)
    quotes.send_quote(
        session, on.inquiry, offer_for(on.listing, shipping_idr=9), by=on.chair, form_key="q0", at=AT
    )
    order = accepted(on)
    assert issued(session) == ["PNW1→2", "PNW2", "TGH1"]
    deposit = paid(on, key="a")
    made_ready(on)
    paid(on, Method.STRIPE, key="b")
    assert issued(session)[3:] == ["KWT1", "TGH2", "KWT2"]
    assert facts(session, "invoice", 1)["due_idr"] == order.deposit_idr
    assert facts(session, "receipt", 1)["amount_idr"] == deposit.total_idr
    assert facts(session, "invoice", 2)["due_idr"] == order.total_idr - deposit.total_idr, (
        "the code is credited"
    )
    assert facts(session, "receipt", 2)["left_idr"] == 0


def test_the_same_step_twice_is_one_paper(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    accepted(on)
    payment = paid(on, key="a")
    payments.take(session, payment, received_idr=payment.total_idr, key="a", by=on.curator, at=AT)
    assert issued(session) == ["PNW1", "TGH1", "KWT1"]
    (refund,) = refunds.decide(session, order, 5_000, why="", key="k", by=on.curator, at=AT)
    assert issued(session)[3:] == [], "decided is not done"
    for _ in range(2):
        refunds.done(session, refund, bank_reference="NTT-7", by=on.curator, at=AT)
    assert issued(session)[3:] == ["PGD1"]
    assert facts(session, "refund", 1)["bank_reference"] == "NTT-7"


def test_a_card_refund_that_came_back_is_told_of_again_when_the_bank_sent_it(session: Session) -> None:
    on = stage(session)
    order = accepted(on)
    paid(on, Method.STRIPE, key="a")
    (refund,) = refunds.decide(session, order, 5_000, why="", key="k", by=on.curator, at=AT)
    refunds.done(session, refund, bank_reference="re_1", by=None, at=AT)
    refunds.refused(session, refund, why="expired card", at=AT)
    assert issued(session)[3:] == ["PGD1x"]
    refunds.done(session, refund, bank_reference="NTT-9", by=on.curator, at=AT)
    assert issued(session)[3:] == ["PGD1→2", "PGD2"]
    assert facts(session, "refund", 2)["method"] == "transfer"


def test_money_that_nobody_asked_for_has_a_receipt_too(session: Session) -> None:
    on = stage(session)
    accepted(on)
    payment = paid(on, key="a")
    payments.take(session, payment, received_idr=payment.total_idr, key="again", by=on.curator, at=AT)
    assert issued(session)[2:] == ["KWT1", "KWT2"]
    second = facts(session, "receipt", 2)
    assert (second["for"], second["surplus_idr"]) == ("surplus", payment.total_idr)


def test_paid_in_full_at_once_is_one_invoice(session: Session) -> None:
    on = stage(session)
    accepted(on, deposit_percent=100)
    paid(on, key="a")
    made_ready(on)
    assert issued(session) == ["PNW1", "TGH1", "KWT1"]
    assert facts(session, "invoice", 1)["part"] == "whole"


def test_what_stands_ready_is_asked_for_while_it_is_held(session: Session) -> None:
    on = test_buying.stage(session)
    test_buying.bought(on)
    assert issued(session) == ["TGH1"]
    asked = facts(session, "invoice", 1)
    assert asked["part"] == "whole"
    assert datetime.fromisoformat(str(asked["pay_before"])) == AT + timedelta(hours=24)


def test_what_nobody_can_accept_or_pay_any_more_is_cancelled(session: Session) -> None:
    on = stage(session)
    quotes.send_quote(session, on.inquiry, offer_for(on.listing), by=on.chair, form_key="q", at=AT)
    inquiries.withdraw(session, on.inquiry, by=None, reason="", at=AT)
    assert issued(session) == ["PNW1x"]


@pytest.mark.parametrize("ending", ["cancel", "lapse"])
def test_an_order_that_ends_unpaid_takes_its_invoice_along(session: Session, ending: str) -> None:
    on = stage(session)
    accepted(on)
    if ending == "cancel":
        orders.cancel(session, on.inquiry, actor=Actor.BUYER, by=None, why="", at=AT)
    else:
        keep_orders_moving(session, at=AT + timedelta(days=3))
    assert issued(session) == ["PNW1", "TGH1x"]


def test_a_refund_cancels_no_invoice_that_was_paid(session: Session) -> None:
    on = stage(session)
    accepted(on)
    paid(on, key="a")
    made_ready(on)
    orders.problem(session, on.inquiry, by=None, words="Retak", at=AT)
    disputes.refund_all(session, on.inquiry, by=on.curator, why="Retak", at=AT)
    assert issued(session) == ["PNW1", "TGH1", "KWT1", "TGH2x"]
    for refund in session.scalars(select(Refund)):
        refunds.done(session, refund, bank_reference="NTT-8", by=on.curator, at=AT)
    assert issued(session)[4:] == ["PGD1"]


def test_a_dispute_that_goes_on_asks_for_the_same_money_on_the_same_paper(session: Session) -> None:
    on = stage(session)
    accepted(on)
    paid(on, key="a")
    made_ready(on)
    orders.problem(session, on.inquiry, by=None, words="Retak", at=AT)
    disputes.resume(session, on.inquiry, by=on.curator, why="Sudah", at=AT)
    assert issued(session)[3:] == ["TGH2"]
    orders.problem(session, on.inquiry, by=None, words="Retak", at=AT)
    disputes.resume(session, on.inquiry, by=on.curator, why="Sudah", at=AT + timedelta(days=1))
    assert issued(session)[3:] == ["TGH2→3", "TGH3"], "the time to pay began anew"


def test_a_step_that_is_taken_back_leaves_no_gap(session: Session) -> None:
    on = stage(session)
    session.commit()
    quotes.send_quote(session, on.inquiry, offer_for(on.listing), by=on.chair, form_key="q", at=AT)
    session.rollback()
    quotes.send_quote(session, on.inquiry, offer_for(on.listing), by=on.chair, form_key="q", at=AT)
    assert issued(session) == ["PNW1"]


def test_the_numbers_begin_anew_with_the_councils_year(session: Session, database_url: str) -> None:
    on = stage(session)
    session.commit()
    engine = create_engine(database_url)
    database.prepare_sqlite(engine)
    database.know_the_house(engine, zone=ZoneInfo("Asia/Makassar"), issuer={"name": "Dekranasda"})
    eve = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
    with Session(engine) as mine:
        inquiry, by = mine.get_one(Inquiry, on.inquiry.id), mine.get_one(Person, on.chair.id)
        late = offer_for(on.listing, valid_until=eve + timedelta(days=9))
        for minutes in (0, 1):
            quotes.send_quote(
                mine, inquiry, late, by=by, form_key=f"{minutes}", at=eve + timedelta(minutes=minutes)
            )
        made = mine.scalars(select(Document).order_by(Document.id)).all()
        assert [(one.year, one.number) for one in made] == [(2026, 1), (2027, 1)]
        assert made[0].facts["issuer"] == {"name": "Dekranasda"}
        mine.commit()
    engine.dispose()


def test_many_at_the_same_moment_take_numbers_without_gap_or_double(
    session: Session, database_url: str
) -> None:
    on = stage(session)
    asked = [factories.inquiry(session, on.listing).id for _ in range(12)]
    session.commit()
    engine = create_engine(database_url, pool_size=12)
    database.prepare_sqlite(engine)
    ready = threading.Barrier(12)

    def send(inquiry_id: int) -> None:
        with Session(engine) as mine:
            ready.wait()
            inquiry = mine.get_one(Inquiry, inquiry_id)
            quotes.send_quote(mine, inquiry, offer_for(on.listing), by=None, form_key="q", at=AT)
            (mine.rollback if inquiry_id % 4 == 0 else mine.commit)()

    threads = [threading.Thread(target=send, args=(one,)) for one in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    engine.dispose()
    session.rollback()
    numbers = sorted(session.scalars(select(Document.number)))
    assert numbers == list(range(1, sum(one % 4 != 0 for one in asked) + 1))


def test_check_finds_a_document_that_was_changed(session: Session) -> None:
    on = stage(session)
    accepted(on)
    assert not list(money_check.documents(session.connection()))
    changed = session.scalars(select(Document).filter_by(kind="invoice")).one()
    was, row = changed.facts, Document.id == changed.id
    with guards.lifted(session.connection()):
        session.execute(update(Document).where(row).values(facts={**was, "due_idr": 1}))
        (finding,) = money_check.documents(session.connection())
        session.execute(update(Document).where(row).values(facts=was))
    assert "invoice number 1 of 2026" in finding


def test_nothing_on_paper_tells_how_to_reach_the_buyer(session: Session) -> None:
    """Papers open by private links, and links are passed on."""
    on: Stage = stage(session)
    on.inquiry.buyer_email = "ratna@contoh.test"
    order: Order = accepted(on)
    order.address = {"street": "Jalan Melati 7"}
    paid(on, key="a")
    for document in session.scalars(select(Document)):
        said = str(document.facts)
        assert "ratna@" not in said and "3210" not in said and "Melati" not in said
