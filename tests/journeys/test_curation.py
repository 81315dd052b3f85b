"""Curators at their screen, told in a real browser: sending back, appeals, two at once, the keyboard."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.domain.review import GATES, SCORES
from shop.models import Decision, Person, ReviewDraft, Revision
from tests import factories
from tests.curating import Cast, cast, to_status, work
from tests.ground.engines import ON_SQLITE, WITH_AND_WITHOUT_SCRIPT
from tests.ground.looking import assert_accessible, assert_no_horizontal_scroll

Visitors = Callable[..., Page]


@pytest.fixture
def who(session: Session) -> Cast:
    people = cast(session)
    session.commit()
    return people


@pytest.fixture
def enter(app: Flask, session: Session, new_page: Visitors) -> Callable[..., Page]:
    """`enter(person, width=360)`: a browser in which the person is signed in."""

    def signed_in(person: Person, **options: object) -> Page:
        token = factories.sign_in(session, person)
        session.commit()
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        page = new_page(**options)
        address = page.context._impl_obj._options["baseURL"]
        value = signer.dumps({"_user_id": token, "_fresh": True})
        page.context.add_cookies(
            [{"name": app.config["SESSION_COOKIE_NAME"], "value": value, "url": address}]
        )
        return page

    return signed_in


def judge(page: Page, **changed: str) -> None:
    """Every gate yes and every score two, pressed as a person would."""
    answers = {f"gate_{name}": "ya" for name in GATES} | {f"score_{name}": "2" for name in SCORES} | changed
    for name, value in answers.items():
        page.locator(f"input[name={name}][value='{value}']").check()


def of(session: Session, revision: Revision) -> str:
    session.expire_all()
    return revision.status


@WITH_AND_WITHOUT_SCRIPT
def test_a_work_is_sent_back_with_a_reason_mended_and_approved(
    session: Session, who: Cast, enter: Callable[..., Page], javascript: bool
) -> None:
    revision = work(session, who, title_id="Tais Raihat")
    session.commit()
    page = enter(who.sari, javascript=javascript, width=360)
    page.goto("/kurasi")
    page.get_by_role("button", name="Ambil berikutnya").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tais Raihat")
    page.get_by_role("checkbox", name="F1 Foto buram").check()
    page.get_by_label("Catatan untuk pembuat").fill("Foto di luar rumah.")
    page.get_by_role("button", name="Minta perbaikan").click()
    expect(page.get_by_text("Perlu perbaikan: Tais Raihat")).to_be_visible()
    assert of(session, revision) == "changes_requested"

    chair = enter(who.chair, javascript=javascript, width=360)
    chair.goto(f"/studio/karya/{revision.listing_id}")
    expect(chair.get_by_text("Foto belum tajam sehingga pengerjaan tidak terlihat.")).to_be_visible()
    expect(chair.get_by_text("Foto di luar rumah.")).to_be_visible()
    chair.goto(f"/studio/karya/{revision.listing_id}/nama")
    chair.get_by_label("Nama karya").fill("Tais Raihat Baru")
    chair.get_by_role("button", name="Simpan dan lanjut").click()
    chair.goto(f"/studio/karya/{revision.listing_id}/periksa")
    chair.get_by_role("button", name="Kirim untuk dikurasi").click()
    expect(chair.get_by_text("Menunggu kurasi").first).to_be_visible()

    page.goto("/kurasi")
    page.get_by_role("link", name="Tais Raihat Baru").click()
    page.get_by_text("Riwayat karya ini (1)").click()
    expect(page.get_by_text("Foto di luar rumah.")).to_be_visible()
    judge(page)
    page.get_by_role("button", name="Setujui dan tayangkan").click()
    expect(page.get_by_text("Antrean kosong")).to_be_visible()
    assert of(session, revision) == "published"
    page.goto("/karya/tais-raihat-baru")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tais Raihat Baru")


@WITH_AND_WITHOUT_SCRIPT
def test_a_printed_cloth_is_rejected_by_two_and_its_appeal_heard_by_a_third(
    session: Session, who: Cast, enter: Callable[..., Page], javascript: bool
) -> None:
    revision = work(session, who, title_id="Kain Cetak")
    session.commit()
    address = f"/kurasi/karya/{revision.id}"
    first = enter(who.sari, javascript=javascript)
    first.goto(address)
    first.get_by_role("checkbox", name="X2").check()
    first.get_by_role("button", name="Tolak").click()
    first.goto(address)
    expect(first.get_by_text("Orang lain yang memberi putusan kedua")).to_be_visible()

    second = enter(who.fransiskus, javascript=javascript)
    second.goto(address)
    second.get_by_role("button", name="Kuatkan penolakan").click()
    second.wait_for_url(re.compile("diputus="))
    assert of(session, revision) == "rejected"

    chair = enter(who.chair, javascript=javascript, width=360)
    chair.goto(f"/studio/karya/{revision.listing_id}")
    chair.locator("textarea").fill("Ini tenun tangan, silakan datang.")
    chair.get_by_role("button", name="Ajukan banding").click()
    expect(chair.get_by_text("Banding menunggu orang")).to_be_visible()
    third = enter(who.agus, javascript=javascript)
    third.goto("/kurasi?keadaan=appealed")
    third.get_by_role("link", name="Kain Cetak").click()
    expect(third.get_by_text("Ini tenun tangan, silakan datang.")).to_be_visible()
    third.get_by_role("button", name="Tolak banding").click()
    third.wait_for_url(re.compile("diputus="))
    assert of(session, revision) == "rejected"
    chair.reload()
    expect(chair.get_by_text("Keputusan ini akhir.")).to_be_visible()
    assert chair.goto("/karya/kain-cetak").status == 404
    assert session.scalars(select(Decision.kind).order_by(Decision.id)).all() == [
        "propose_rejection", "confirm_rejection", "uphold"]  # fmt: skip


@WITH_AND_WITHOUT_SCRIPT
def test_two_curators_in_two_browsers_one_wins_and_the_other_reads_what_happened(
    session: Session, who: Cast, enter: Callable[..., Page], javascript: bool
) -> None:
    revision = work(session, who)
    session.commit()
    sari, agus = enter(who.sari, javascript=javascript), enter(who.agus, javascript=javascript)
    for page in (sari, agus):
        page.goto(f"/kurasi/karya/{revision.id}")
        judge(page)
    sari.get_by_label("Catatan untuk pembuat").fill("Rapi sekali.")
    agus.get_by_role("button", name="Setujui dan tayangkan").click()
    agus.wait_for_url(re.compile("diputus="))
    sari.get_by_role("button", name="Setujui dan tayangkan").click()
    expect(sari.get_by_text("Agus sudah memutuskan pukul")).to_be_visible()
    assert session.scalars(select(Decision.curator_id)).all() == [who.agus.id]
    kept = session.scalars(select(ReviewDraft).where(ReviewDraft.curator_id == who.sari.id)).one()
    assert (kept.note, len(kept.scores)) == ("Rapi sekali.", 8)


@ON_SQLITE
def test_a_morning_is_cleared_by_keys_and_typing_in_a_note_decides_nothing(
    session: Session, who: Cast, enter: Callable[..., Page]
) -> None:
    first, second, third = (work(session, who, title_id=f"Karya {name}") for name in ("Satu", "Dua", "Tiga"))
    session.commit()
    page = enter(who.sari)
    page.goto("/kurasi")
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_have_text("Karya Satu")

    page.get_by_label("Catatan untuk pembuat").focus()
    page.keyboard.type("apa taja 1 j k")
    expect(page.get_by_label("Catatan untuk pembuat")).to_have_value("apa taja 1 j k")
    assert of(session, first) == "in_review"
    page.get_by_label("Catatan untuk pembuat").fill("")
    page.get_by_role("heading", level=1).click()

    page.keyboard.press("a")  # nothing is filled in: the answer is a list of what is lacking
    expect(page.get_by_role("alert")).to_contain_text("13 isian")
    judge(page)
    for number in range(1, 9):
        page.keyboard.press(str(number))
        expect(page.locator(".scores li").nth(number - 1).locator("input:checked")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-points]")).to_have_text("17")
    page.keyboard.press("a")
    expect(page.get_by_role("heading", level=1)).to_have_text("Karya Dua")
    assert of(session, first) == "published"

    page.get_by_role("button", name="Urungkan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Karya Satu")
    assert of(session, first) == "in_review"
    page.keyboard.press("a")
    expect(page.get_by_role("heading", level=1)).to_have_text("Karya Dua")

    page.keyboard.press("t")  # asks for the reason
    expect(page.get_by_text("Pilih alasan penolakan, lalu tekan T.")).to_be_visible()
    page.get_by_role("checkbox", name="Q2 Luntur").check()
    page.keyboard.press("t")  # asks once more
    expect(page.get_by_text("Tekan T sekali lagi untuk menolak.")).to_be_visible()
    assert of(session, second) == "in_review"
    page.keyboard.press("t")
    expect(page.get_by_role("heading", level=1)).to_have_text("Karya Tiga")
    assert of(session, second) == "rejected"

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Pintasan papan ketik")).to_be_visible()
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    expect(page.get_by_role("dialog", name="Foto diperbesar")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_role("dialog", name="Foto diperbesar")).to_be_hidden()
    page.keyboard.press("d")
    expect(page.locator("#banding")).to_be_focused()
    page.get_by_role("checkbox", name="F1 Foto buram").check()
    page.keyboard.press("p")
    expect(page.get_by_text("Antrean kosong")).to_be_visible()
    assert of(session, third) == "changes_requested"


@ON_SQLITE
def test_shortcuts_can_be_switched_off(session: Session, who: Cast, enter: Callable[..., Page]) -> None:
    revision = work(session, who)
    who.sari.shortcuts_on = False
    session.commit()
    page = enter(who.sari)
    page.goto(f"/kurasi/karya/{revision.id}")
    judge(page)
    page.keyboard.press("a")
    page.keyboard.press("?")
    expect(page.get_by_role("button", name="Setujui dan tayangkan")).to_be_visible()
    assert of(session, revision) == "submitted"


@ON_SQLITE
def test_the_draft_is_kept_while_one_writes(session: Session, who: Cast, enter: Callable[..., Page]) -> None:
    revision = work(session, who)
    session.commit()
    page = enter(who.sari)
    page.goto(f"/kurasi/karya/{revision.id}")
    with page.expect_response(re.compile("/draf$")) as answer:
        page.get_by_label("Catatan dalam").fill("Tanya tetua dulu")
    assert answer.value.status == 204
    page.reload()
    expect(page.get_by_label("Catatan dalam")).to_have_value("Tanya tetua dulu")


@ON_SQLITE
def test_the_undo_bar_leaves_when_its_time_is_over(
    session: Session, who: Cast, enter: Callable[..., Page]
) -> None:
    revision = work(session, who)
    session.commit()
    page = enter(who.sari)
    page.clock.install()
    page.goto(f"/kurasi/karya/{revision.id}")
    judge(page)
    page.get_by_role("button", name="Setujui dan tayangkan").click()
    expect(page.get_by_role("button", name="Urungkan")).to_be_visible()
    page.clock.run_for(11_000)
    expect(page.get_by_role("button", name="Urungkan")).to_be_hidden()


@pytest.mark.parametrize("width", [360, 1280])
@ON_SQLITE
def test_every_page_of_the_room_is_accessible_and_never_scrolls_sideways(
    session: Session, who: Cast, enter: Callable[..., Page], width: int
) -> None:
    waiting = {
        status: work(session, who, status) for status in ("submitted", "rejection_proposed", "appealed")
    }
    live = factories.published(session, who.group, who.chair)
    to_status(session, who, waiting["submitted"], "submitted")
    session.commit()
    page = enter(who.agus, width=width)
    page.set_viewport_size({"width": width, "height": 3000})  # a bar at the foot covers nothing then
    pages = [f"/kurasi/karya/{revision.id}" for revision in waiting.values()]
    pages += [f"/kurasi/karya/{live.live_revision_id}", f"{pages[0]}/foto/0", "/kurasi", "/kurasi?keadaan=report",
              "/kurasi/keputusan", "/kurasi/laporan", f"/en{pages[0]}"]  # fmt: skip
    for address in pages if width == 360 else pages[:2]:
        page.goto(address)
        assert_accessible(page)
        assert_no_horizontal_scroll(page)
    page.goto(pages[0])
    page.get_by_role("button", name="Setujui dan tayangkan").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page)
    assert_no_horizontal_scroll(page)
