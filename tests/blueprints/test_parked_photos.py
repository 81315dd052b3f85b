"""Photos that could not be rendered are seen by curators, and tried again on their word."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Event, Person, Photo
from tests import factories
from tests.page import Visitor


@pytest.fixture
def curator(session: Session) -> Person:
    return factories.curator(session)


@pytest.fixture
def parked(session: Session) -> Photo:
    group = factories.producer(session, "Kelompok Tenun Nurak")
    return factories.photo(
        session, group, state="parked", attempts=5, widths=[], problem="the worker died over it, each time"
    )


def test_a_curator_sees_what_failed_and_has_it_tried_again(
    app: Flask, session: Session, curator: Person, parked: Photo
) -> None:
    visitor = Visitor(app.test_client()).signed_in(session, curator)
    visitor.get("/kurasi")
    page = visitor.get("/kurasi/foto")
    assert "Kelompok Tenun Nurak" in page.text
    assert "the worker died over it" in page.text
    page = visitor.press("Coba lagi")
    assert "Semua foto terolah" in page.text
    session.expire_all()
    assert (parked.state, parked.attempts, parked.problem) == ("received", 0, "")
    event = session.scalars(select(Event).where(Event.what == "try_photo_again")).one()
    assert (event.by_id, event.producer_id) == (curator.id, parked.producer_id)


def test_when_a_colleague_was_faster_nothing_happens_twice(
    app: Flask, session: Session, curator: Person, parked: Photo
) -> None:
    visitor = Visitor(app.test_client()).signed_in(session, curator)
    visitor.get("/kurasi/foto")
    parked.state = "ready"
    session.commit()
    page = visitor.press("Coba lagi")
    assert "sudah tidak menunggu di sini" in page.text
    session.refresh(parked)
    assert parked.state == "ready"


def test_the_queue_leads_there(app: Flask, session: Session, curator: Person) -> None:
    page = Visitor(app.test_client()).signed_in(session, curator).get("/kurasi")
    assert page.links("Foto yang tidak dapat diolah") == ["/kurasi/foto"]


def test_it_is_a_curators_door(app: Flask, session: Session, parked: Photo) -> None:
    session.commit()
    client = app.test_client()
    assert client.get("/kurasi/foto").status_code == 302
    maker = factories.person(session, "Maria")
    factories.member(session, factories.producer(session), maker)
    visitor = Visitor(app.test_client()).signed_in(session, maker)
    visitor.get("/kurasi/foto", status=404)
    nobody = Visitor(app.test_client()).signed_in(session, factories.curator(session))
    nobody.get("/kurasi/foto")
    session.delete(parked)
    session.commit()
    nobody.press("Coba lagi", status=404)
