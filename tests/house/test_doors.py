"""Every door of the address map: closed to who is nobody, to who has another task, and to neighbours.

A new view is tried without anybody thinking of it. What it takes out of its address must be known here (`things`): then
a stranger, a neighbouring maker and a guest get a 404 for somebody else's, or the view is named among those that show
the same to everybody, with the reason.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.domain.documents import file_words
from shop.models import Document, Inquiry, Notice, OneTimeLink, Person, SavedAddress, SignIn
from tests import factories
from tests.blueprints.test_ordering import ordered
from tests.house.test_routes import FOR_SOME, UNSAFE, address, doors
from tests.page import Visitor

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

#: Views whose address names nothing of anybody, and why.
FOR_EVERYBODY = {
    "account.consent": "one's own purposes",
    "account.withdraw_consent": "one's own purposes",
    "account.open_link": "a secret of 256 bits",
    "catalogue.craft": "the catalogue",
    "catalogue.forget": "one's own list",
    "catalogue.maker": "the catalogue",
    "catalogue.photo": "the catalogue",
    "catalogue.report": "the catalogue",
    "catalogue.save": "one's own list",
    "catalogue.send_report": "the catalogue",
    "catalogue.work": "the catalogue",
    "inquiry.ask": "the catalogue",
    "inquiry.enter": "a secret of 256 bits",
    "inquiry.link_again": "the same answer, whether there is such a thread",
    "inquiry.put_in": "one's own basket",
    "inquiry.send": "the catalogue",
    "payment.demo_choice": "development only, by a random reference",
    "payment.demo_desk": "development only, by a random reference",
    "studio.add_piece": "what one began oneself, by one's own name for it",
    "studio.pieces": "what one began oneself, by one's own name for it",
    "studio.statement": "one's own months",
    "studio.statement_as_csv": "one's own months",
    "studio.statement_as_pdf": "one's own months",
}
#: Words of an address that choose a page, not whose it is.
WORDS = {
    "word": {"inquiry.order_step": "jadi", "inquiry.order_step_now": "jadi", "studio.step": "nama", "studio.save_step": "nama"},
    "step": {"inquiry.end": "batal", "inquiry.end_now": "batal"},
    "kind": {"inquiry.qris_picture": "svg"},
    "role": {"studio.give_role": "assistant"},
}  # fmt: skip
#: Pages of the thread that are the maker's; all others of it the buyer may open, if at another moment.
OF_THE_MAKER = {"inquiry.quote", "inquiry.order_step"}
#: Not there for the owner either, at this moment.
NOT_NOW = {"inquiry.qris_picture"}


@pytest.fixture
def quiet(app: Flask) -> Flask:
    """The shop without the forms' tokens, so that posts reach what guards the view itself."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def methods(rule: Any) -> Iterator[str]:
    yield from sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})


def turned_away(app: Flask, visitor: Visitor, opens: set[str], expected: set[int]) -> list[str]:
    """Doors for others that answered otherwise than expected."""
    wrong = []
    for rule, access in doors(app):
        if access in FOR_SOME - opens:
            for method in methods(rule):
                answer = visitor.client.open(address(app, rule), method=method)
                sent = answer.headers.get("Location", "")
                if answer.status_code not in expected or (sent and "/masuk" not in sent):
                    wrong.append(f"{method} {rule.rule}: {answer.status} {sent}")
    return wrong


def test_nobody_is_sent_to_sign_in_by_every_door_and_method(quiet: Flask) -> None:
    assert turned_away(quiet, Visitor(quiet.test_client()), set(), {302, 303}) == []


def test_every_room_is_closed_to_people_of_the_other_rooms(quiet: Flask, session: Session) -> None:
    maker = factories.person(session, "Maria")
    factories.producer(session, chair=maker)
    left = factories.person(session, "Agus")
    factories.member(session, factories.producer(session), left).left_at = factories.AT
    people = {
        "who left a group": (left, {"signed_in"}),
        "a maker": (maker, {"signed_in", "producer_only"}),
        "a curator": (factories.curator(session), {"signed_in", "curator_only"}),
        "an administrator": (
            factories.person(session, "Ana", is_administrator=True),
            {"signed_in", "curator_only", "admin_only"},
        ),
    }
    session.commit()
    for name, (who, opens) in people.items():
        visitor = Visitor(quiet.test_client()).signed_in(session, who)
        assert turned_away(quiet, visitor, opens, {404}) == [], name


def test_an_empty_form_is_answered_by_every_door(quiet: Flask, session: Session) -> None:
    """By the page with its sentences, by a refusal, by what was done: never by an error of ours."""
    who = factories.curator(session, is_administrator=True, matches_payments=True)
    listing = factories.listing(session, factories.producer(session, chair=who), who)
    own = {"listing_id": listing.id, "revision_id": listing.revisions[0].id, "producer_id": listing.producer_id,
           "person_id": who.id, "word": "nama"}  # fmt: skip
    visitor = Visitor(quiet.test_client()).signed_in(session, who)
    wrong = []
    for rule, access in doors(quiet):
        for method in (
            set(methods(rule)) & UNSAFE if access != "machine" and rule.endpoint != "account.sign_out" else ()
        ):
            known = {name: own[name] for name in rule.arguments if name in own}
            for path in {address(quiet, rule), address(quiet, rule, **known)}:
                status = visitor.client.open(path, method=method).status_code
                if status >= 500:
                    wrong.append(f"{method} {path}: {status}")
    assert not wrong


