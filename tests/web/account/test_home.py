"""The buyer's room."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from shop.extensions import db
from shop.models import Inquiry, InquiryItem, Message
from tests import factories


def inquiry(session, buyer, number: int, *, status: str = "asked", last: str = "buyer", **values) -> Inquiry:
    chair = factories.person(session, "Ketua")
    maker = factories.producer(session, chair=chair)
    work = factories.published(session, maker, chair)
    at = factories.AT + timedelta(minutes=number)
    row = Inquiry(
        **{
            "code": f"BLU-{number:07d}",
            "form_key": f"kunci-{number}-{buyer.id}",
            "producer": maker,
            "buyer_id": buyer.id,
            "status": status,
            "buyer_name": buyer.name,
            "buyer_phone": "+6281234567890",
            "buyer_email": buyer.email,
            "created_at": at,
            "changed_at": at,
        }
        | values
    )
    session.add(row)
    session.flush()
    session.add(
        InquiryItem(
            inquiry_id=row.id,
            listing_id=work.id,
            revision_id=work.live_revision_id,
            title=f"Tais {number}",
            photo_id=work.live_revision.photos[0].photo_id,
            price_idr=1_350_000,
            price_kind="fixed",
        )
    )
    session.add(Message(inquiry_id=row.id, side=last, author_id=buyer.id if last == "buyer" else chair.id,
                        text="Apakah masih ada?", form_key=f"p-{number}", at=at))  # fmt: skip
    session.flush()
    return row


def test_inquiries_stand_under_what_they_need(visitor, session) -> None:
    me = factories.person(session)
    inquiry(session, me, 1, last="producer")
    inquiry(session, me, 2)
    inquiry(session, me, 3, status="declined")
    session.commit()
    visitor.signed_in(session, me)
    page = visitor.get("/akun")
    assert "Tais 1" in page.text
    assert "Tais 2" not in page.text
    assert page.links("Tais 1") == ["/pesanan/BLU-0000001"]
    assert "Tais 2" in visitor.get("/akun?tab=berjalan").text
    ended = visitor.get("/akun?tab=selesai").text
    assert "Tais 3" in ended
    assert "Tidak dapat dipenuhi" in ended


def test_others_inquiries_are_not_there(visitor, session) -> None:
    inquiry(session, factories.person(session), 1)
    me = factories.person(session)
    session.commit()
    page = visitor.signed_in(session, me).get("/akun")
    assert "Belum ada pesanan" in page.text
    assert "Tais 1" not in page.text


def test_a_tab_or_page_that_makes_no_sense_is_passed_over(visitor, session) -> None:
    me = factories.person(session)
    inquiry(session, me, 1)
    session.commit()
    visitor.signed_in(session, me)
    assert "Tais 1" in visitor.get("/akun?tab=apa&hal=x").text
    visitor.get("/akun?hal=99999999999999999999")


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_the_number_of_queries_does_not_grow(visitor, app, session) -> None:
    me = factories.person(session)
    inquiry(session, me, 1)
    session.commit()
    visitor.signed_in(session, me)
    asked: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    visitor.get("/akun")
    few, asked[:] = len(asked), []
    for number in range(2, 25):
        inquiry(session, me, number)
    session.commit()
    asked.clear()
    page = visitor.get("/akun")
    assert len(asked) == few
    assert page.links("Muat lebih banyak") == ["/akun?tab=berjalan&hal=2"]


def test_guests_are_asked_to_sign_in(visitor) -> None:
    for address in ("/akun", "/akun/profil", "/akun/keamanan", "/akun/data", "/akun/hapus", "/akun/gabung"):
        assert visitor.get(address).address == "/masuk"
