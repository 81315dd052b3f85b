"""A thread is open to its buyer, its maker, curators and browsers that hold its link; to others it is not there."""

import io
import re
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.actions.links import open_link
from shop.actions.photos import receive, take_in
from shop.extensions import now
from shop.models import Event, Inquiry, Message, Notice, Person, PrivateLink
from shop.tasks.schedule import run
from tests import factories
from tests.images.pictures import as_bytes, quarters
from tests.page import Visitor


def person(session: Session, name: str, **values: Any) -> Person:
    made = factories.person(session, name, **values)
    session.commit()
    return made


def thread(
    session: Session, app: Flask, phone: str | None = "+6281200007890", **values: Any
) -> tuple[Inquiry, Person]:
    """A guest's question to a weaving group, and the group's chair."""
    maker = factories.person(session, "Maria", phone=phone)
    work = factories.published(session, factories.producer(session, chair=maker), maker)
    with app.app_context():
        moment = now()
    inquiry = factories.inquiry(
        session, work, **{"created_at": moment, "changed_at": moment, "waiting_since": moment} | values
    )
    session.commit()
    return inquiry, maker


def link(session: Session, app: Flask, inquiry: Inquiry, side: str, who: Person | None = None) -> str:
    with app.app_context():
        _, token = open_link(session, inquiry, side=side, person=who, purpose="test", at=now())
    session.commit()
    return token


def test_the_maker_reads_and_answers_and_the_buyer_is_told(app: Flask, session: Session) -> None:
    inquiry, maria = thread(session, app, buyer_email="ratna@contoh.test")
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    page = visitor.get(f"/pesanan/{inquiry.code}")
    assert page.heading == "Jawab pertanyaan Ratna Wulandari"
    assert "Jawab sebelum" in page.text and "WITA" in page.text and "0812-3456-3210" in page.text
    page = visitor.press("Kirim", {"Balas": "Bisa, Ibu.\nKapan perlunya?"})
    assert page.heading == "Menunggu kabar dari Ratna Wulandari" and "Bisa, Ibu." in page.text
    session.refresh(inquiry)
    assert inquiry.answered_at is not None and inquiry.waiting_since is None
    (notice,) = session.scalars(select(Notice))
    assert (notice.kind, notice.to_email) == ("inquiry_message", "ratna@contoh.test")


def test_the_guest_reads_the_answer_by_the_link_and_replies(app: Flask, session: Session) -> None:
    inquiry, _ = thread(session, app)
    token = link(session, app, inquiry, "buyer")
    visitor = Visitor(app.test_client())
    page = visitor.get(f"/t/{token}")
    assert page.address == f"/pesanan/{inquiry.code}", "the secret does not stay in the address"
    assert "0812-3456-3210" not in page.text, "the own number is not shown to whoever holds the link"
    page = visitor.press("Kirim", {"Balas": "Terima kasih."})
    assert "Terima kasih." in page.text and "Anda" in page.text


def test_a_link_changes_no_row_and_tells_nobody(app: Flask, session: Session) -> None:
    inquiry, _ = thread(session, app)
    token = link(session, app, inquiry, "buyer")
    before = session.scalar(select(func.count(Event.id)))
    answer = app.test_client().get(f"/t/{token}")
    assert answer.status_code == 303 and answer.headers["Location"] == f"/pesanan/{inquiry.code}"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"] and answer.headers["Cache-Control"] == "no-store"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and token not in cookie
    assert session.scalar(select(func.count(Event.id))) == before


def test_the_token_is_never_logged(app: Flask, session: Session, caplog: pytest.LogCaptureFixture) -> None:
    inquiry, _ = thread(session, app)
    token = link(session, app, inquiry, "buyer")
    caplog.set_level("DEBUG")
    app.test_client().get(f"/t/{token}")
    app.test_client().get(f"/t/{token[:-1]}x")
    assert caplog.records and token not in caplog.text
    assert token not in " ".join(str(record.__dict__) for record in caplog.records)


