"""A producer's photos: what is in use stays, what is not may go."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from shop.extensions import db
from shop.models import Event, Member, Photo
from shop.queries import photos
from tests import factories
from tests.page import Visitor


@pytest.fixture
def chair(session: Session) -> Member:
    member = factories.member(session, factories.producer(session), factories.person(session, "Maria"))
    session.commit()
    return member


def room_of(app: Flask, session: Session, member: Member) -> Visitor:
    return Visitor(app.test_client()).signed_in(session, member.person)


def test_an_unused_photo_is_removed_and_a_used_one_cannot_be(
    app: Flask, session: Session, chair: Member
) -> None:
    work = factories.listing(session, chair.producer, chair.person)
    used = work.revisions[0].photos[0].photo
    spare_id = factories.photo(session, chair.producer).id
    visitor = room_of(app, session, chair)
    page = visitor.get("/studio/foto")
    assert page.text.count("Dipakai") == 3
    page = visitor.press("Hapus")
    assert "Foto dihapus." in page.text
    session.expire_all()
    assert session.get(Photo, spare_id) is None
    assert (
        session.scalars(select(Event.what).where(Event.producer_id == chair.producer_id)).one()
        == "remove_photo"
    )
    spare = factories.photo(session, chair.producer)
    session.commit()
    visitor.get("/studio/foto")
    chair.producer.photo_id = spare.id
    session.commit()
    assert "masih dipakai" in visitor.press("Hapus").text
    session.expire_all()
    assert session.get(Photo, spare.id) is not None
    assert session.get(Photo, used.id) is not None


def test_an_empty_library_leads_to_a_first_work(app: Flask, session: Session, chair: Member) -> None:
    visitor = room_of(app, session, chair)
    assert visitor.get("/studio/karya").links("Foto saya") == ["/studio/foto"]
    assert visitor.get("/studio/foto").links("Tambah karya") == ["/studio/karya/baru"]


def test_it_goes_page_by_page_and_mends_a_page_that_makes_no_sense(
    app: Flask, session: Session, chair: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "LIBRARY_PAGE", 2)
    for _ in range(5):
        factories.photo(session, chair.producer)
    visitor = room_of(app, session, chair)
    page = visitor.get("/studio/foto")
    assert "2 dari 5 foto" in page.text
    page = visitor.get(page.links("Muat lebih banyak")[0])
    assert "4 dari 5 foto" in page.text
    for nonsense in ("99", "-3", "abc"):
        visitor.get(f"/studio/foto?hal={nonsense}")
    assert "5 dari 5 foto" in visitor.get("/studio/foto?hal=99").text


def test_nobody_sees_or_removes_the_photos_of_others(app: Flask, session: Session, chair: Member) -> None:
    mine = factories.photo(session, chair.producer)
    name = mine.name
    session.commit()
    assert app.test_client().get("/studio/foto").status_code == 302
    other = factories.member(session, factories.producer(session, "Bengkel Jati"), factories.person(session))
    theirs = factories.photo(session, other.producer)
    neighbour = room_of(app, session, other)
    assert name not in neighbour.get("/studio/foto").response.text
    form = neighbour.page
    assert form is not None
    session.delete(theirs)
    session.commit()
    for element in form.html.xpath("//form[contains(@action, '/studio/foto/')]"):
        element.set("action", f"/studio/foto/{name}/hapus")
    neighbour.press("Hapus", status=404)
    session.expire_all()
    assert session.get(Photo, mine.id) is not None


def test_the_number_of_queries_does_not_grow_with_the_photos(
    app: Flask, session: Session, chair: Member
) -> None:
    visitor = room_of(app, session, chair)

    def queries() -> int:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        visitor.get("/studio/foto")
        event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    factories.photo(session, chair.producer)
    session.commit()
    few = queries()
    for _ in range(12):
        factories.photo(session, chair.producer)
    session.commit()
    assert queries() == few
