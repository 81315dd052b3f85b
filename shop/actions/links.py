"""Private links into a thread: made when a notice is sent, checked by four digits, revoked after five wrong tries.

A token exists in the letter or message that carries it and nowhere else: a notice says only that a link belongs
into it, and for whom; the row made when it goes out keeps the hash.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.locking import hold_row
from shop.actions.notices import tell, tell_address
from shop.domain.deal import LINK_LASTS, WRONG_TRIES
from shop.domain.roles import Actor
from shop.domain.tokens import hash_token, new_token
from shop.models import Inquiry, LinkDevice, Notice, Person, PrivateLink


def open_link(
    session: Session,
    inquiry: Inquiry,
    *,
    side: str,
    person: Person | None,
    purpose: str,
    at: datetime,
) -> tuple[PrivateLink, str]:
    """A new link for one side of a thread, and its token, which is told this once."""
    token = new_token()
    link = PrivateLink(
        token_hash=hash_token(token),
        inquiry=inquiry,
        side=side,
        person=person,
        purpose=purpose,
        created_at=at,
        expires_at=at + LINK_LASTS,
    )
    session.add(link)
    session.flush()
    return link, token


def token_for(session: Session, notice: Notice, *, at: datetime) -> str | None:
    """The token of the link that belongs into this notice; None when none does."""
    side = notice.facts.get("link")
    if side is None or notice.inquiry is None:
        return None
    _, token = open_link(session, notice.inquiry, side=side, person=notice.person, purpose=notice.kind, at=at)
    return token


def check_digits(
    session: Session, link: PrivateLink, device_hash: str, digits: str, *, wanted: str, at: datetime
) -> bool:
    """Whether the digits are the last four of `wanted`, the owner's number. Right ones are remembered for this
    browser; the fifth wrong try revokes the link and tells its owner.
    """
    hold_row(session, link)
    if link.revoked_at is not None:
        return False
    if digits == wanted[-4:]:
        trust(session, link, device_hash, at=at)
        return True
    link.wrong_tries += 1
    if link.wrong_tries >= WRONG_TRIES:
        _revoke(session, link, at=at)
    session.flush()
    return False


def trust(session: Session, link: PrivateLink, device_hash: str, *, at: datetime) -> None:
    """This browser has shown whose it is; guarded steps are open to it."""
    known = session.scalar(select(LinkDevice).where(LinkDevice.token_hash == device_hash))
    if known is None:
        session.add(LinkDevice(token_hash=device_hash, link_id=link.id, created_at=at, checked_at=at))
    session.flush()


def _revoke(session: Session, link: PrivateLink, *, at: datetime) -> None:
    link.revoked_at = at
    inquiry = link.inquiry
    log(
        session,
        "revoke_link",
        by=None,
        actor=Actor.SYSTEM,
        at=at,
        inquiry=inquiry,
        facts={"link": link.id, "side": link.side},
    )
    facts = {"code": inquiry.code, "link": link.side}
    if link.person is not None:
        tell(session, link.person, "link_revoked", at=at, facts=facts, inquiry=inquiry)
        return
    tell_address(
        session,
        "link_revoked",
        email=inquiry.buyer_email,
        phone=inquiry.buyer_phone,
        language=inquiry.language,
        at=at,
        facts=facts | {"name": inquiry.buyer_name},
        inquiry=inquiry,
    )
