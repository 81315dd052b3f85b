"""What was decided about a work, by whom, and who may still be asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import and_, exists, literal, or_, select
from sqlalchemy.orm import Session, joinedload

from shop.domain.roles import MemberRole
from shop.models import Appeal, Decision, Listing, Member, Person, ReviewDraft, Revision


def belonged(session: Session, producer_id: int, person_id: int) -> bool:
    """Whether the person is, or ever was, a member of the producer."""
    return bool(
        session.scalar(
            select(exists().where(Member.producer_id == producer_id, Member.person_id == person_id))
        )
    )


def own_groups(session: Session, person_id: int) -> list[int]:
    """The producers whose member the person is or was."""
    return list(session.scalars(select(Member.producer_id).where(Member.person_id == person_id).distinct()))


def deciders(session: Session, revision: Revision) -> set[int]:
    """Who has decided about this listing since its live version; decisions that were undone do not count."""
    live_id = revision.listing.live_revision_id
    live = select(Revision.number).where(Revision.id == live_id).scalar_subquery() if live_id else literal(0)
    in_this_round = select(Revision.id).where(
        Revision.listing_id == revision.listing_id,
        or_(Revision.id == revision.id, Revision.number > live),
    )
    query = select(Decision.curator_id).where(
        Decision.revision_id.in_(in_this_round), Decision.undone_at.is_(None)
    )
    return set(session.scalars(query))


def other_curator_left(session: Session, revision: Revision, decided: set[int]) -> bool:
    """Whether a curator is left who has not decided about this work and never belonged to its group."""
    members = select(Member.person_id).where(Member.producer_id == revision.listing.producer_id)
    standing = and_(
        Person.is_curator,
        Person.suspended_at.is_(None),
        Person.deletion_asked_at.is_(None),
        Person.deleted_at.is_(None),
    )
    return bool(
        session.scalar(select(exists().where(standing, Person.id.not_in(decided), Person.id.not_in(members))))
    )


def by_ids(session: Session, revision_ids: Collection[int]) -> Sequence[Revision]:
    """These revisions with their listings, as far as they are there."""
    query = select(Revision).options(joinedload(Revision.listing)).where(Revision.id.in_(revision_ids))
    return session.scalars(query).all()


def latest(session: Session, listing_id: int) -> Decision | None:
    """The last decision about the listing that stands."""
    return session.scalar(
        select(Decision)
        .where(Decision.listing_id == listing_id, Decision.undone_at.is_(None))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def of_kind(session: Session, revision: Revision, kind: str) -> Decision | None:
    """The last standing decision of a kind about the revision."""
    return session.scalar(
        select(Decision)
        .where(Decision.revision_id == revision.id, Decision.kind == kind, Decision.undone_at.is_(None))
        .order_by(Decision.id.desc())
        .limit(1)
    )


def draft_of(session: Session, revision_id: int, curator_id: int) -> ReviewDraft | None:
    """What this curator has filled in for the revision and not decided."""
    return session.scalar(
        select(ReviewDraft).where(
            ReviewDraft.revision_id == revision_id, ReviewDraft.curator_id == curator_id
        )
    )


def appeal_of(session: Session, listing_id: int) -> Appeal | None:
    return session.scalar(select(Appeal).where(Appeal.listing_id == listing_id))


def last_approved(session: Session, listing: Listing) -> Revision | None:
    """The newest version that was live before the changes nobody has acknowledged; None where there was none."""
    if listing.unacknowledged_since is None:
        return None
    return session.scalar(
        select(Revision)
        .where(
            Revision.listing_id == listing.id,
            Revision.status == "published",
            Revision.approved_at < listing.unacknowledged_since,
            Revision.closed_at.is_(None),
        )
        .order_by(Revision.number.desc())
        .limit(1)
    )


def to_be_told(session: Session, producer_id: int, submitted_by_id: int | None) -> Sequence[Person]:
    """Who hears of a decision: the standing chairs, and whoever sent the work in if they still belong."""
    whoever = or_(Member.role == MemberRole.CHAIR, Member.person_id == submitted_by_id)
    query = (
        select(Person)
        .join(Member, Member.person_id == Person.id)
        .where(
            Member.producer_id == producer_id, Member.left_at.is_(None), Person.deleted_at.is_(None), whoever
        )
        .order_by(Person.id)
        .distinct()
    )
    return session.scalars(query).all()
