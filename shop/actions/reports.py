"""Reports of works by visitors: filed once, answered once by a curator."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.locking import hold_row
from shop.actions.reviews import hold_listing, may_curate
from shop.actions.takedowns import take_down
from shop.domain.curation import Judgement
from shop.domain.errors import ChangedMeanwhile, WrongInput
from shop.domain.roles import Actor
from shop.domain.words import N_
from shop.models import Decision, Listing, Person, Report
from shop.models.review import REPORT_REASONS

CHOOSE_REASON = N_("Pilih apa yang menurut Anda tidak sesuai")
TELL_MORE = N_("Tulis apa yang tidak sesuai")


def file_report(
    session: Session, listing: Listing, *, reason: str, text: str, contact: str, form_key: str, at: datetime
) -> Report:
    """The report, open in the curators' queue. The same form pressed twice is one report.

    Raises WrongInput for a reason that is not in the list, and for "other" without a word about it.
    """
    made = session.scalar(select(Report).where(Report.form_key == form_key))
    if made is not None:
        return made
    if reason not in REPORT_REASONS:
        raise WrongInput("reason", CHOOSE_REASON)
    if reason == "other" and not text.strip():
        raise WrongInput("text", TELL_MORE)
    report = Report(
        form_key=form_key,
        listing_id=listing.id,
        reason=reason,
        text=text.strip(),
        contact=contact.strip(),
        at=at,
    )
    try:
        with session.begin_nested():
            session.add(report)
    except IntegrityError:  # the other press was faster
        return session.scalars(select(Report).where(Report.form_key == form_key)).one()
    log(
        session, "report", by=None, actor=Actor.BUYER, at=at, listing=listing,
        facts={"report": report.id, "reason": reason},
    )  # fmt: skip
    return report


def answer_report(session: Session, report: Report, *, outcome: str, by: Person, at: datetime) -> None:
    """The report is answered with `no_cause` or `noted`. Raises ChangedMeanwhile if somebody was faster."""
    _hold(session, report, by)
    _close(report, outcome, by, at)
    session.flush()
    log(
        session, "answer_report", by=by, actor=Actor.CURATOR, at=at, listing=report.listing,
        facts={"report": report.id, "outcome": outcome},
    )  # fmt: skip


def take_down_for_report(
    session: Session, report: Report, judgement: Judgement, *, by: Person, version: int, at: datetime
) -> Decision:
    """The work is taken down, and every open report about it is answered by that."""
    _hold(session, report, by)
    decision = take_down(session, report.listing, judgement, by=by, version=version, at=at)
    still_open = select(Report).where(Report.listing_id == report.listing_id, Report.handled_at.is_(None))
    for each in session.scalars(still_open).all():
        _close(each, "taken_down", by, at)
    session.flush()
    return decision


def _hold(session: Session, report: Report, by: Person) -> None:
    hold_listing(session, report.listing)
    hold_row(session, report)
    may_curate(session, report.listing.producer_id, by)
    if report.handled_at is not None:
        raise ChangedMeanwhile


def _close(report: Report, outcome: str, by: Person, at: datetime) -> None:
    report.outcome, report.handled_by_id, report.handled_at = outcome, by.id, at
