"""Notices leave at least once, whatever the mail server does."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import delivery
from shop.actions.notices import tell, tell_address
from shop.domain.tokens import hash_token
from shop.gateways.smtp_mail import SmtpMail
from shop.models import Notice, PrivateLink
from shop.ports import Letter, LetterRefused
from shop.tasks.notices import send_waiting
from tests import factories
from tests.factories import AT
from tests.gateways.test_mail import Mailbox, server
from tests.ground.serving import free_port


class Post:
    """A mail server in memory that can be down."""

    def __init__(self) -> None:
        self.problem: OSError | None = None
        self.taken: list[Letter] = []

    def send(self, letter: Letter) -> None:
        if self.problem is not None:
            raise self.problem
        self.taken.append(letter)


@pytest.fixture
def post(app: Flask) -> Post:
    post = Post()
    app.extensions["shop"] = replace(app.extensions["shop"], mail=post, clock=lambda: AT)
    return post


def at(app: Flask, moment: datetime) -> None:
    app.extensions["shop"] = replace(app.extensions["shop"], clock=lambda: moment)


def run(app: Flask) -> None:
    with app.app_context():
        while send_waiting(app):
            pass


def waiting(session: Session, **values: Any) -> Notice:
    """An e-mail to a guest about their thread, due now."""
    maker = factories.person(session, "Maria")
    work = factories.published(session, factories.producer(session, chair=maker), maker)
    asked = factories.inquiry(session, work, buyer_email="ratna@contoh.test", language="en")
    facts = {"code": asked.code, "who": "Maria", "text": "Bisa, Ibu.", "name": "Ratna", "link": "buyer"}
    notice = tell_address(
        session,
        "inquiry_message",
        email="ratna@contoh.test",
        phone=None,
        language="en",
        at=AT,
        facts=facts,
        inquiry=asked,
        **values,
    )
    session.commit()
    return notice


def test_a_letter_goes_out_in_its_readers_language_with_a_fresh_link(
    app: Flask, session: Session, post: Post
) -> None:
    notice = waiting(session)
    run(app)
    (letter,) = post.taken
    assert letter.to == "ratna@contoh.test"
    assert letter.subject == f"New message from Maria ({notice.facts['code']})"
    assert "Hello Ratna," in letter.text and "“Bisa, Ibu.”" in letter.text
    assert "Hello Ratna," in letter.html and 'lang="en"' in letter.html
    token = letter.text.partition("/en/t/")[2].split()[0]
    link = session.scalars(select(PrivateLink)).one()
    assert link.token_hash == hash_token(token) and link.side == "buyer"
    assert token not in repr(session.execute(select(Notice.facts, Notice.last_problem)).all())
    session.refresh(notice)
    assert notice.sent_at == AT and notice.attempts == 1
    run(app)
    assert len(post.taken) == 1, "what was sent is not sent again"


def test_while_the_server_is_down_nothing_is_lost_and_afterwards_nothing_is_doubled(
    app: Flask, session: Session, post: Post
) -> None:
    notice = waiting(session)
    post.problem = ConnectionRefusedError("nobody listens")
    run(app)
    session.refresh(notice)
    assert notice.sent_at is None and "nobody listens" in notice.last_problem
    post.problem = None
    run(app)
    assert post.taken == [], "it waits for its pause"
    at(app, AT + timedelta(minutes=1))
    run(app)
    run(app)
    session.refresh(notice)
    assert len(post.taken) == 1 and notice.sent_at == AT + timedelta(minutes=1) and notice.last_problem == ""


def test_a_real_server_that_comes_back_gets_each_letter_once(app: Flask, session: Session) -> None:
    first, second = waiting(session), waiting(session)
    port, mailbox = free_port(), Mailbox()
    mail = SmtpMail(f"smtp://127.0.0.1:{port}", "Toko", "toko@contoh.test")
    app.extensions["shop"] = replace(app.extensions["shop"], mail=mail, clock=lambda: AT)
    run(app)
    run(app)
    session.refresh(first)
    assert first.attempts == 1 and "refused" in first.last_problem.lower()
    at(app, AT + timedelta(minutes=1))
    with server(mailbox, port=port):
        run(app)
        run(app)
    ids = sorted(str(letter["Message-ID"]) for letter in mailbox.taken)
    assert ids == [f"<notice-{notice.id}@localhost>" for notice in (first, second)]


def test_a_worker_that_died_over_a_letter_leaves_it_to_the_next_under_the_same_message_id(
    app: Flask, session: Session, post: Post
) -> None:
    notice = waiting(session)
    delivery.lease_next(session, at=AT)
    session.commit()
    run(app)
    assert post.taken == [], "the lease keeps others away"
    at(app, AT + timedelta(minutes=5))
    run(app)
    assert [letter.message_id for letter in post.taken] == [f"<notice-{notice.id}@localhost>"]


def test_a_refused_address_is_given_up_at_once_and_does_not_hold_up_others(
    app: Flask, session: Session, post: Post
) -> None:
    first, second = waiting(session), waiting(session)
    post.problem = LetterRefused("550 no such mailbox")
    run(app)
    session.refresh(first)
    session.refresh(second)
    assert first.last_problem == second.last_problem == "550 no such mailbox"
    post.problem = None
    at(app, AT + timedelta(days=30))
    run(app)
    assert post.taken == [], "only a person has it tried again"
    sari = factories.curator(session)
    delivery.send_again(session, first, by=sari, at=AT + timedelta(days=30))
    session.commit()
    run(app)
    assert len(post.taken) == 1


def test_after_ten_tries_a_person_must_look(app: Flask, session: Session, post: Post) -> None:
    notice = waiting(session)
    post.problem = TimeoutError("no answer")
    moment = AT
    for _ in range(30):
        at(app, moment)
        run(app)
        moment += timedelta(hours=12)
    session.refresh(notice)
    assert notice.attempts == 10 and notice.sent_at is None


def test_notices_that_wait_or_were_called_off_stay(app: Flask, session: Session, post: Post) -> None:
    waiting(session, due_at=AT + timedelta(seconds=10))
    called_off = waiting(session)
    called_off.cancelled_at = AT
    by_hand = tell(session, factories.person(session, email=None, phone="+6281300000001"), "x", at=AT)
    session.commit()
    run(app)
    assert post.taken == [] and by_hand.channel == "whatsapp"
    at(app, AT + timedelta(seconds=10))
    run(app)
    assert len(post.taken) == 1


def test_a_letter_that_cannot_be_written_is_shown_and_the_next_one_goes(
    app: Flask, session: Session, post: Post
) -> None:
    broken = tell(session, factories.person(session), "no_such_kind", at=AT)
    fine = waiting(session)
    run(app)
    session.refresh(broken)
    session.refresh(fine)
    assert "no_such_kind" in broken.last_problem and broken.sent_at is None
    assert fine.sent_at is not None
