"""Who may see a thread, and as whom: the buyer, the maker's members, curators, or a browser that holds a link."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from flask import Response, request
from itsdangerous import BadSignature, URLSafeSerializer

from shop.domain.deal import read_code
from shop.domain.errors import NotFound, ShopError
from shop.domain.roles import Actor
from shop.domain.tokens import hash_token
from shop.domain.words import N_
from shop.extensions import db, now, the_shop
from shop.models import Inquiry, Person, PrivateLink
from shop.queries import inquiries, links
from shop.web.access import acts_as_curator
from shop.web.login import current_person


class DigitsWanted(ShopError):
    """A step that asks a browser with a link for the owner's four digits first, and comes back to it.

    The blueprint of threads answers it with the page that asks.
    """

    sentence = N_("Isi dahulu empat angka terakhir nomor WhatsApp Anda.")


@dataclass(frozen=True)
class Access:
    """One visitor's right to one thread. `person` is who acts, None for a guest; `link` how they came in, if so."""

    inquiry: Inquiry
    side: Actor
    person: Person | None
    on_behalf: bool = False
    link: PrivateLink | None = None
    device_hash: str = ""

    @property
    def is_buyer(self) -> bool:
        return self.side is Actor.BUYER

    @property
    def is_producer(self) -> bool:
        return self.side is Actor.PRODUCER

    @property
    def is_curator(self) -> bool:
        return self.side is Actor.CURATOR

    @property
    def sees_contact(self) -> bool:
        """Contact data is never shown by link: links are passed on."""
        return self.link is None

    @property
    def checked(self) -> bool:
        """Whether guarded steps may be taken now; people who signed in may always."""
        return self.link is None or links.device_checked(db.session(), self.link, self.device_hash)

    @property
    def number(self) -> str:
        """The number whose last four digits are asked: the owner's of the link. Empty when none is known."""
        if self.link is not None and self.is_producer:
            own = self.link.person.phone if self.link.person else None
            return own or self.inquiry.producer.phone or ""
        return self.inquiry.buyer_phone

    def must_be_checked(self, step: str) -> None:
        """Guards accepting, declining, quoting and the like; `step` is the last word of its address."""
        if not self.checked:
            raise DigitsWanted(code=self.inquiry.code, step=step)


def access_to(code: str) -> Access:
    """This visitor's right to the thread. Raises NotFound: no such thread and not theirs look the same."""
    inquiry = named(code)
    access = inquiry and (_signed_in(inquiry) or _by_cookie(inquiry))
    if not access:
        raise NotFound
    return access


def named(code: str) -> Inquiry | None:
    """The thread of a code as people type it."""
    known = read_code(the_shop().council.code, code)
    return inquiries.by_code(db.session(), known) if known else None


def _signed_in(inquiry: Inquiry) -> Access | None:
    person = current_person()
    if person is None:
        return None
    if inquiry.buyer_id == person.id:
        return Access(inquiry, Actor.BUYER, person)
    member = inquiries.membership(db.session(), person, inquiry.producer_id)
    if member is not None:
        return Access(inquiry, Actor.PRODUCER, person, on_behalf=member.role == "assistant")
    return Access(inquiry, Actor.CURATOR, person) if acts_as_curator() else None


def _by_cookie(inquiry: Inquiry) -> Access | None:
    value = request.cookies.get(cookie_name(inquiry), "")
    try:
        link_id, _device = _signer().loads(value)
    except (BadSignature, ValueError, TypeError):
        return None
    link = links.standing(db.session(), link_id, inquiry, at=now())
    if link is None:
        return None
    side = Actor(link.side)
    return Access(inquiry, side, link.person, link=link, device_hash=hash_token(value))


def cookie_name(inquiry: Inquiry) -> str:
    return f"percakapan-{inquiry.code.lower()}"


def let_in(response: Response, link: PrivateLink) -> str:
    """Give this browser the cookie of a link; no row is changed. The hash that stands for this browser comes back."""
    value = _signer().dumps([link.id, secrets.token_hex(16)])
    response.set_cookie(
        cookie_name(link.inquiry),
        value,
        max_age=max(0, int((link.expires_at - now()).total_seconds())),
        httponly=True,
        samesite="Lax",
        secure=not the_shop().config.development,
    )
    return hash_token(value)


def until(access: Access) -> datetime | None:
    """When this browser's way in closes; None for people who signed in."""
    return access.link.expires_at if access.link else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(the_shop().config.secret_key, salt="thread")
