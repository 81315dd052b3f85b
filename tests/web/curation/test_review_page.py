"""The review page and its buttons, without script."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from shop.actions import decisions
from shop.domain.curation import Judgement
from shop.domain.review import GATES, SCORES
from shop.extensions import now
from shop.models import Decision, Notice, ReviewDraft, Revision
from tests import factories
from tests.curating import BARRED, PASSES, Cast, decided, revision_of_live, to_status, work
from tests.page import Page, Visitor


@pytest.fixture
def sari(client: FlaskClient, session: Session, who: Cast) -> Visitor:
    return Visitor(client).signed_in(session, who.sari)


def visitor(app, session: Session, person) -> Visitor:  # type: ignore[no-untyped-def]
    return Visitor(app.test_client()).signed_in(session, person)


def address(revision: Revision) -> str:
    return f"/kurasi/karya/{revision.id}"


def post(who: Visitor, to: str, data: dict[str, object] | None = None, **options: bool) -> TestResponse:
    """What a press would send, without the button being there."""
    page = who.page or who.get("/kurasi")
    token = page.html.xpath("//input[@name='csrf_token']/@value")[0]
    return who.client.post(to, data={"csrf_token": token} | (data or {}), **options)  # type: ignore[arg-type]


def fill_in(page: Page, **changed: str) -> None:
    """Tick every gate and give every score two, unless said otherwise."""
    answers = {f"gate_{name}": "ya" for name in GATES} | {f"score_{name}": "2" for name in SCORES} | changed
    for name, value in answers.items():
        for radio in page.html.xpath(f"//input[@name='{name}']"):
            radio.attrib.pop("checked", None)
            if radio.get("value") == value:
                radio.set("checked", "")


def test_a_guest_is_asked_to_sign_in_and_a_producer_finds_nothing(
    client: FlaskClient, session: Session, who: Cast
) -> None:
    revision = work(session, who)
    session.commit()
    assert client.get(address(revision)).status_code == 302
    chair = Visitor(client).signed_in(session, who.chair)
    for path in (
        address(revision),
        "/kurasi",
        "/kurasi/keputusan",
        "/kurasi/laporan",
        address(revision) + "/foto/0",
    ):
        chair.get(path, status=404)
    for path in ("/kurasi/ambil", address(revision) + "/putusan", address(revision) + "/ambil"):
        assert client.post(path).status_code in (400, 404)
    session.refresh(revision)
    assert revision.status == "submitted"


@pytest.mark.parametrize("status", ["draft"])
def test_what_its_producer_is_still_writing_is_not_there(
    session: Session, who: Cast, sari: Visitor, status: str
) -> None:
    revision = work(session, who, status)
    session.commit()
    sari.get(address(revision), status=404)
    sari.get("/kurasi/karya/99999", status=404)


def test_a_work_is_taken_filled_in_approved_and_the_next_one_opens(
    session: Session, who: Cast, sari: Visitor
) -> None:
    first, second = work(session, who), work(session, who, title_id="Karya Kedua")
    session.commit()
    sari.get("/kurasi")
    page = sari.press("Ambil berikutnya")
    assert page.address == address(first)
    assert "Terkunci untuk Anda" in page.text
    fill_in(page)
    page = sari.press("Setujui dan tayangkan")
    assert page.address == address(second)
    assert "Disetujui: Tais Lajur Merah" in page.text
    session.expire_all()
    assert (first.status, second.claimed_by_id) == ("published", who.sari.id)


def test_undo_brings_the_work_back_filled_in_and_gives_back_the_one_that_opened(
    session: Session, who: Cast, sari: Visitor
) -> None:
    first, second = work(session, who), work(session, who, title_id="Karya Kedua")
    session.commit()
    page = sari.get(address(first))
    fill_in(page)
    sari.press("Setujui dan tayangkan")
    page = sari.press("Urungkan")
    assert page.address == address(first)
    assert "Keputusan diurungkan." in page.text
    assert page.html.xpath("//input[@name='score_story'][@value='2'][@checked]")
    session.expire_all()
    assert (first.status, second.status) == ("in_review", "submitted")


def test_a_late_undo_says_so_and_changes_nothing(session: Session, who: Cast, sari: Visitor) -> None:
    revision = work(session, who, "in_review")
    decision = decisions.approve(
        session, revision, PASSES, by=who.sari, version=revision.version, at=factories.AT
    )
    session.commit()
    page = sari.get(f"{address(revision)}?diputus={decision.id}")
    assert "Urungkan" not in page.text
    answer = post(sari, f"/kurasi/keputusan/{decision.id}/urungkan", follow_redirects=True)
    assert "tidak dapat diurungkan lagi" in answer.get_data(as_text=True)
    session.refresh(revision)
    assert revision.status == "published"


def test_only_its_author_may_undo(app, session: Session, who: Cast) -> None:  # type: ignore[no-untyped-def]
    revision = work(session, who, "in_review")
    with app.app_context():
        at = now()
    decision = decisions.approve(session, revision, PASSES, by=who.sari, version=revision.version, at=at)
    session.commit()
    agus = visitor(app, session, who.agus)
    assert post(agus, f"/kurasi/keputusan/{decision.id}/urungkan").status_code == 404


def test_what_is_lacking_is_listed_and_what_was_typed_stays(
    session: Session, who: Cast, sari: Visitor
) -> None:
    revision = work(session, who)
    session.commit()
    page = sari.get(address(revision))
    fill_in(page, score_price="0", gate_motif="tidak")
    page = sari.press(
        "Setujui dan tayangkan", {"Catatan untuk pembuat": "Bagus", "Catatan dalam": "Rahasia"}, status=422
    )
    summary = page.html.xpath("//div[@class='error-summary']//a")
    assert [link.get("href") for link in summary] == ["#gate_motif", "#score_price"]
    assert all(page.html.get_element_by_id(link.get("href")[1:]) is not None for link in summary)
    assert page.title.startswith("Salah:")
    assert page.html.get_element_by_id("pesan").text == "Bagus"
    assert page.html.get_element_by_id("dalam").text == "Rahasia"
    assert page.html.xpath("//input[@name='score_material'][@value='2'][@checked]")
    session.expire_all()
    assert revision.status == "submitted"


@pytest.mark.parametrize("button", ["Minta perbaikan", "Tolak"])
def test_sending_back_without_a_reason_asks_for_one(
    session: Session, who: Cast, sari: Visitor, button: str
) -> None:
    revision = work(session, who)
    session.commit()
    sari.get(address(revision))
    page = sari.press(button, status=422)
    assert "Pilih paling sedikit satu alasan" in page.text
    assert page.links("Pilih paling sedikit satu alasan") == ["#alasan"]


def test_nonsense_in_the_form_counts_as_unanswered(session: Session, who: Cast, sari: Visitor) -> None:
    revision = work(session, who)
    session.commit()
    fields = {"versi": revision.version, "score_price": "7", "gate_origin": "mungkin", "alasan": "Z9"}
    answer = post(sari, address(revision) + "/putusan", data=fields | {"putusan": "setuju"})
    assert answer.status_code == 422
    assert post(sari, address(revision) + "/putusan", data={"putusan": "bakar"}).status_code == 409
    session.expire_all()
    assert revision.status == "submitted"


def test_a_draft_is_kept_for_its_curator_alone(app, session: Session, who: Cast, sari: Visitor) -> None:  # type: ignore[no-untyped-def]
    revision = work(session, who)
    session.commit()
    sari.get(address(revision))
    page = sari.press("Simpan draf", {"Catatan untuk pembuat": "Belum selesai", "F1": True})
    assert "Draf tersimpan" in page.text
    assert page.html.get_element_by_id("pesan").text == "Belum selesai"
    assert page.html.xpath("//input[@name='alasan'][@value='F1'][@checked]")
    other = visitor(app, session, who.agus).get(address(revision))
    assert "Belum selesai" not in other.text


def test_gates_and_scores_of_an_earlier_content_are_not_filled_in_again(
    session: Session, who: Cast, sari: Visitor
) -> None:
    revision = work(session, who)
    session.commit()
    page = sari.get(address(revision))
    fill_in(page)
    sari.press("Simpan draf", {"Catatan untuk pembuat": "Foto ulang"})
    assert sari.get(address(revision)).html.xpath("//input[@name='gate_origin'][@checked]")
    revision.submitted_at = _just_now()  # mended and sent again
    session.commit()
    page = sari.get(address(revision))
    assert not page.html.xpath("//ul[@class='gates']//input[@checked]|//ol[@class='scores']//input[@checked]")
    assert page.html.get_element_by_id("pesan").text == "Foto ulang"


def test_skipping_gives_the_work_back_and_opens_the_next(session: Session, who: Cast, sari: Visitor) -> None:
    first, second = work(session, who, "in_review", holder=who.sari), work(session, who)
    session.commit()
    sari.get(address(first))
    page = sari.press("Lewati")
    assert page.address == address(second)
    session.expire_all()
    assert (first.status, second.status) == ("submitted", "in_review")


def test_the_second_of_two_reads_who_decided_what_and_keeps_everything(
    app,
    session: Session,
    who: Cast,
    sari: Visitor,  # type: ignore[no-untyped-def]
) -> None:
    revision = work(session, who)
    session.commit()
    page = sari.get(address(revision))
    fill_in(page)
    agus = visitor(app, session, who.agus)
    agus.get(address(revision))
    agus.press("Minta perbaikan", {"Catatan untuk pembuat": "Foto ulang"})
    page = sari.press("Setujui dan tayangkan", {"Catatan untuk pembuat": "Warnanya rata"}, status=409)
    assert "Agus sudah memutuskan pukul" in page.text
    assert "perlu perbaikan. Isian Anda tersimpan" in page.text
    session.expire_all()
    assert revision.status == "changes_requested"
    assert session.scalars(select(Decision.kind)).all() == ["request_changes"]
    draft = session.scalars(select(ReviewDraft)).one()
    assert (draft.curator_id, draft.note, draft.scores["story"]) == (who.sari.id, "Warnanya rata", 2)


def test_two_presses_at_the_same_moment_give_one_decision_and_one_page_that_says_so(
    app,  # type: ignore[no-untyped-def]
    session: Session,
    who: Cast,
) -> None:
    revision = work(session, who)
    work(session, who, title_id="Karya Kedua"), work(session, who, title_id="Karya Ketiga")
    session.commit()
    curators = [visitor(app, session, person) for person in (who.sari, who.agus)]
    target, version = address(revision) + "/putusan", revision.version
    for curator in curators:
        curator.get(address(revision))
    gate, answers = threading.Barrier(2), []

    def press(curator: Visitor) -> None:
        gate.wait()
        answers.append(post(curator, target, {"putusan": "perbaikan", "versi": version, "alasan": "F1"}))

    threads = [threading.Thread(target=press, args=(curator,)) for curator in curators]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    session.expire_all()
    assert session.scalars(select(Decision.kind)).all() == ["request_changes"]
    assert len(session.scalars(select(ReviewDraft)).all()) == 1


def test_what_a_colleague_holds_is_shown_and_not_overwritten(
    session: Session, who: Cast, sari: Visitor
) -> None:
    revision = work(session, who, "in_review", holder=who.fransiskus)
    revision.claim_active_at = _just_now()
    session.commit()
    page = sari.get(address(revision))
    assert "Dipegang Fransiskus" in page.text
    assert "Setujui" not in page.text
    answer = post(
        sari,
        address(revision) + "/putusan",
        data={"putusan": "tolak", "versi": revision.version, "alasan": "F1"},
    )
    assert answer.status_code == 409
    assert "sedang ditinjau oleh Fransiskus" in answer.get_data(as_text=True)
    assert post(sari, address(revision) + "/ambil").status_code == 409
    session.expire_all()
    assert (revision.status, revision.claimed_by_id) == ("in_review", who.fransiskus.id)


def test_a_work_its_producer_took_back_sends_the_curator_to_the_queue_with_the_draft_kept(
    session: Session, who: Cast, sari: Visitor
) -> None:
    revision = work(session, who)
    session.commit()
    page = sari.get(address(revision))
    fill_in(page)
    to_status(session, who, revision, "draft")
    session.commit()
    page = sari.press("Setujui dan tayangkan")
    assert page.address == "/kurasi"
    assert "menarik karya ini" in page.text
    assert session.scalars(select(ReviewDraft.curator_id)).all() == [who.sari.id]


def test_the_own_group_is_read_but_never_decided(app, session: Session, who: Cast) -> None:  # type: ignore[no-untyped-def]
    revision = work(session, who)
    session.commit()
    own = visitor(app, session, who.own)
    page = own.get(address(revision))
    assert "kelompok Anda sendiri" in page.text
    assert "Setujui" not in page.text
    data = {"putusan": "tolak", "versi": revision.version, "alasan": "F1"}
    assert post(own, address(revision) + "/putusan", data=data).status_code == 403
    assert post(own, address(revision) + "/ambil").status_code == 403
    session.expire_all()
    assert revision.status == "submitted"


def test_live_and_proposed_stand_side_by_side_with_changes_marked(
    session: Session, who: Cast, sari: Visitor
) -> None:
    revision = revision_of_live(
        session, who, price_idr=2_000_000, story="Benang direndam sembilan kali.", dye="mixed", motif_name=""
    )
    old = revision.photos[1]
    revision.photos[1] = factories.RevisionPhoto(
        photo=factories.photo(session, who.group), slot=old.slot, position=1, alt_id="Detail baru"
    )
    session.commit()
    page = sari.get(address(revision))
    changed = page.html.xpath("//tr[@class='is-changed']")
    rows = {" ".join(row.find("th").text_content().split()): row for row in changed}
    assert set(rows) == {"Harga", "Pewarna", "Nama motif", "Cerita"}
    assert [each.text_content() for each in rows["Cerita"].iter("del", "ins")] == ["delapan ", "sembilan "]
    assert rows["Harga"].find(".//del").text_content().replace("\xa0", " ") == "Rp 1.350.000"
    assert "Belum diisi" in rows["Nama motif"].text_content()
    assert "Foto yang berubah: detail motif" in page.text
    assert "Harga naik 48%." in page.text
    assert "Pewarna berubah" in page.text


@pytest.mark.parametrize("words", ["Kotak cendana", "Sandalwood box"])
def test_regulated_wood_is_warned_of(session: Session, who: Cast, sari: Visitor, words: str) -> None:
    revision = work(session, who, description_id=words)
    session.commit()
    assert "minta surat asal bahan" in sari.get(address(revision)).text


def test_text_of_producers_is_text(session: Session, who: Cast, sari: Visitor) -> None:
    revision = revision_of_live(session, who, title_id="<b>Tais</b>", story="<script>alert(1)</script> x")
    session.commit()
    page = sari.get(address(revision))
    assert "<script>alert(1)</script>" in page.text
    assert not page.html.xpath("//tr//script|//h1/b")


def test_the_internal_note_is_read_by_curators_and_never_told(
    app, session: Session, who: Cast, sari: Visitor
) -> None:  # type: ignore[no-untyped-def]
    revision = work(session, who)
    session.commit()
    sari.get(address(revision))
    sari.press("Minta perbaikan", {"Catatan dalam": "Jangan percaya", "F1": True})
    notice = session.scalars(select(Notice)).one()
    assert "percaya" not in str(notice.facts)
    assert "Jangan percaya" in visitor(app, session, who.agus).get(address(revision)).text
    chair = visitor(app, session, who.chair)
    answer = chair.client.get(f"/studio/karya/{revision.listing_id}", follow_redirects=True)
    assert "percaya" not in answer.get_data(as_text=True)


def test_a_rejection_with_an_x_code_an_appeal_and_three_curators(
    app, session: Session, who: Cast, sari: Visitor
) -> None:  # type: ignore[no-untyped-def]
    revision = work(session, who)
    session.commit()
    sari.get(address(revision))
    sari.press("Tolak", {"X2": True})
    page = sari.get(address(revision))
    assert "Anda sudah memutuskan" in page.text
    fransiskus = visitor(app, session, who.fransiskus)
    fransiskus.get(address(revision))
    fransiskus.press("Kuatkan penolakan")
    session.refresh(revision)
    assert revision.status == "rejected"
    to_status(session, who, revision, "appealed")
    session.commit()
    agus = visitor(app, session, who.agus)
    assert "Ini tenun tangan." in agus.get(address(revision)).text
    agus.press("Terima banding")
    session.expire_all()
    assert revision.status == "submitted"


def test_the_administrator_sees_an_appeal_and_decides_when_nobody_is_left(
    app, session: Session, who: Cast
) -> None:  # type: ignore[no-untyped-def]
    revision = work(session, who, "appealed")
    work(session, who)  # waits, but is not for an administrator to take
    who.agus.suspended_at = factories.AT
    session.commit()
    admin = visitor(app, session, who.admin)
    assert "Ambil berikutnya" not in admin.get("/kurasi").text
    admin.get(address(revision))
    admin.press("Tolak banding")
    session.expire_all()
    assert revision.status == "rejected"


def test_an_administrator_who_is_no_curator_approves_nothing(app, session: Session, who: Cast) -> None:  # type: ignore[no-untyped-def]
    revision = work(session, who)
    session.commit()
    admin = visitor(app, session, who.admin)
    data = {"putusan": "tolak", "versi": revision.version, "alasan": "F1"}
    assert post(admin, address(revision) + "/putusan", data=data).status_code == 403


def test_a_trusted_change_is_seen_or_put_back(session: Session, who: Cast, sari: Visitor) -> None:
    revision = revision_of_live(session, who, "submitted", title_id="Tais Baru")
    revision.status, revision.approved_at = "published", factories.AT + timedelta(hours=1)
    revision.listing.live_revision_id = revision.id
    revision.listing.unacknowledged_since = factories.AT + timedelta(hours=1)
    session.commit()
    page = sari.get("/kurasi?keadaan=trusted")
    assert page.links("Tais Baru") == [address(revision)]
    page = sari.get(address(revision))
    assert "Disetujui, versi 1" in page.text
    sari.press("Kembalikan versi sebelumnya", status=422)
    sari.press("Kembalikan versi sebelumnya", {"D3": True})
    session.expire_all()
    assert revision.listing.live_revision_id != revision.id
    assert revision.listing.unacknowledged_since is None


def test_a_live_work_is_taken_down_and_shown_again(session: Session, who: Cast, sari: Visitor) -> None:
    listing = factories.published(session, who.group, who.chair)
    session.commit()
    page = f"/kurasi/karya/{listing.live_revision_id}"
    sari.get(page)
    sari.press("Turunkan", {"D3": True})
    sari.get(page)
    sari.press("Tayangkan kembali")
    session.expire_all()
    assert listing.status == "published"


def test_every_photo_opens_as_a_page_of_its_own(session: Session, who: Cast, sari: Visitor) -> None:
    revision = work(session, who)
    session.commit()
    page = sari.get(address(revision) + "/foto/0")
    assert page.heading == "Utuh"
    assert page.links("Berikutnya") == [address(revision) + "/foto/1"]
    sari.get(address(revision) + "/foto/9", status=404)


def test_shortcuts_are_not_loaded_for_who_switched_them_off(
    session: Session, who: Cast, sari: Visitor
) -> None:
    revision = work(session, who)
    session.commit()
    scripts = [script.get("src") for script in sari.get(address(revision)).html.iter("script")]
    assert any("review-keys" in script for script in scripts)
    who.sari.shortcuts_on = False
    session.commit()
    page = sari.get(address(revision))
    assert not any("review-keys" in script.get("src") for script in page.html.iter("script"))
    assert not page.html.xpath("//*[@class='key']")


def test_a_sign_of_life_keeps_the_hold_and_says_when_it_is_gone(
    session: Session, who: Cast, sari: Visitor
) -> None:
    revision = work(session, who, "in_review", holder=who.sari)
    session.commit()
    assert post(sari, address(revision) + "/hadir").status_code == 204
    session.refresh(revision)
    assert revision.claim_active_at > factories.AT
    to_status(session, who, revision, "submitted")
    session.commit()
    assert post(sari, address(revision) + "/hadir").status_code == 409


def test_the_page_asks_the_same_number_of_questions_whatever_happened_before(
    app,
    session: Session,
    who: Cast,
    sari: Visitor,
    count_queries: Callable[[Callable[[], object]], int],  # type: ignore[no-untyped-def]
) -> None:
    revision = work(session, who)
    decided(session, revision, "request_changes", who.agus, codes=["F1"])
    session.commit()
    few = count_queries(lambda: sari.get(address(revision)))
    for _ in range(8):
        decided(session, revision, "request_changes", factories.curator(session), codes=["F1"], note="Lagi")
    session.commit()
    assert count_queries(lambda: sari.get(address(revision))) == few


@pytest.fixture
def count_queries(app):  # type: ignore[no-untyped-def]
    from shop.extensions import db

    with app.app_context():
        engine = db.engine

    def count(act: Callable[[], object]) -> int:
        asked: list[str] = []
        listener = lambda *args: asked.append(args[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", listener)
        try:
            act()
        finally:
            event.remove(engine, "before_cursor_execute", listener)
        return len([sql for sql in asked if sql.lstrip().upper().startswith("SELECT")])

    return count


def _just_now():  # type: ignore[no-untyped-def]
    from datetime import UTC, datetime

    return datetime.now(UTC)


def test_an_x_reason_is_not_sent_back_for_mending(session: Session, who: Cast, sari: Visitor) -> None:
    revision = work(session, who)
    session.commit()
    sari.get(address(revision))
    page = sari.press("Minta perbaikan", {"X1": True}, status=422)
    assert "Alasan X hanya untuk menolak" in page.text
    assert (BARRED.codes, Judgement().codes) == (("X2",), ())
