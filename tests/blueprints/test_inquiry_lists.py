"""What waits, in the maker's room and in the gallery's."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from shop.actions.notices import tell
from shop.extensions import db, now
from shop.models import Event, Listing, Notice, Person
from tests import factories
from tests.page import Visitor


def work(session: Session, maker: Person) -> Listing:
    listing = factories.published(session, factories.producer(session, chair=maker), maker)
    session.commit()
    return listing


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements of a request."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)


def moment(app: Flask, hours_ago: float = 0) -> object:
    with app.app_context():
        return now() - timedelta(hours=hours_ago)


def asked(session: Session, app: Flask, listing: Listing, hours_ago: float, **values: object) -> None:
    at = moment(app, hours_ago)
    factories.inquiry(session, listing, **{"created_at": at, "changed_at": at, "waiting_since": at} | values)
    session.commit()


def test_the_maker_finds_questions_under_what_they_wait_for(app: Flask, session: Session) -> None:
    maria = factories.person(session, "Maria")
    listing = work(session, maria)
    asked(session, app, listing, 5, buyer_name="Dewi")
    asked(session, app, listing, 60, buyer_name="Joko")
    asked(session, app, listing, 9, buyer_name="Agus", waiting_since=None)
    asked(session, app, listing, 9, buyer_name="Rina", status="declined", waiting_since=None)
    asked(session, app, work(session, factories.person(session, "Lain")), 1, buyer_name="Tetangga")
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    page = visitor.get("/studio/pesanan")
    rows = [" ".join(row.text_content().split()) for row in page.html.xpath("//tbody/tr")]
    assert len(rows) == 2 and "Joko" in rows[0] and "3 hari" in rows[0] and "Dewi" in rows[1]
    assert page.html.xpath("//tbody/tr[@class='is-late']") and "Tetangga" not in page.text
    assert "Agus" in visitor.get("/studio/pesanan?keadaan=berjalan").text
    assert "Rina" in visitor.get("/studio/pesanan?keadaan=selesai").text
    assert visitor.get("/studio/pesanan?keadaan=kucing&hal=-3").status == 200


def test_an_empty_list_says_what_would_fill_it(app: Flask, session: Session) -> None:
    maria = factories.person(session, "Maria")
    work(session, maria)
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    assert "Semua pembeli sudah dijawab" in visitor.get("/studio/pesanan?keadaan=jawab").text


@pytest.mark.parametrize("address", ["/studio/pesanan?keadaan=jawab", "/kurasi/pesanan"])
def test_the_number_of_queries_does_not_follow_the_number_of_rows(
    app: Flask, session: Session, address: str
) -> None:
    maria = factories.person(session, "Maria", is_curator=True)
    listing = work(session, maria)
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    asked(session, app, listing, 1)
    with counted(app) as few:
        visitor.get(address)
    for hours in range(2, 25):
        asked(session, app, listing, hours)
    with counted(app) as many:
        page = visitor.get(address)
    assert len(page.html.xpath("//tbody/tr")) == 20
    assert len(many) == len(few) < 15
    following = page.html.xpath("//a[@rel='next']/@href")[0]
    assert len(visitor.get(following).html.xpath("//tbody/tr")) == 4


def test_the_gallery_sees_who_waits_longest_and_for_whom(app: Flask, session: Session) -> None:
    listing = work(session, factories.person(session, "Maria"))
    asked(session, app, listing, 3, buyer_name="Dewi")
    asked(session, app, listing, 60, buyer_name="Joko", escalated_at=moment(app))
    visitor = Visitor(app.test_client()).signed_in(session, factories.curator(session))
    page = visitor.get("/kurasi/pesanan")
    rows = [" ".join(row.text_content().split()) for row in page.html.xpath("//tbody/tr")]
    assert "Joko" in rows[0] and "Kelompok Tenun Kmanek" in rows[0] and "1 pembeli menunggu" in page.text
    times = visitor.get("/kurasi/pesanan?bagian=waktu-balas")
    assert "belum pernah dijawab" in times.text


def test_the_gallery_hands_messages_over_and_the_trace_stays(app: Flask, session: Session) -> None:
    sari = factories.curator(session)
    yuli = factories.person(session, "Yuli", email=None, phone="+6281200000055")
    listing = work(session, yuli)
    inquiry = factories.inquiry(session, listing)
    facts = {"code": inquiry.code, "title": "Tais", "buyer": "Ratna", "text": "", "link": "producer"}
    notice = tell(session, yuli, "inquiry_new", at=moment(app), facts=facts, inquiry=inquiry)  # type: ignore[arg-type]
    visitor = Visitor(app.test_client()).signed_in(session, sari)
    assert "Yuli belum dikabari." in visitor.get(f"/pesanan/{inquiry.code}").text
    page = visitor.get("/kurasi/pesanan?bagian=perlu-dikirim")
    assert "Kepada Yuli: Ratna bertanya tentang Tais" in page.text
    form = next(f for f in page.html.forms if "Buka WhatsApp" in f.text_content())
    chat = visitor.client.post(form.action, data=dict(form.form_values()))
    assert chat.headers["Location"].startswith("https://wa.me/6281200000055?text=")
    assert "Tidak ada kabar yang perlu dikirim" in visitor.press("Sudah dikirim").text
    session.refresh(notice)
    assert notice.sent_by_id == sari.id
    assert session.scalars(select(Event).where(Event.what == "hand_over")).one().person_id == yuli.id


def test_failed_letters_are_shown_with_their_reason_and_tried_again(app: Flask, session: Session) -> None:
    notice = tell(session, factories.person(session, "Maria"), "no_such_kind", at=moment(app))  # type: ignore[arg-type]
    notice.attempts, notice.last_problem = 10, "550 no such mailbox"
    session.commit()
    visitor = Visitor(app.test_client()).signed_in(session, factories.curator(session))
    page = visitor.get("/kurasi/pesanan?bagian=gagal")
    assert "550 no such mailbox" in page.text and "Maria" in page.text
    visitor.press("Coba lagi")
    session.refresh(notice)
    assert notice.attempts == 0


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_only_curators_come_to_the_gallerys_desk(app: Flask, session: Session) -> None:
    maria = factories.person(session, "Maria")
    listing = work(session, maria)
    notice = tell(session, maria, "inquiry_new", at=moment(app))  # type: ignore[arg-type]
    notice.last_problem, notice.attempts = "x", 1
    session.commit()
    assert app.test_client().get("/kurasi/pesanan").status_code == 302
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    visitor.get("/kurasi/pesanan", status=404)
    visitor.get(f"/studio/pesanan/{factories.inquiry(session, listing).code}", status=404)
    for step in ("buka", "sudah", "lagi"):
        answer = visitor.client.post(f"/kurasi/pesanan/kabar/{notice.id}/{step}")
        assert answer.status_code in (400, 404)
    assert session.scalars(select(Notice)).one().attempts == 1


def test_the_gallerys_desk_leads_only_curators_into_a_thread(app: Flask, session: Session) -> None:
    maria = factories.person(session, "Maria")
    code = factories.inquiry(session, work(session, maria)).code
    curator = factories.curator(session)
    yohanes = factories.person(session, "Yohanes", is_administrator=True)
    session.commit()
    for who, leads in ((curator, True), (yohanes, False)):
        visitor = Visitor(app.test_client()).signed_in(session, who)
        assert (f'/pesanan/{code}"' in visitor.get("/kurasi/pesanan").response.text) is leads
        visitor.get(f"/pesanan/{code}", status=200 if leads else 404)
