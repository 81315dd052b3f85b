"""The demo data: worth looking at, in every state, once, and gone and back on request."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop import council
from shop.config import BELU
from shop.demo.makers import read_makers
from shop.demo.pictures import has_rendering
from shop.demo.threads import TALKS, Talk
from shop.demo.works import pictures_of, read_works
from shop.domain.craft import KINDS, MATERIALS, TECHNIQUES, Craft
from shop.domain.listing import Status
from shop.models import CatalogueEntry, Inquiry, Listing, Person, Photo, Producer, Revision


def test_the_makers_live_in_real_villages_and_none_makes_pottery_where_belu_has_none() -> None:
    belu = council.read(BELU)
    makers = read_makers()
    assert len(makers) == 24
    for maker in makers:
        assert belu.has_village(maker["district"], maker["village"]), maker["name"]
        assert len(maker["quote_id"]) <= 240
        assert maker["story_en"]


def test_the_works_are_of_their_crafts_and_each_has_a_picture_for_every_slot() -> None:
    works = read_works()
    assert len(works) == 120
    assert {work["craft"] for work in works} == set(Craft)
    for work in works:
        craft = Craft(work["craft"])
        assert work["kind"] in KINDS[craft], work["title_id"]
        assert work["technique"] in TECHNIQUES[craft], work["title_id"]
        assert work["material"] in MATERIALS[craft], work["title_id"]
        for name in pictures_of(work).values():
            drawn = name.base.startswith("kain:")
            assert drawn or any(has_rendering(name.base, slot) for slot in ("utuh", "depan")), name


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_the_demo_fills_the_shop_once_and_again_after_a_reset(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"Lemari Dua Pintu Ukir", "Tais Lajur Merah"}
    few = [row for row in read_works() if row["title_id"] in asked or _quickly_drawn(row)]
    monkeypatch.setattr("shop.demo.command.read_works", lambda: few)
    monkeypatch.setattr("shop.demo.threads.TALKS", _talks_about(asked))
    run = app.test_cli_runner().invoke

    first = run(args=["demo"])
    assert first.exit_code == 0, first.output
    counts = _counts(session)
    assert counts["producers"] == 26
    assert counts["inquiries"] == 2
    published = select(func.count()).where(Listing.status == "published")
    assert counts["entries"] == session.scalar(published)
    assert counts["entries"]

    assert run(args=["demo"]).exit_code == 0
    session.rollback()
    assert _counts(session) == counts

    again = run(args=["demo", "--reset"])
    assert again.exit_code == 0, again.output
    session.rollback()
    assert _counts(session) == counts


def test_the_works_are_in_every_state_of_their_life() -> None:
    states = {row["state"].partition(":")[0] for row in read_works()}
    of_status = {
        Status.DRAFT: "draft",
        Status.SUBMITTED: "submitted",
        Status.IN_REVIEW: "in_review",
        Status.CHANGES_REQUESTED: "changes",
        Status.REJECTION_PROPOSED: "rejection_proposed",
        Status.REJECTED: "rejected",
        Status.APPEALED: "appealed",
        Status.PUBLISHED: "published",
        Status.HIDDEN_BY_PRODUCER: "hidden_by_producer",
        Status.HIDDEN_BY_CURATOR: "hidden_by_curator",
        Status.ARCHIVED: "archived",
    }
    assert set(of_status) == set(Status)
    assert set(of_status.values()) <= states


def _quickly_drawn(row: dict[str, str]) -> bool:
    return row["state"] != "published" and not row["variant"] and not row["picture"].startswith("kain")


def _talks_about(titles: set[str]) -> list[Talk]:
    return [talk for talk in TALKS if talk.title in titles][:2]


def _counts(session: Session) -> dict[str, int | None]:
    tables = {
        "people": Person,
        "producers": Producer,
        "listings": Listing,
        "revisions": Revision,
        "photos": Photo,
        "entries": CatalogueEntry,
        "inquiries": Inquiry,
    }
    return {name: session.scalar(select(func.count()).select_from(table)) for name, table in tables.items()}