def test_a_thread_of_somebody_else_is_not_there(app: Flask, session: Session) -> None:
    inquiry, _ = thread(session, app)
    other, neighbour = thread(session, app, phone=None)
    buyer = person(session, "Joko")
    for visitor in (
        Visitor(app.test_client()),
        Visitor(app.test_client()).signed_in(session, neighbour),
        Visitor(app.test_client()).signed_in(session, buyer),
    ):
        page = visitor.get(f"/pesanan/{inquiry.code}", status=404)
        assert "kirim ulang tautan" in page.text and "Ratna" not in page.text
        for way in ("balas", "tolak", "batal", "simpan", "whatsapp-saya"):
            assert visitor.client.post(f"/pesanan/{inquiry.code}/{way}").status_code in (302, 400, 404)
    own = Visitor(app.test_client())
    own.get(f"/t/{link(session, app, other, 'buyer')}")
    own.get(f"/pesanan/{inquiry.code}", status=404)


def test_what_is_not_there_looks_like_what_is_not_yours(app: Flask, session: Session) -> None:
    inquiry, _ = thread(session, app)
    client = app.test_client()
    real, invented = client.get(f"/pesanan/{inquiry.code}"), client.get("/pesanan/BLU-0000000")
    assert real.status_code == invented.status_code == 404

    def same(body: str, code: str) -> str:
        return re.sub(r'name="csrf_token" value="[^"]*"', "", body).replace(code, "BLU-X")

    assert same(real.text, inquiry.code) == same(invented.text, "BLU-0000000")


def test_a_number_typed_in_leads_to_its_thread_or_says_how_numbers_look(app: Flask, session: Session) -> None:
    inquiry, _ = thread(session, app)
    guest = Visitor(app.test_client())
    guest.get("/pesanan")
    page = guest.press("Buka pesanan", {"Nomor pesanan": "BLU-7"}, status=422)
    assert "Isi nomor pesanan lengkap, misalnya BLU-" in page.text
    assert page.html.xpath("//input[@name='kode']/@value") == ["BLU-7"]
    page = guest.press("Buka pesanan", {"Nomor pesanan": inquiry.code.lower().replace("-", " ")}, status=404)
    assert page.address == f"/pesanan/{inquiry.code}"
    assert "kirim ulang tautan" in page.text


def test_a_code_is_found_however_it_is_typed(app: Flask, session: Session) -> None:
    inquiry, maria = thread(session, app)
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    page = visitor.get(f"/pesanan/{inquiry.code.lower().replace('-', ' ')}")
    assert page.address == f"/pesanan/{inquiry.code}"


@pytest.mark.parametrize("what", ["expired", "revoked", "left", "suspended"])
def test_a_link_that_ended_opens_nothing(app: Flask, session: Session, what: str) -> None:
    inquiry, maria = thread(session, app)
    token = link(session, app, inquiry, "producer", maria)
    visitor = Visitor(app.test_client())
    visitor.get(f"/t/{token}")
    row = session.scalars(select(PrivateLink)).one()
    if what == "expired":
        row.expires_at = row.created_at
    elif what == "revoked":
        row.revoked_at = row.created_at
    elif what == "left":
        inquiry.producer.members[0].left_at = row.created_at
    else:
        maria.suspended_at = row.created_at
    session.commit()
    visitor.get(f"/pesanan/{inquiry.code}", status=404)
    Visitor(app.test_client()).get(f"/t/{token}", status=404)


def test_a_forwarded_link_reads_but_declines_only_with_the_digits(app: Flask, session: Session) -> None:
    inquiry, maria = thread(session, app)
    visitor = Visitor(app.test_client())
    visitor.get(f"/t/{link(session, app, inquiry, 'producer', maria)}")
    page = visitor.get(f"/pesanan/{inquiry.code}/tolak")
    assert page.heading == "Apakah ini Anda?" and "7890" not in page.text
    page = visitor.press("Lanjut", {"Empat angka": "1111"}, status=422)
    assert "Masih 4 kali lagi" in page.text
    page = visitor.press("Lanjut", {"Empat angka": "7890"})
    assert page.heading.startswith("Tidak dapat memenuhi")
    page = visitor.press("Tutup permintaan ini", {"Alasan": "Sedang panen."})
    assert "tidak dapat memenuhi" in page.heading and "Sedang panen." in page.text
    session.refresh(inquiry)
    assert inquiry.status == "declined"
    step = session.scalars(select(Event).where(Event.what == "decline")).one()
    assert (step.by_id, step.from_status, step.to_status) == (maria.id, "asked", "declined")
    assert session.scalars(select(Notice.kind)).all() == ["inquiry_declined"]


