"""The queue, the decision log and visitors' reports, without script."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from shop.actions import reports
from shop.extensions import db
from shop.models import Listing, Notice, Report
from shop.queries.reports import MOST
from tests import factories
from tests.curating import Cast, decided, revision_of_live, work
from tests.factories import AT
from tests.page import Page, Visitor
from tests.web.curation.test_review_page import post


@pytest.fixture
def sari(client: FlaskClient, session: Session, who: Cast) -> Visitor:
    return Visitor(client).signed_in(session, who.sari)


def titles(page: Page) -> list[str]:
    return [" ".join(link.text_content().split()) for link in page.html.xpath("//a[@class='rows__title']")]


def tab(page: Page, words: str) -> str:
    return next(
        a.text_content().split()[-1]
        for a in page.html.xpath("//nav[@class='tabs']/a")
        if words in a.text_content()
    )


def one_of_each(session: Session, who: Cast) -> dict[str, int]:
    """One thing of every kind that waits, the oldest last."""
    made = {}
    for days, (title, status) in enumerate(
        [
            ("Baru", "submitted"),
            ("Dipegang", "in_review"),
            ("Diusulkan", "rejection_proposed"),
            ("Banding", "appealed"),
        ]
    ):
        revision = work(session, who, status, title_id=title)
        revision.submitted_at = AT - timedelta(days=days)
        if status == "appealed":
            revision.appealed_at = AT - timedelta(days=days)
        made[title] = revision.id
    revised = revision_of_live(session, who, title_id="Direvisi")
    revised.submitted_at = AT - timedelta(days=4)
    made["Direvisi"] = revised.id
    trusted = factories.published(session, who.group, who.chair, title_id="Tepercaya")
    trusted.unacknowledged_since = AT - timedelta(days=5)
    reported = factories.published(session, who.group, who.chair, title_id="Dilaporkan")
    reports.file_report(
        session,
        reported,
        reason="printed",
        text="Cetakan",
        contact="",
        form_key="k",
        at=AT - timedelta(days=6),
    )
    work(session, who, "changes_requested", title_id="Dikembalikan")
    session.commit()
    return made


def test_everything_that_waits_stands_in_the_queue_oldest_first(
    session: Session, who: Cast, sari: Visitor
) -> None:
    one_of_each(session, who)
    page = sari.get("/kurasi")
    assert titles(page) == ["Dilaporkan", "Tepercaya", "Direvisi", "Banding", "Diusulkan", "Dipegang", "Baru"]
    counted = {words: tab(page, words) for words in ("Semua", "Menunggu", "Sedang", "Kurator", "Banding", "Perubahan",
                                                     "Laporan", "Perlu")}  # fmt: skip
    assert counted == {"Semua": "7", "Menunggu": "2", "Sedang": "1", "Kurator": "1", "Banding": "1", "Perubahan": "1",
                       "Laporan": "1", "Perlu": "1"}  # fmt: skip


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("keadaan=appealed", ["Banding"]),
        ("keadaan=changes_requested", ["Dikembalikan"]),
        ("keadaan=report", ["Dilaporkan"]),
        ("jenis=revisi", ["Direvisi"]),
        ("jenis=baru&keadaan=submitted", ["Baru"]),
        ("kerajinan=gerabah", []),
        ("kecamatan=53.04.01", []),
        ("kerajinan=tenun-ikat&kecamatan=53.04.02&keadaan=trusted", ["Tepercaya"]),
        ("kerajinan=emas&keadaan=x&jenis=y&hal=nol&kecamatan=9", 7),
    ],
)
def test_the_queue_is_narrowed_by_the_address_and_nonsense_is_ignored(
    session: Session, who: Cast, sari: Visitor, query: str, wanted: list[str] | int
) -> None:
    one_of_each(session, who)
    page = sari.get(f"/kurasi?{query}")
    found = titles(page)
    assert (len(found) if isinstance(wanted, int) else found) == wanted
    if not found:
        assert "Tidak ada yang cocok" in page.text


def test_a_filter_is_a_form_that_keeps_what_was_chosen(session: Session, who: Cast, sari: Visitor) -> None:
    one_of_each(session, who)
    sari.get("/kurasi?keadaan=submitted")
    page = sari.press("Saring", {"Jenis": "Revisi", "Kecamatan": "Tasifeto Timur"})
    assert titles(page) == ["Direvisi"]
    assert tab(page, "Menunggu") == "1"


def test_who_holds_a_work_and_what_has_waited_long_is_seen(
    session: Session, who: Cast, sari: Visitor
) -> None:
    mine, theirs = work(session, who, "in_review"), work(session, who, "in_review", holder=who.fransiskus)
    from datetime import UTC, datetime

    mine.claim_active_at = theirs.claim_active_at = datetime.now(UTC) - timedelta(minutes=8)
    mine.submitted_at = datetime.now(UTC) - timedelta(days=6)
    session.commit()
    page = sari.get("/kurasi")
    first, second = page.html.xpath("//tbody/tr")
    assert first.get("class").split() == ["is-late", "is-mine"]
    assert "Anda, 22 menit lagi" in first.text_content()
    assert "6 hari" in first.text_content()
    assert "Fransiskus" in second.text_content()


def test_a_long_queue_has_pages(session: Session, who: Cast, sari: Visitor) -> None:
    for number in range(27):
        work(session, who, title_id=f"Karya {number}").submitted_at = AT + timedelta(minutes=number)
    session.commit()
    page = sari.get("/kurasi?jenis=baru")
    assert len(titles(page)) == 25
    (onward,) = page.links("Muat lebih banyak")
    page = sari.get(onward)
    assert titles(page) == ["Karya 25", "Karya 26"]
    assert "27 dari 27" in page.text


def test_an_empty_queue_shows_the_last_decisions(session: Session, who: Cast, sari: Visitor) -> None:
    listing = factories.published(session, who.group, who.chair)
    decided(session, listing.revisions[0], "approve", who.agus)
    session.commit()
    page = sari.get("/kurasi")
    assert "Antrean kosong" in page.text
    assert titles(page) == ["Tais Lajur Merah"]
    sari.press("Ambil berikutnya")
    assert sari.page is not None
    assert "Tidak ada karya yang bebas" in sari.page.text


def test_the_log_tells_who_decided_what_and_what_was_undone(
    session: Session, who: Cast, sari: Visitor
) -> None:
    listing = factories.published(session, who.group, who.chair)
    decided(session, listing.revisions[0], "request_changes", who.agus, codes=["F1"], undone_at=AT)
    session.commit()
    page = sari.get("/kurasi/keputusan")
    assert "Perlu perbaikan (diurungkan)" in page.text
    assert "Agus" in page.text
    assert "Belum ada keputusan" in sari.get("/kurasi/keputusan?saya=1").text
    sari.get("/kurasi/keputusan?hal=-3")


def test_the_same_number_of_questions_for_one_row_and_for_twenty(
    app: Flask, session: Session, who: Cast, sari: Visitor
) -> None:
    one_of_each(session, who)
    few = queries_of(app, lambda: sari.get("/kurasi"))
    for number in range(20):
        revision_of_live(session, who, "in_review", holder=who.agus if number % 2 else who.fransiskus)
    session.commit()
    assert queries_of(app, lambda: sari.get("/kurasi")) == few
    assert few < 12


def test_the_log_and_the_reports_ask_a_constant_number_of_questions(
    app: Flask, session: Session, who: Cast, sari: Visitor
) -> None:
    def more(number: int) -> None:
        group = factories.producer(session, f"Kelompok {number}")
        listing = factories.published(session, group, who.chair)
        decided(session, listing.revisions[0], "approve", factories.curator(session))
        reports.file_report(
            session, listing, reason="text", text="", contact="", form_key=f"k{number}", at=AT
        )
        session.commit()

    more(0)
    few = [
        queries_of(app, lambda path=path: sari.get(path)) for path in ("/kurasi/keputusan", "/kurasi/laporan")
    ]
    for number in range(1, 9):
        more(number)
    many = [
        queries_of(app, lambda path=path: sari.get(path)) for path in ("/kurasi/keputusan", "/kurasi/laporan")
    ]
    assert few == many


def queries_of(app: Flask, act: Callable[[], object]) -> int:
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    return sum(1 for statement in asked if statement.lstrip().upper().startswith("SELECT"))


def test_the_doors_of_the_room_say_how_much_waits_behind_them(
    session: Session, who: Cast, sari: Visitor
) -> None:
    one_of_each(session, who)
    factories.producer(session, "Kelompok Baru", status="applied", verified_at=None)
    session.commit()
    page = sari.get("/kurasi")
    doors = [" ".join(a.text_content().split()) for a in page.html.xpath("//nav[@class='room-nav']/a")]
    assert doors == ["Antrean 7", "Pesanan", "Perajin 1", "Laporan 1"]


# --- reports ------------------------------------------------------------------------------------


@pytest.fixture
def reported(session: Session, who: Cast) -> Report:
    listing = factories.published(session, who.group, who.chair)
    report = reports.file_report(
        session, listing, reason="motif", text="<i>Motif kami</i>", contact="0812", form_key="k", at=AT
    )
    session.commit()
    return report


@pytest.mark.parametrize(("button", "outcome"), [("Tidak ada alasan", "no_cause"), ("Catat", "noted")])
def test_a_report_is_read_and_answered(
    session: Session, sari: Visitor, reported: Report, button: str, outcome: str
) -> None:
    page = sari.get("/kurasi/laporan")
    assert "<i>Motif kami</i>" in page.text
    assert "Kontak pelapor: 0812" in page.text
    page = sari.press(button)
    assert "Laporan dijawab." in page.text
    assert "Tidak ada laporan" in page.text
    session.refresh(reported)
    assert reported.outcome == outcome
    again = post(sari, f"/kurasi/laporan/{reported.id}", {"jawaban": "dicatat"}, follow_redirects=True)
    assert "sudah menjawab laporan ini" in again.get_data(as_text=True)


def test_of_many_reports_the_oldest_are_shown_and_the_rest_counted(
    session: Session, sari: Visitor, reported: Report
) -> None:
    session.add_all(
        Report(form_key=f"banyak-{number}", listing_id=reported.listing_id, reason="other", at=reported.at)
        for number in range(MOST)
    )
    session.commit()
    page = sari.get("/kurasi/laporan")
    assert f"{MOST} laporan tertua dari {MOST + 1}." in page.text
    assert page.text.count("Hal lain") == MOST - 1


def test_a_reported_work_is_taken_down_with_a_reason_its_producer_reads(
    session: Session, sari: Visitor, reported: Report
) -> None:
    sari.get(f"/kurasi/laporan/{reported.id}/turunkan")
    page = sari.press("Turunkan karya", status=422)
    assert "Pilih paling sedikit satu alasan" in page.text
    page = sari.press("Turunkan karya", {"M2": True, "Catatan untuk pembuat": "Tanyakan tetua."})
    assert "Diturunkan: Tais Lajur Merah" in page.text
    session.expire_all()
    assert session.scalars(select(Listing.status)).all() == ["hidden_by_curator"]
    assert session.scalars(select(Notice.kind)).all() == ["listing_taken_down"]
    page = sari.press("Urungkan")
    session.expire_all()
    assert (reported.outcome, reported.listing.status) == (None, "published")


def test_reports_that_are_not_there_and_answers_that_are_none(sari: Visitor, reported: Report) -> None:
    sari.get("/kurasi/laporan/999/turunkan", status=404)
    sari.get("/kurasi")
    assert post(sari, "/kurasi/laporan/999", {"jawaban": "dicatat"}).status_code == 404
    assert post(sari, f"/kurasi/laporan/{reported.id}", {"jawaban": "bakar"}).status_code == 409


def test_a_report_about_the_own_group_is_left_to_others(
    app: Flask, session: Session, who: Cast, reported: Report
) -> None:
    own = Visitor(app.test_client()).signed_in(session, who.own)
    assert "kelompok Anda sendiri" in own.get("/kurasi/laporan").text
    assert post(own, f"/kurasi/laporan/{reported.id}", {"jawaban": "dicatat"}).status_code == 403
