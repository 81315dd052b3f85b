"""Who is told what, whose thread it is, what the log says."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import asking, inquiries, talking
from shop.actions.asking import Question, Wanted
from shop.domain.deal import CannotAsk
from shop.domain.errors import NotAllowed, WrongState
from shop.domain.roles import Actor
from shop.models import Event, Inquiry, Listing, Notice, Person
from shop.queries.inquiries import usual_answer, who_answers
from shop.queries.notices import to_hand_over
from tests import factories
from tests.factories import AT

GUEST = Question(
    name="Ratna", phone="+6281234563210", email=None, language="id", destination="Kupang", wish="Masih ada?"
)


def work(session: Session, maker: Person | None = None, **values: object) -> Listing:
    maker = maker or factories.person(session, "Maria")
    return factories.published(session, factories.producer(session, chair=maker), maker, **values)


def ask(session: Session, *works: Listing, key: str = "k", question: Question = GUEST) -> Inquiry:
    wanted = [Wanted(one) for one in works]
    return asking.ask(session, wanted, question, form_key=key, prefix="BLU", at=AT)[0]


def test_the_words_of_the_work_are_kept_as_they_stood(session: Session) -> None:
    listing = work(session, price_idr=650_000)
    inquiry = ask(session, listing)
    listing.price_idr = 1
    assert (inquiry.items[0].title, inquiry.items[0].price_idr) == ("Tais Lajur Merah", 650_000)
    step = session.scalars(select(Event)).one()
    assert (step.what, step.actor, step.to_status, step.by_id) == ("ask", "buyer", "asked", None)


def test_one_inquiry_is_about_one_maker(session: Session) -> None:
    with pytest.raises(ValueError, match="one maker"):
        ask(session, work(session), work(session))


@pytest.mark.parametrize("what", ["hidden_by_producer", "hidden_by_curator", "archived", "suspended"])
def test_what_is_not_on_show_is_not_asked_about(session: Session, what: str) -> None:
    listing = work(session)
    if what == "suspended":
        listing.producer.status = what
    else:
        listing.status = what
    session.flush()
    with pytest.raises(CannotAsk):
        ask(session, listing)
    assert session.scalars(select(Inquiry)).all() == []


def test_chairs_and_assistants_are_told_and_a_group_without_them_as_a_whole(session: Session) -> None:
    chair, weaver, helper, gone = (
        factories.person(session, name) for name in ("Maria", "Yuli", "Yanti", "Rosa")
    )
    group = factories.producer(session, chair=chair)
    factories.member(session, group, weaver, role="member")
    factories.member(session, group, helper, role="assistant")
    factories.member(session, group, gone, role="assistant").left_at = AT
    session.flush()
    assert who_answers(session, group) == [chair, helper]
    leaderless = factories.producer(session)
    factories.member(session, leaderless, weaver, role="member")
    assert who_answers(session, leaderless) == [weaver]


def test_a_maker_with_a_number_only_is_told_by_the_gallerys_hand(session: Session) -> None:
    maker = factories.person(session, "Maria", email=None, phone="+6281200000077")
    ask(session, work(session, maker))
    notice = session.scalars(select(Notice)).one()
    assert (notice.channel, notice.to_phone, notice.hand_over_by_id) == ("whatsapp", "+6281200000077", None)
    assert "token" not in notice.facts and notice.facts["link"] == "producer"


def test_a_maker_nobody_belongs_to_is_told_at_the_number_of_the_workshop(session: Session) -> None:
    maker = factories.person(session, "Maria")
    ask(session, factories.published(session, factories.producer(session), maker))
    assert session.scalars(select(Notice)).one().to_phone == "+6281234567890"


def test_the_answer_to_a_guest_without_email_is_handed_over_by_who_answered(session: Session) -> None:
    maria = factories.person(session, "Maria")
    factories.sign_in(session, maria)
    inquiry = ask(session, work(session, maria))
    talking.reply(
        session, inquiry, side=Actor.PRODUCER, by=maria, text="Ada.", form_key="r", at=AT, handed_by=maria
    )
    notice = session.scalars(select(Notice).where(Notice.kind == "inquiry_message")).one()
    assert (notice.channel, notice.hand_over_by_id) == ("whatsapp", maria.id)
    kinds = [[one.kind for one in to_hand_over(session, at=AT + timedelta(hours=h))] for h in (11, 12)]
    assert "inquiry_message" not in kinds[0], "it is in Maria's hand"
    assert "inquiry_message" in kinds[1], "what she left lying becomes the gallery's"


def test_a_step_twice_is_refused(session: Session) -> None:
    inquiry = ask(session, work(session))
    inquiries.decline(session, inquiry, by=None, reason="", at=AT)
    with pytest.raises(WrongState):
        inquiries.withdraw(session, inquiry, by=None, reason="", at=AT)
    assert inquiry.status == "declined"


def test_threads_join_an_account_through_its_confirmed_email_only(session: Session) -> None:
    listing = work(session)
    mine = ask(session, listing, question=Question(**GUEST.__dict__ | {"email": "ratna@contoh.test"}))
    other = ask(
        session, listing, key="k2", question=Question(**GUEST.__dict__ | {"email": "joko@contoh.test"})
    )
    ratna = factories.person(session, "Ratna", email="ratna@contoh.test", email_confirmed_at=None)
    assert inquiries.keep_confirmed(session, ratna, at=AT) == 0
    ratna.email_confirmed_at = AT
    assert inquiries.keep_confirmed(session, ratna, at=AT) == 1
    assert (mine.buyer_id, other.buyer_id) == (ratna.id, None)
    with pytest.raises(NotAllowed):
        inquiries.keep(session, mine, by=factories.person(session, "Joko"), at=AT)


def test_the_usual_time_is_the_middle_one_and_unknown_before_three_answers(session: Session) -> None:
    listing = work(session)
    for number, hours in enumerate((1, 30, 5)):
        assert usual_answer(session, listing.producer, at=AT) is None
        inquiry = ask(session, listing, key=f"k{number}")
        inquiry.answered_at = AT + timedelta(hours=hours)
        session.flush()
    assert usual_answer(session, listing.producer, at=AT + timedelta(days=2)) == timedelta(hours=5)
    assert usual_answer(session, listing.producer, at=AT + timedelta(days=400)) is None