def test_five_wrong_tries_revoke_the_link_and_tell_its_owner(app: Flask, session: Session) -> None:
    inquiry, maria = thread(session, app)
    visitor = Visitor(app.test_client())
    visitor.get(f"/t/{link(session, app, inquiry, 'producer', maria)}")
    visitor.get(f"/pesanan/{inquiry.code}/angka?lanjut=tolak")
    for guess in ("0000", "1111", "2222", "3333"):
        visitor.press("Lanjut", {"Empat angka": guess}, status=422)
    visitor.press("Lanjut", {"Empat angka": "4444"}, status=410)
    visitor.get(f"/pesanan/{inquiry.code}", status=404)
    (notice,) = session.scalars(select(Notice))
    assert (notice.kind, notice.person_id, notice.facts["link"]) == ("link_revoked", maria.id, "producer")
    session.refresh(inquiry)
    assert inquiry.status == "asked"


def test_the_digits_open_only_the_browser_that_named_them(app: Flask, session: Session) -> None:
    inquiry, maria = thread(session, app)
    token = link(session, app, inquiry, "producer", maria)
    first, second = Visitor(app.test_client()), Visitor(app.test_client())
    first.get(f"/t/{token}")
    first.get(f"/pesanan/{inquiry.code}/tolak")
    first.press("Lanjut", {"Empat angka": "7890"})
    second.get(f"/t/{token}")
    assert second.get(f"/pesanan/{inquiry.code}/tolak").heading == "Apakah ini Anda?"


def test_the_buyer_withdraws_and_the_maker_is_told(app: Flask, session: Session) -> None:
    ratna = person(session, "Ratna")
    inquiry, _ = thread(session, app, buyer_id=ratna.id)
    visitor = Visitor(app.test_client()).signed_in(session, ratna)
    visitor.get(f"/pesanan/{inquiry.code}/tolak", status=404)
    visitor.get(f"/pesanan/{inquiry.code}/batal")
    page = visitor.press("Batalkan permintaan ini", {"Alasan": "Sudah dapat."})
    assert "membatalkan" in page.heading and not page.links("Batalkan permintaan ini")
    assert session.scalars(select(Notice.kind)).all() == ["inquiry_withdrawn"]
    visitor.get(f"/pesanan/{inquiry.code}/batal", status=409)


def test_in_a_closed_thread_nothing_more_is_said(app: Flask, session: Session) -> None:
    inquiry, maria = thread(session, app)
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    before = visitor.get(f"/pesanan/{inquiry.code}")
    inquiry.status = "lapsed"
    session.commit()
    visitor.page = before
    page = visitor.press("Kirim", {"Balas": "Masih perlu?"}, status=409)
    assert "sudah ditutup" in page.text
    assert session.scalar(select(func.count(Message.id))) == 0


def test_the_gallery_reads_and_writes_and_both_sides_are_told(app: Flask, session: Session) -> None:
    inquiry, maria = thread(session, app, buyer_email="ratna@contoh.test")
    sari = factories.curator(session)
    session.commit()
    visitor = Visitor(app.test_client()).signed_in(session, sari)
    visitor.get(f"/pesanan/{inquiry.code}")
    visitor.press("Kirim", {"Balas": "Kami tanyakan kepada perajinnya."})
    told = {notice.to_email for notice in session.scalars(select(Notice))}
    assert told == {"ratna@contoh.test", maria.email}
    session.refresh(inquiry)
    assert inquiry.waiting_since is not None, "the gallery's words are no answer of the maker"