def things(session: Session, inquiry: Inquiry, maria: Person, ratna: Person) -> dict[str, Any]:
    """Something of the maker's and the buyer's for every name in an address."""
    listing = inquiry.items[0].listing
    producer = listing.producer
    kept = SavedAddress(person_id=ratna.id, address={"penerima": "Ratna"}, created_at=factories.AT)
    link = OneTimeLink(token_hash="x" * 64, purpose="join_producer", producer_id=producer.id, made_by_id=maria.id,
                       facts={"role": "member"}, created_at=factories.AT, expires_at=factories.AT.replace(year=2099))  # fmt: skip
    notice = Notice(kind="inquiry_reply", channel="whatsapp", to_phone="+6281234563210", person=ratna, inquiry=inquiry,
                    hand_over_by_id=maria.id, language="id", created_at=factories.AT, due_at=factories.AT,
                    facts={"code": inquiry.code})  # fmt: skip
    member = factories.member(session, producer, factories.person(session, "Agus"), "member")
    session.add_all([kept, link, notice])
    session.flush()
    paper = session.scalars(select(Document).where(Document.inquiry_id == inquiry.id)).first()
    assert paper is not None
    return {
        "code": inquiry.code,
        "number": file_words(paper.kind, paper.year, paper.number),
        "listing_id": listing.id,
        "address_id": kept.id,
        "link_id": link.id,
        "member_id": member.id,
        "notice_id": notice.id,
    }


def address_of(app: Flask, rule: Any, known: dict[str, Any], names: dict[str, str]) -> str:
    """The rule with somebody's things in it. Fails for a name that nobody has thought of."""
    values = {}
    for name in rule.arguments:
        chosen = WORDS.get(name, {}).get(rule.endpoint)
        value = names.get(rule.endpoint.partition(".")[0]) if name == "name" else chosen or known.get(name)
        assert value is not None, (
            f"{rule.rule}: say in tests/house/test_doors.py whose {name!r} a neighbour tries here, or why it is nobody's"
        )
        values[name] = value
    return app.url_map.bind("localhost").build(rule.endpoint, values, append_unknown=False)


def test_neighbours_find_nothing_of_others_by_any_door(quiet: Flask, session: Session) -> None:
    inquiry, _order, maria, ratna = ordered(session, quiet)
    known = things(session, inquiry, maria, ratna)
    of_thread = factories.photo(session, inquiry_id=inquiry.id)
    own = factories.photo(session, inquiry.producer)
    draft = factories.listing(session, inquiry.producer, maria)
    known["listing_id"] = draft.id
    names = {"inquiry": of_thread.name, "studio": draft.revisions[0].photos[0].photo.name}
    factories.sign_in(session, ratna)
    known["sign_in_id"] = session.scalars(select(SignIn.id).where(SignIn.person_id == ratna.id)).first()
    known["file"] = f"{own.name}-360.jpg"
    neighbour = factories.person(session, "Yosefina")
    factories.producer(session, "Kelompok Sebelah", chair=neighbour)
    strangers = {
        "a guest": Visitor(quiet.test_client()),
        "another buyer": Visitor(quiet.test_client()).signed_in(session, factories.person(session, "Tono")),
        "another maker": Visitor(quiet.test_client()).signed_in(session, neighbour),
    }
    owners = {"buyer": Visitor(quiet.test_client()).signed_in(session, ratna),
              "maker": Visitor(quiet.test_client()).signed_in(session, maria)}  # fmt: skip
    session.commit()
    wrong, tried = [], 0
    for rule, access in doors(quiet):
        if not rule.arguments or access not in {"public", "signed_in", "producer_only"}:
            continue
        if rule.endpoint in FOR_EVERYBODY:
            continue
        path = address_of(quiet, rule, known, names)
        for name, visitor in strangers.items():
            for method in methods(rule):
                sent = {"cara": "qris"} if method == "POST" else None
                answer = visitor.client.open(path, method=method, data=sent, follow_redirects=True)
                asked_in = name == "a guest" and access in FOR_SOME and answer.request.path == "/masuk"
                tried += 1
                if answer.status_code != 404 and not asked_in:
                    wrong.append(f"{name}: {method} {rule.rule}: {answer.status}")
        if "GET" in (rule.methods or ()) and rule.endpoint not in NOT_NOW:
            mine = (
                access == "producer_only" or rule.endpoint in OF_THE_MAKER or rule.endpoint == "media.photo"
            )
            answer = owners["maker" if mine else "buyer"].client.get(path, follow_redirects=True)
            if answer.status_code == 404 and not rule.endpoint.endswith(".photo"):
                wrong.append(f"its owner: GET {rule.rule}: {answer.status}")
    assert not wrong, "\n".join(wrong)
    assert tried > 100
