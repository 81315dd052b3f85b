"""Whether a private link still opens its thread."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from shop.models import Inquiry, LinkDevice, PrivateLink
from shop.queries.inquiries import membership


def by_token_hash(session: Session, token_hash: str) -> PrivateLink | None:
    """The link of a token, standing or not."""
    query = (
        select(PrivateLink)
        .where(PrivateLink.token_hash == token_hash)
        .options(joinedload(PrivateLink.inquiry).joinedload(Inquiry.producer), joinedload(PrivateLink.person))
    )
    return session.scalar(query)


def standing(session: Session, link_id: int, inquiry: Inquiry, *, at: datetime) -> PrivateLink | None:
    """The link, if it still opens this thread."""
    query = select(PrivateLink).where(PrivateLink.id == link_id, PrivateLink.inquiry_id == inquiry.id)
    link = session.scalar(query.options(joinedload(PrivateLink.person)))
    return link if link is not None and stands(session, link, at=at) else None


def stands(session: Session, link: PrivateLink, *, at: datetime) -> bool:
    """Not revoked, not run out, and its owner still may: suspended people and members who left may not."""
    if link.revoked_at is not None or link.expires_at <= at:
        return False
    if link.person is None:
        return True
    if not link.person.may_sign_in:
        return False
    return link.side == "buyer" or membership(session, link.person, link.inquiry.producer_id) is not None


def device_checked(session: Session, link: PrivateLink, device_hash: str) -> bool:
    """Whether this browser named the four digits for this link."""
    query = select(LinkDevice.id).where(
        LinkDevice.token_hash == device_hash,
        LinkDevice.link_id == link.id,
        LinkDevice.checked_at.is_not(None),
    )
    return session.scalar(query) is not None