def test_an_assistants_words_say_so(app: Flask, session: Session) -> None:
    inquiry, _ = thread(session, app)
    yanti = person(session, "Yanti")
    factories.member(session, inquiry.producer, yanti, role="assistant")
    session.commit()
    Visitor(app.test_client()).signed_in(session, yanti)
    visitor = Visitor(app.test_client()).signed_in(session, yanti)
    visitor.get(f"/pesanan/{inquiry.code}")
    visitor.press("Kirim", {"Balas": "Bisa."})
    buyer = Visitor(app.test_client())
    page = buyer.get(f"/t/{link(session, app, inquiry, 'buyer')}")
    assert "Yanti, pendamping Kelompok Tenun Kmanek" in page.text


def test_photos_go_both_ways_and_only_their_people_see_them(app: Flask, session: Session) -> None:
    inquiry, maria = thread(session, app)
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    visitor.get(f"/pesanan/{inquiry.code}")
    page = visitor.press(
        "Kirim",
        {
            "Balas": "Ini kainnya.",
            "Tambah foto": (io.BytesIO(as_bytes(quarters(800, 600), "JPEG")), "kain.jpg"),
        },
    )
    (source,) = page.html.xpath("//article//img/@src")
    assert source.startswith(f"/pesanan/{inquiry.code}/foto/")
    answer = visitor.client.get(source)
    assert answer.mimetype == "image/jpeg" and answer.headers["Cache-Control"] == "no-store"
    guest = Visitor(app.test_client())
    guest.get(f"/t/{link(session, app, inquiry, 'buyer')}")
    assert guest.client.get(source).status_code == 200
    assert app.test_client().get(source).status_code == 404
    other, _ = thread(session, app, phone=None)
    stranger = Visitor(app.test_client())
    stranger.get(f"/t/{link(session, app, other, 'buyer')}")
    assert stranger.client.get(source).status_code == 404
    assert stranger.client.get(source.replace(inquiry.code, other.code)).status_code == 404


def test_a_thread_shows_each_photo_in_the_widths_that_were_rendered(app: Flask, session: Session) -> None:
    inquiry, maria = thread(session, app)
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    visitor.get(f"/pesanan/{inquiry.code}")
    visitor.press(
        "Kirim",
        {"Balas": "", "Tambah foto": (io.BytesIO(as_bytes(quarters(800, 600), "JPEG")), "kain.jpg")},
    )
    run(app, "photos")
    page = visitor.get(f"/pesanan/{inquiry.code}")
    avif = page.html.xpath("//article//source")[0].get("srcset").split(", ")
    assert [candidate.split()[1] for candidate in avif] == ["160w", "360w", "480w", "720w"]
    for address in (candidate.split()[0] for candidate in avif):
        answer = visitor.client.get(address)
        assert (answer.status_code, answer.content_type) == (200, "image/avif")
        assert answer.headers["Cache-Control"] == "no-store"
        assert app.test_client().get(address).status_code == 404
    whole = visitor.client.get(page.html.xpath("//article//a[picture or span]/@href")[0])
    assert (whole.status_code, whole.content_type) == (200, "image/jpeg")


def test_the_work_stays_in_sight_of_the_thread_when_its_maker_hides_it(app: Flask, session: Session) -> None:
    inquiry, maria = thread(session, app)
    item = inquiry.items[0]
    shop = app.extensions["shop"]
    sent = take_in(shop.photos, shop.pictures, io.BytesIO(as_bytes(quarters(400, 500), "JPEG")))
    item.photo = receive(
        session, sent, by=maria, producer=inquiry.producer, client_id="", at=inquiry.created_at
    )
    item.listing.status = "hidden_by_producer"
    token = link(session, app, inquiry, "buyer")
    visitor = Visitor(app.test_client())
    page = visitor.get(f"/t/{token}")
    source = page.html.xpath("//*[@class='picked']//img/@src")[0]
    assert visitor.client.get(source).status_code == 200
    assert app.test_client().get(source).status_code == 404
    assert app.test_client().get(source.replace(f"/pesanan/{inquiry.code}", "")).status_code == 404


def test_what_is_no_photo_is_refused_and_the_words_are_kept(app: Flask, session: Session) -> None:
    inquiry, maria = thread(session, app)
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    visitor.get(f"/pesanan/{inquiry.code}")
    page = visitor.press(
        "Kirim", {"Balas": "Ini kainnya.", "Tambah foto": (io.BytesIO(b"GIF89a?"), "kain.jpg")}, status=422
    )
    assert "Foto" in page.text and page.html.xpath("string(//textarea)").strip() == "Ini kainnya."
    assert session.scalar(select(func.count(Message.id))) == 0


