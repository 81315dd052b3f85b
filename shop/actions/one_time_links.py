"""Links that do one thing once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shop.domain.errors import ShopError
from shop.domain.sessions import LINK_LASTS
from shop.domain.tokens import LinkMaker, NewLink, hash_token
from shop.domain.words import N_
from shop.models import OneTimeLink, Person, Producer


class LinkGone(ShopError):
    """The link was used, revoked, is too old or never was."""

    sentence = N_("Tautan ini sudah dipakai atau sudah tidak berlaku. Minta tautan baru.")


def make_link(
    session: Session,
    links: LinkMaker,
    purpose: str,
    *,
    at: datetime,
    person: Person | None = None,
    producer: Producer | None = None,
    by: Person | None = None,
    facts: dict[str, Any] | None = None,
) -> NewLink:
    """A fresh link, flushed. Its seed goes into the notice, its token only to whoever is shown it now."""
    new = links.new()
    session.add(
        OneTimeLink(
            token_hash=new.token_hash,
            purpose=purpose,
            person_id=person.id if person else None,
            producer_id=producer.id if producer else None,
            made_by_id=by.id if by else None,
            facts=facts or {},
            created_at=at,
            expires_at=at + LINK_LASTS[purpose],
        )
    )
    session.flush()
    return new


def find_link(session: Session, token: str, *purposes: str, at: datetime) -> OneTimeLink:
    """The standing link of a token for one of the purposes (any, if none is named). Raises LinkGone."""
    link = session.scalar(select(OneTimeLink).where(OneTimeLink.token_hash == hash_token(token)))
    if link is None or link.used_at or link.revoked_at or link.expires_at <= at:
        raise LinkGone
    if purposes and link.purpose not in purposes:
        raise LinkGone
    return link


def use_link(session: Session, link: OneTimeLink, *, at: datetime) -> None:
    """Use it up. Raises LinkGone for whoever comes second, even at the same moment."""
    standing = (OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None), OneTimeLink.revoked_at.is_(None))
    used = session.execute(update(OneTimeLink).where(*standing).values(used_at=at))
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise LinkGone


def revoke_links(session: Session, person: Person, *purposes: str, at: datetime) -> None:
    """Links of these purposes that were made for the person open nothing any more."""
    session.execute(
        update(OneTimeLink)
        .where(
            OneTimeLink.person_id == person.id,
            OneTimeLink.purpose.in_(purposes),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.revoked_at.is_(None),
        )
        .values(revoked_at=at)
    )
