"""What makers read about decisions: letters in both languages, and the words of the WhatsApp message."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import decisions, second_opinions, takedowns
from shop.domain.curation import Judgement
from shop.models import Notice, Revision
from shop.web.letters import letter, whatsapp_words
from tests import factories
from tests.curating import LATER, PASSES, Cast, cast, revision_of_live, work
from tests.page import Visitor

SAID = Judgement(codes=("F1",), note="Foto ulang <di luar>.", internal_note="Rahasia galeri")
Act = Callable[[Session, Cast], Revision]


def approved(session: Session, who: Cast) -> Revision:
    revision = work(session, who)
    decisions.approve(session, revision, PASSES, by=who.sari, version=revision.version, at=LATER)
    return revision


def sent_back(session: Session, who: Cast) -> Revision:
    revision = work(session, who)
    decisions.request_changes(session, revision, SAID, by=who.sari, version=revision.version, at=LATER)
    return revision


def rejected(session: Session, who: Cast) -> Revision:
    revision = work(session, who)
    decisions.reject(session, revision, SAID, by=who.sari, version=revision.version, at=LATER)
    return revision


def upheld(session: Session, who: Cast) -> Revision:
    revision = work(session, who, "appealed")
    second_opinions.uphold(session, revision, SAID, by=who.agus, version=revision.version, at=LATER)
    return revision


def granted(session: Session, who: Cast) -> Revision:
    revision = work(session, who, "appealed")
    second_opinions.grant(session, revision, SAID, by=who.agus, version=revision.version, at=LATER)
    return revision


def taken_down(session: Session, who: Cast) -> Revision:
    listing = factories.published(session, who.group, who.chair)
    takedowns.take_down(session, listing, SAID, by=who.sari, version=listing.version, at=LATER)
    return listing.revisions[0]


def restored(session: Session, who: Cast) -> Revision:
    listing = factories.published(session, who.group, who.chair)
    listing.status = "hidden_by_curator"
    session.flush()
    takedowns.restore(session, listing, SAID, by=who.sari, version=listing.version, at=LATER)
    return listing.revisions[0]


def reverted(session: Session, who: Cast) -> Revision:
    listing = revision_of_live(session, who, "published").listing
    listing.live_revision_id, listing.unacknowledged_since = listing.revisions[1].id, LATER
    session.flush()
    takedowns.revert(session, listing, SAID, by=who.sari, seen_revision_id=listing.revisions[1].id, at=LATER)
    return listing.revisions[1]


KINDS: dict[str, Act] = {
    "listing_approved": approved,
    "listing_changes_requested": sent_back,
    "listing_rejected": rejected,
    "listing_appeal_upheld": upheld,
    "listing_appeal_granted": granted,
    "listing_taken_down": taken_down,
    "listing_restored": restored,
    "listing_reverted": reverted,
}


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_decision_has_its_letter(app: Flask, session: Session, kind: str, language: str) -> None:
    who = cast(session)
    who.chair.language = language
    revision = KINDS[kind](session, who)
    notice = session.scalars(select(Notice)).one()
    assert (notice.kind, notice.language) == (kind, language)
    with app.test_request_context("/"):
        made = letter(notice, token=None)
        words = whatsapp_words(notice, token=None)
    title = revision.title_en if language == "en" else revision.title_id
    assert title in made.subject
    for text in (made.text, made.html, words):
        assert title in text
        assert "Rahasia" not in text
        assert "/en/" in text if language == "en" else "/en/" not in text
    if kind != "listing_approved":
        assert "Foto ulang <di luar>." in made.text
        assert "Foto ulang &lt;di luar&gt;." in made.html
        sentence = {"id": "Foto belum tajam", "en": "sharp"}[language]
        assert sentence in made.text
        assert sentence in made.html
    assert "\n\n\n" not in words


@pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)
def test_a_maker_without_email_is_told_by_the_curator_who_decided(app: Flask, session: Session) -> None:
    who = cast(session)
    who.chair.email, who.chair.phone = None, "+6281298765432"
    sent_back(session, who)
    session.commit()
    sari = Visitor(app.test_client()).signed_in(session, who.sari)
    page = sari.get("/kurasi/pesanan?bagian=perlu-dikirim")
    assert "Kepada Martha Mau: Perlu perbaikan: Tais Lajur Merah" in page.text
    assert [link.split()[1:] for link in _doors(page) if link.startswith("Pesanan")] == [["1"]]


def _doors(page: object) -> list[str]:
    return [" ".join(a.text_content().split()) for a in page.html.xpath("//nav[@class='room-nav']/a")]  # type: ignore[attr-defined]