def test_an_empty_message_says_what_is_missing(app: Flask, session: Session) -> None:
    inquiry, maria = thread(session, app)
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    visitor.get(f"/pesanan/{inquiry.code}")
    assert "Tulis pesan atau pilih foto" in visitor.press("Kirim", {"Balas": "  "}, status=422).text


def test_a_reply_pressed_twice_is_said_once(app: Flask, session: Session) -> None:
    inquiry, maria = thread(session, app)
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    before = visitor.get(f"/pesanan/{inquiry.code}")
    visitor.press("Kirim", {"Balas": "Bisa."})
    visitor.page = before
    visitor.press("Kirim", {"Balas": "Bisa."})
    assert session.scalar(select(func.count(Message.id))) == 1
    assert session.scalar(select(func.count(Notice.id))) == 1


def test_what_people_write_stays_text(app: Flask, session: Session) -> None:
    inquiry, maria = thread(session, app)
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    visitor.get(f"/pesanan/{inquiry.code}")
    page = visitor.press("Kirim", {"Balas": "<script>alert(1)</script> <b>tebal</b>"})
    assert "<b>tebal</b>" in page.text and not page.html.xpath("//article//b[text()='tebal']")


@pytest.mark.parametrize(("who", "side"), [("Saya pembeli", "buyer"), ("Saya perajin", "producer")])
def test_a_new_link_goes_to_the_contact_on_file_and_nothing_shows_whether_there_is_one(
    app: Flask, session: Session, who: str, side: str
) -> None:
    inquiry, maria = thread(session, app, buyer_email="ratna@contoh.test")
    visitor = Visitor(app.test_client())
    visitor.get(f"/pesanan/{inquiry.code}", status=404)
    real = visitor.press(who).text.replace(inquiry.code, "")
    visitor.get("/pesanan/BLU-0000000", status=404)
    invented = visitor.press(who).text.replace("BLU-0000000", "")
    assert real == invented
    (notice,) = session.scalars(select(Notice))
    wanted = maria.email if side == "producer" else "ratna@contoh.test"
    assert (notice.kind, notice.to_email, notice.facts["link"]) == ("thread_link", wanted, side)


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_new_links_are_limited_without_a_word_about_it(app: Flask, session: Session) -> None:
    inquiry, _ = thread(session, app, buyer_email="ratna@contoh.test")
    visitor = Visitor(app.test_client())
    for _ in range(5):
        visitor.get(f"/pesanan/{inquiry.code}", status=404)
        visitor.press("Saya pembeli")
    assert session.scalar(select(func.count(Notice.id))) == 3


def test_a_guest_who_signs_in_keeps_the_thread_and_nobody_else_can(app: Flask, session: Session) -> None:
    inquiry, _ = thread(session, app)
    token = link(session, app, inquiry, "buyer")
    ratna, joko = person(session, "Ratna"), person(session, "Joko")
    visitor = Visitor(app.test_client()).signed_in(session, ratna)
    visitor.get(f"/t/{token}")
    visitor.press("Simpan di akun saya")
    session.refresh(inquiry)
    assert inquiry.buyer_id == ratna.id
    late = Visitor(app.test_client()).signed_in(session, joko)
    page = late.get(f"/t/{token}")
    assert "Simpan di akun saya" not in page.text


