"""`flask check` finds what breaks a promise of the shop, and nothing else."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

from shop.actions import catalogue
from shop.gateways.local_photos import LocalPhotos
from shop.models import CatalogueEntry, Inquiry, Journal, Listing, Payout, Posting, guards
from tests import factories
from tests.actions.test_deals import accepted, paid, stage


@pytest.fixture
def work(session: Session, folder: Path, tmp_path: Path) -> Listing:
    """A live work whose photo files are there."""
    chair = factories.person(session, "Maria")
    live = factories.published(session, factories.producer(session, chair=chair), chair)
    for number, placed in enumerate(live.revisions[0].photos):
        picture = f"picture {number}".encode()
        (tmp_path / "picture").write_bytes(picture)
        placed.photo.sha256 = hashlib.sha256(picture).hexdigest()
        LocalPhotos(folder / "uploads").put(placed.photo.original_key, tmp_path / "picture")
    session.commit()
    return live


def run(app: Flask) -> tuple[int, str]:
    ran = app.test_cli_runner().invoke(args=["check"])
    return ran.exit_code, ran.output


def test_an_empty_shop_is_well(app: Flask) -> None:
    assert run(app) == (0, "all well\n")


def test_a_shop_with_a_live_work_is_well(app: Flask, work: Listing, session: Session) -> None:
    catalogue.refresh(session, work)
    session.commit()
    assert run(app) == (0, "all well\n")


def test_a_work_that_must_not_be_seen_is_found(app: Flask, work: Listing, session: Session) -> None:
    catalogue.refresh(session, work)
    work.producer.status = "suspended"
    session.commit()
    assert f"listing {work.id} can be found but must not be seen" in run(app)[1]


def test_a_price_that_differs_is_found(app: Flask, work: Listing, session: Session) -> None:
    catalogue.refresh(session, work)
    session.execute(update(CatalogueEntry).values(price_idr=1, standing="sold"))
    session.commit()
    code, said = run(app)
    assert code == 1
    assert f"the catalogue shows another price for listing {work.id}" in said
    assert f"the catalogue is wrong about whether listing {work.id} is sold" in said


def test_a_missing_photo_is_found(app: Flask, work: Listing, session: Session, folder: Path) -> None:
    gone = work.revisions[0].photos[0].photo
    LocalPhotos(folder / "uploads").delete(gone.original_key)
    code, said = run(app)
    assert code == 1
    assert f"photos: the original of photo {gone.name} is missing" in said


def test_a_photo_that_changed_on_the_disk_is_found(
    app: Flask, work: Listing, session: Session, folder: Path, tmp_path: Path
) -> None:
    rotten = work.revisions[0].photos[0].photo
    (tmp_path / "picture").write_bytes(b"pictvre")
    LocalPhotos(folder / "uploads").put(rotten.original_key, tmp_path / "picture")
    assert f"photos: the original of photo {rotten.name} is not what was received" in run(app)[1]


def test_a_published_work_that_cannot_be_found_is_found(app: Flask, work: Listing) -> None:
    code, said = run(app)
    assert code == 1
    assert f"catalogue: listing {work.id} is published but cannot be found" in said


def test_a_live_version_of_another_work_is_found(app: Flask, work: Listing, session: Session) -> None:
    other = factories.published(session, work.producer, factories.person(session))
    work.live_revision_id = other.live_revision_id
    session.commit()
    assert f"the live version of listing {work.id} is not an approved one of its own" in run(app)[1]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_broken_reference_is_found(app: Flask, work: Listing, session: Session) -> None:
    session.commit()
    with session.get_bind().connect() as connection:
        connection.execute(text("PRAGMA foreign_keys = OFF"))
        connection.execute(text("UPDATE member SET person_id = 4711"))
        connection.commit()
    assert "points to a row of person that is not there" in run(app)[1]


def test_a_journal_that_does_not_balance_is_found(app: Flask, session: Session) -> None:
    journal = Journal(key="payment-1", kind="payment", at=factories.AT)
    journal.postings = [
        Posting(account="bank", amount_idr=100_000, at=factories.AT),
        Posting(account="buyer", amount_idr=-99_999, at=factories.AT),
    ]
    with guards.lifted(session.connection()):
        session.add(journal)
        session.flush()
    session.commit()
    code, said = run(app)
    assert code == 1
    assert f"journals: journal {journal.id} does not balance (1 rupiah in 2 postings)" in said


def test_a_journal_without_postings_is_found(app: Flask, session: Session) -> None:
    with guards.lifted(session.connection()):
        session.add(Journal(key="payment-1", kind="payment", at=factories.AT))
        session.flush()
    session.commit()
    assert "does not balance (0 rupiah in 0 postings)" in run(app)[1]


def test_a_producer_who_got_more_than_was_owed_is_found(app: Flask, session: Session) -> None:
    of = factories.producer(session)
    by = factories.person(session)
    payout = Payout(producer_id=of.id, amount_idr=50_000, bank_reference="T1", by_id=by.id, at=factories.AT)
    session.add(payout)
    session.flush()
    journal = Journal(key="payout-1", kind="payout", payout_id=payout.id, producer_id=of.id, at=factories.AT)
    journal.postings = [
        Posting(account="producer", amount_idr=40_000, producer_id=of.id, at=factories.AT),
        Posting(account="bank", amount_idr=-40_000, at=factories.AT),
    ]
    session.add(journal)
    session.commit()
    said = run(app)[1]
    assert f"40000 rupiah more than there was went out of account producer of producer {of.id}" in said
    assert f"payout {payout.id} is of 50000 rupiah, the ledger says 40000" in said


def test_money_that_came_in_without_a_journal_is_found(app: Flask, session: Session) -> None:
    on = stage(session)
    accepted(on)
    payment = paid(on, key="slip-1")
    session.commit()
    with guards.lifted(session.connection()):
        session.execute(delete(Posting))
        session.execute(delete(Journal))
    session.commit()
    assert f"payments: payment {payment.id} was received but stands in no journal" in run(app)[1]


def test_pieces_held_for_an_order_that_has_ended_are_found(app: Flask, session: Session) -> None:
    on = stage(session, availability="ready", stock=1, lead_time_days=None)
    order = accepted(on)
    session.flush()
    session.execute(update(Inquiry).values(status="cancelled"))
    session.commit()
    assert f"holds: order {order.id} has ended but still holds stock" in run(app)[1]
