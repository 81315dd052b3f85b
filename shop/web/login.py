"""Who is at the door. Sessions are rows: the cookie carries a token, the row can be revoked at once."""

from __future__ import annotations

import hmac

import flask_login
from flask import Flask, g, request, session
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.local import LocalProxy

from shop import database
from shop.domain.tokens import hash_token
from shop.extensions import db, login_manager, now, the_shop
from shop.models import Member, Person, Producer, SignIn


class Visitor(flask_login.UserMixin):  # type: ignore[misc]
    """What Flask-Login holds: a person through one of their sign-ins."""

    def __init__(self, sign_in: SignIn, token: str) -> None:
        self.sign_in = sign_in
        self.person = sign_in.person
        self.token = token

    def get_id(self) -> str:
        return self.token


def current_visitor() -> Visitor | None:
    if "_user_id" not in session:
        return None
    user = flask_login.current_user
    return user._get_current_object() if user.is_authenticated else None


def current_person() -> Person | None:
    """The signed-in person, or None for a guest and for whoever has not given their second factor yet."""
    visitor = current_visitor()
    return visitor.person if visitor and not code_missing(visitor) else None


def code_missing(visitor: Visitor) -> bool:
    """Whether this sign-in waits for the second factor: of those who have one, and in production of all staff."""
    if visitor.sign_in.second_factor_at is not None:
        return False
    person = visitor.person
    staff = person.is_curator or person.is_administrator
    return person.totp_confirmed_at is not None or (staff and not the_shop().config.development)


def the_person() -> Person:
    """The signed-in person, in views that only they reach."""
    person = current_person()
    if person is None:
        raise RuntimeError("a view for signed-in people was reached by a guest")
    return person


def current_member() -> Member | None:
    """The person's standing membership: the one chosen in this browser, else the first."""
    if "member" not in g:
        g.member = _find_member()
    return g.member  # type: ignore[no-any-return]


def the_member() -> Member:
    """The membership, in views that only members reach."""
    member = current_member()
    if member is None:
        raise RuntimeError("a view for producers was reached by somebody else")
    return member


def _find_member() -> Member | None:
    person = current_person()
    if person is None:
        return None
    query = (
        select(Member)
        .join(Producer)
        .options(joinedload(Member.producer))
        .where(Member.person_id == person.id, Member.left_at.is_(None))
        .order_by(Member.id)
    )
    members = db.session.scalars(query).all()
    chosen = session.get("producer_id")
    return next((m for m in members if m.producer_id == chosen), members[0] if members else None)


def person_key() -> str:
    """What tells this person's things from another's on a shared phone, without telling who it is; `-` for a guest."""
    person = current_person()
    if person is None:
        return "-"
    secret = the_shop().config.secret_key.encode()
    return hmac.digest(secret, f"person:{person.id}".encode(), "sha256").hex()[:16]


def open_browser(sign_in: SignIn, token: str) -> None:
    """Tie this browser to the sign-in; whatever the browser held before is dropped."""
    session.clear()
    session.permanent = True
    flask_login.login_user(Visitor(sign_in, token))


def close_browser() -> None:
    flask_login.logout_user()
    session.clear()


def _load(token: str) -> Visitor | None:
    query = (
        select(SignIn)
        .options(joinedload(SignIn.person))
        .where(SignIn.token_hash == hash_token(token), SignIn.revoked_at.is_(None), SignIn.expires_at > now())
    )
    sign_in = db.session.scalar(query)
    if sign_in is None or not sign_in.person.may_sign_in:
        return None
    return Visitor(sign_in, token)


def register(app: Flask) -> None:
    login_manager.user_loader(_load)
    app.before_request(_choose_transaction)
    app.jinja_env.globals.update(
        current_person=LocalProxy(current_person),
        current_member=LocalProxy(current_member),
        person_key=person_key,
    )


def _choose_transaction() -> None:
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        database.will_read()
    else:
        database.will_write()