def test_without_email_the_message_is_handed_over_by_whatsapp_with_a_trace(
    app: Flask, session: Session
) -> None:
    inquiry, maria = thread(session, app)
    visitor = Visitor(app.test_client()).signed_in(session, maria)
    visitor.get(f"/pesanan/{inquiry.code}")
    page = visitor.press("Kirim", {"Balas": "Bisa."})
    assert "Ratna Wulandari belum dikabari" in page.text
    form = next(f for f in page.html.forms if "Buka WhatsApp" in f.text_content())
    answer = visitor.client.post(form.action, data=dict(form.form_values()))
    chat = answer.headers["Location"]
    assert answer.status_code == 303 and chat.startswith("https://wa.me/6281234563210?text=")
    token = re.search(r"%2Ft%2F([\w-]+)|/t/([\w-]+)", chat)
    guest = Visitor(app.test_client())
    assert guest.get(f"/t/{token.group(1) or token.group(2)}").address == f"/pesanan/{inquiry.code}"
    page = visitor.press("Sudah dikirim")
    assert "belum dikabari" not in page.text
    notice = session.scalars(select(Notice)).one()
    assert notice.sent_by_id == maria.id
    assert session.scalars(select(Event).where(Event.what == "hand_over")).one().by_id == maria.id


def test_a_buyer_never_holds_the_makers_link(app: Flask, session: Session) -> None:
    """A maker without e-mail is told by the gallery's hand, not by the buyer's."""
    inquiry, maria = thread(session, app)
    maria.email = None
    session.commit()
    visitor = Visitor(app.test_client())
    visitor.get(f"/t/{link(session, app, inquiry, 'buyer')}")
    page = visitor.press("Kirim", {"Balas": "Apakah masih ada?"})
    notice = session.scalars(select(Notice)).one()
    assert (notice.channel, notice.hand_over_by_id) == ("whatsapp", None)
    assert "belum dikabari" not in page.text
    assert visitor.client.post(f"/pesanan/{inquiry.code}/whatsapp/{notice.id}").status_code in (400, 404)


def test_contact_data_is_never_shown_by_link(app: Flask, session: Session) -> None:
    """A maker who answers by link tells the buyer through the gallery, which holds the number."""
    inquiry, maria = thread(session, app)
    visitor = Visitor(app.test_client())
    page = visitor.get(f"/t/{link(session, app, inquiry, 'producer', maria)}")
    assert "3210" not in page.response.text and "wa.me/62812345" not in page.response.text
    page = visitor.press("Kirim", {"Balas": "Bisa."})
    assert "3210" not in page.response.text and "belum dikabari" not in page.text
    notice = session.scalars(select(Notice)).one()
    assert (notice.channel, notice.hand_over_by_id) == ("whatsapp", None)
    assert visitor.client.post(f"/pesanan/{inquiry.code}/whatsapp/{notice.id}").status_code in (400, 404)


def test_the_links_fourteen_days_are_counted(app: Flask, session: Session) -> None:
    inquiry, _ = thread(session, app)
    visitor = Visitor(app.test_client())
    visitor.get(f"/t/{link(session, app, inquiry, 'buyer')}")
    shop = app.extensions["shop"]
    late = session.scalars(select(PrivateLink)).one().expires_at
    app.extensions["shop"] = replace(shop, clock=lambda: late - timedelta(seconds=1))
    visitor.get(f"/pesanan/{inquiry.code}")
    app.extensions["shop"] = replace(shop, clock=lambda: late)
    visitor.get(f"/pesanan/{inquiry.code}", status=404)


def test_when_both_end_it_at_the_same_moment_one_wins_and_the_other_reads_so(
    app: Flask, session: Session
) -> None:
    ratna = person(session, "Ratna")
    inquiry, maria = thread(session, app, buyer_id=ratna.id)
    presses = []
    for who, step in ((maria, "tolak"), (ratna, "batal")):
        visitor = Visitor(app.test_client()).signed_in(session, who)
        page = visitor.get(f"/pesanan/{inquiry.code}/{step}")
        form = next(f for f in page.html.forms if (f.action or "").endswith(step))
        presses.append((visitor.client, form.action, dict(form.form_values())))
    start, answers = threading.Barrier(2), []

    def press(client: FlaskClient, address: str, data: dict[str, str]) -> None:
        start.wait()
        answers.append(client.post(address, data=data).status_code)

    threads = [threading.Thread(target=press, args=one) for one in presses]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(answers) == [303, 409]
    session.refresh(inquiry)
    steps = session.scalars(select(Event.to_status).where(Event.to_status.is_not(None))).all()
    assert steps == [inquiry.status] and inquiry.status in ("declined", "withdrawn")
    assert session.scalar(select(func.count(Notice.id))) == 1
