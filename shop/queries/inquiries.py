"""Threads and what is known of them: one by its code, its timeline, how fast a maker answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from shop.models import (
    Event,
    Inquiry,
    InquiryItem,
    Listing,
    Member,
    Message,
    MessagePhoto,
    Notice,
    Person,
    Photo,
    Producer,
    Revision,
    RevisionPhoto,
)

LOOK_BACK = timedelta(days=180)
ENOUGH = 3  # answers below which a usual time would say more than is known


def by_code(session: Session, code: str) -> Inquiry | None:
    """The inquiry with its producer, nothing else loaded."""
    query = select(Inquiry).where(Inquiry.code == code).options(joinedload(Inquiry.producer))
    return session.scalar(query)


def whole(session: Session, inquiry_id: int) -> Inquiry:
    """The inquiry with everything its page shows, in a constant number of queries."""
    query = (
        select(Inquiry)
        .where(Inquiry.id == inquiry_id)
        .options(
            joinedload(Inquiry.producer),
            selectinload(Inquiry.items).options(
                joinedload(InquiryItem.revision),
                joinedload(InquiryItem.photo),
                joinedload(InquiryItem.listing),
            ),
            selectinload(Inquiry.messages).options(
                joinedload(Message.author), selectinload(Message.photos).joinedload(MessagePhoto.photo)
            ),
        )
        .execution_options(populate_existing=True)
    )
    return session.scalars(query).unique().one()


def by_form_key(session: Session, form_key: str) -> Inquiry | None:
    return session.scalar(select(Inquiry).where(Inquiry.form_key == form_key))


def work_to_ask_about(session: Session, slug: str) -> Listing | None:
    """A work that once was approved, whatever its state, with its live content."""
    query = (
        select(Listing)
        .where(Listing.slug == slug, Listing.live_revision_id.is_not(None))
        .options(joinedload(Listing.producer), joinedload(Listing.live_revision))
    )
    return session.scalar(query)


def works_to_ask_about(session: Session, slugs: Sequence[str]) -> list[Listing]:
    """The same for several, in the order of the slugs; unknown ones are left out."""
    query = (
        select(Listing)
        .where(Listing.slug.in_(slugs), Listing.live_revision_id.is_not(None))
        .options(
            joinedload(Listing.producer),
            joinedload(Listing.live_revision).selectinload(Revision.photos).joinedload(RevisionPhoto.photo),
        )
    )
    found = {listing.slug: listing for listing in session.scalars(query)}
    return [found[slug] for slug in dict.fromkeys(slugs) if slug in found]


def steps(session: Session, inquiry: Inquiry) -> Sequence[Event]:
    """What changed the state, oldest first; messages are not among them."""
    query = (
        select(Event).where(Event.inquiry_id == inquiry.id, Event.to_status.is_not(None)).order_by(Event.id)
    )
    return session.scalars(query).all()


def usual_answer(session: Session, producer: Producer, *, at: datetime) -> timedelta | None:
    """How long the maker usually takes to answer: the median of half a year; None while too little is known."""
    query = (
        select(Inquiry.created_at, Inquiry.answered_at)
        .where(
            Inquiry.producer_id == producer.id,
            Inquiry.answered_at.is_not(None),
            Inquiry.created_at > at - LOOK_BACK,
        )
        .order_by(Inquiry.id.desc())
        .limit(100)
    )
    waits = [(answered - asked).total_seconds() for asked, answered in session.execute(query) if answered]
    return timedelta(seconds=median(waits)) if len(waits) >= ENOUGH else None


def who_answers(session: Session, producer: Producer) -> list[Person]:
    """The people told about questions: chairs and assistants; all members of a group that has neither."""
    query = (
        select(Member)
        .where(Member.producer_id == producer.id, Member.left_at.is_(None))
        .options(joinedload(Member.person))
        .order_by(Member.id)
    )
    standing = [member for member in session.scalars(query) if member.person.may_sign_in]
    leading = [member for member in standing if member.role != "member"]
    return [member.person for member in leading or standing]


def membership(session: Session, person: Person, producer_id: int) -> Member | None:
    """The person's standing place in this producer."""
    query = select(Member).where(
        Member.person_id == person.id, Member.producer_id == producer_id, Member.left_at.is_(None)
    )
    return session.scalar(query)


def thread_photo(session: Session, inquiry: Inquiry, name: str) -> Photo | None:
    """A photo by its random name: sent in this thread, or of a work as it was when it was asked about."""
    sent = (
        select(MessagePhoto.photo_id)
        .join(Message, Message.id == MessagePhoto.message_id)
        .where(Message.inquiry_id == inquiry.id)
    )
    asked_about = select(InquiryItem.photo_id).where(InquiryItem.inquiry_id == inquiry.id)
    return session.scalar(
        select(Photo).where(Photo.name == name, or_(Photo.id.in_(sent), Photo.id.in_(asked_about)))
    )


def hand_overs(session: Session, inquiry: Inquiry, *, at: datetime) -> Sequence[Notice]:
    """WhatsApp messages about this thread that nobody has sent yet."""
    query = (
        select(Notice)
        .where(
            Notice.inquiry_id == inquiry.id,
            Notice.channel == "whatsapp",
            Notice.to_phone.is_not(None),
            Notice.sent_at.is_(None),
            Notice.cancelled_at.is_(None),
            Notice.due_at <= at,
        )
        .options(joinedload(Notice.person))
        .order_by(Notice.id)
    )
    return session.scalars(query).all()
