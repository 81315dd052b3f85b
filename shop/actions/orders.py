"""The life of an order after it was accepted: made, shown, shipped, received, or brought before a curator."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from shop.actions import ledger, stock, tasks
from shop.actions.deals import lock, move, order_of
from shop.actions.payment_ends import end_with_order
from shop.actions.quotes import sell_elsewhere
from shop.actions.telling import tell_buyer, tell_producer
from shop.domain import ledger as rules
from shop.domain.deal import PROBLEM_WITHIN, DealStatus
from shop.domain.errors import WrongInput, WrongState
from shop.domain.ledger import JournalKind
from shop.domain.roles import Actor
from shop.domain.words import N_
from shop.models import Inquiry, Order, Person, Photo, Progress
from shop.queries.ledger import advanced_idr, held_idr


def take_payment_in(session: Session, order: Order, *, at: datetime) -> None:
    """The ledger changed: the deal goes on when what is held is enough. Called on a locked deal, after posting."""
    inquiry, held = order.inquiry, held_idr(session, order)
    if inquiry.status == DealStatus.DEPOSIT_DUE and held >= order.deposit_idr:
        _begin(session, order, held, at=at)
    if inquiry.status == DealStatus.BALANCE_DUE and held >= order.total_idr:
        move(session, inquiry, "balance_paid", actor=Actor.SYSTEM, by=None, at=at, order=order)
        tell_producer(session, inquiry, "balance_paid", at=at)
        tell_buyer(session, inquiry, "payment_received", at=at, by=None)
    if inquiry.status not in (DealStatus.DEPOSIT_DUE, DealStatus.BALANCE_DUE):
        tasks.close_all(session, "short", inquiry, outcome="paid", at=at)


def _begin(session: Session, order: Order, held: int, *, at: datetime) -> None:
    """The deposit is there: what was held is sold, and making begins, or shipping where nothing is to be made."""
    to = DealStatus.IN_PRODUCTION if order.to_make or held < order.total_idr else DealStatus.TO_SHIP
    move(session, order.inquiry, "deposit_paid", actor=Actor.SYSTEM, by=None, at=at, to=to, order=order)
    order.promised_at = at + timedelta(days=order.lead_time_days)
    sell_elsewhere(session, stock.keep(session, order, at=at), at=at)
    ships = order.inquiry.status == DealStatus.TO_SHIP
    tell_producer(session, order.inquiry, "deposit_paid", at=at, facts={"ships": ships})
    tell_buyer(session, order.inquiry, "payment_received", at=at, by=None)


def cancel(
    session: Session, inquiry: Inquiry, *, actor: Actor, by: Person | None, why: str, at: datetime
) -> None:
    """Before the deposit either side may step back; what was held goes back on sale."""
    lock(session, inquiry)
    order = order_of(session, inquiry)
    move(session, inquiry, "cancel", actor=actor, by=by, at=at, order=order, why=why)
    inquiry.closed_reason = why
    end_with_order(session, order, at=at)
    stock.release(session, order, at=at)
    give_up(session, order, at=at)
    if actor is Actor.BUYER:
        tell_producer(session, inquiry, "order_cancelled", at=at, facts={"reason": why})
    else:
        tell_buyer(session, inquiry, "order_cancelled", at=at, by=by, facts={"reason": why})


def give_up(session: Session, order: Order, *, at: datetime) -> None:
    """The order ended before it began: what was paid towards it is the buyer's, and a person gives it back."""
    held = held_idr(session, order)
    if held <= 0:
        return
    lines = rules.give_up(held_idr=held)
    ledger.post(session, JournalKind.SURPLUS, lines, key=f"given-up:{order.id}", at=at, order=order)
    facts = {"amount_idr": held}
    tasks.open_task(session, "surplus", f"order:{order.id}", inquiry=order.inquiry, facts=facts, at=at)


def show_progress(
    session: Session, inquiry: Inquiry, photo: Photo, *, by: Person | None, note: str, at: datetime
) -> None:
    """A dated photo from the workshop."""
    lock(session, inquiry)
    order = order_of(session, inquiry)
    move(session, inquiry, "progress", actor=Actor.PRODUCER, by=by, at=at, order=order)
    _show(session, order, photo, by=by, note=note, ready=False, at=at)
    tell_buyer(session, inquiry, "order_progress", at=at, by=by, facts={"text": note})


def ready(
    session: Session, inquiry: Inquiry, photo: Photo, *, by: Person | None, note: str, at: datetime
) -> None:
    """It is made; the buyer sees it and pays the rest, if anything is left to pay."""
    lock(session, inquiry)
    order = order_of(session, inquiry)
    paid = held_idr(session, order) >= order.total_idr
    to = DealStatus.TO_SHIP if paid else DealStatus.BALANCE_DUE
    move(session, inquiry, "ready", actor=Actor.PRODUCER, by=by, at=at, to=to, order=order)
    _show(session, order, photo, by=by, note=note, ready=True, at=at)
    tell_buyer(session, inquiry, "order_ready", at=at, by=by, facts={"paid": paid})


def ship(
    session: Session, inquiry: Inquiry, *, courier: str, tracking_number: str, by: Person | None, at: datetime
) -> None:
    """Handed to a courier. Raises WrongInput without a tracking number."""
    if not tracking_number.strip():
        raise WrongInput("tracking_number", N_("Isi nomor resi"))
    lock(session, inquiry)
    order = order_of(session, inquiry)
    move(session, inquiry, "ship", actor=Actor.PRODUCER, by=by, at=at, order=order)
    order.courier, order.tracking_number, order.shipped_at = courier, tracking_number.strip(), at
    tell_buyer(
        session, inquiry, "order_shipped", at=at, by=by, facts={"courier": courier, "number": tracking_number}
    )


def hand_over(session: Session, inquiry: Inquiry, *, by: Person | None, at: datetime) -> None:
    """Picked up at the gallery."""
    lock(session, inquiry)
    order = order_of(session, inquiry)
    order.pick_up = True
    move(session, inquiry, "pick_up", actor=Actor.PRODUCER, by=by, at=at, order=order)
    order.shipped_at = at
    tell_buyer(session, inquiry, "order_picked_up", at=at, by=by)


def receive(session: Session, inquiry: Inquiry, *, actor: Actor, by: Person | None, at: datetime) -> None:
    """The buyer has it, or fourteen days passed: what was held becomes the producer's."""
    lock(session, inquiry)
    order = order_of(session, inquiry)
    move(session, inquiry, "receive", actor=actor, by=by, at=at, order=order)
    complete(session, order, at=at)
    tell_producer(session, inquiry, "order_received", at=at)
    if actor is Actor.SYSTEM:
        tell_buyer(session, inquiry, "order_counted_received", at=at, by=None)


def complete(session: Session, order: Order, *, at: datetime) -> None:
    """What is held for the buyer becomes the producer's, in the ledger, once for each amount held."""
    order.completed_at = at
    held, advanced = held_idr(session, order), advanced_idr(session, order)
    lines = rules.completion(held_idr=held, advanced_idr=min(advanced, held))
    if lines:
        key = f"completion:{order.id}:{at.isoformat()}"
        ledger.post(session, JournalKind.COMPLETION, lines, key=key, at=at, order=order)
    settle_advance(session, order, at=at)


def settle_advance(session: Session, order: Order, *, at: datetime) -> None:
    """What the producer got early and the buyer got back is owed to the council, once nothing is held any more."""
    left = advanced_idr(session, order) - held_idr(session, order)
    if left > 0:
        key = f"advance-debt:{order.id}:{at.isoformat()}"
        lines = rules.owe_advance(amount_idr=left)
        ledger.post(session, JournalKind.DEBT, lines, key=key, at=at, order=order)


def problem(session: Session, inquiry: Inquiry, *, by: Person | None, words: str, at: datetime) -> None:
    """The buyer has a problem; only a curator leads on from here. Raises WrongState after seven days."""
    lock(session, inquiry)
    order = order_of(session, inquiry)
    if order.completed_at is not None and at - order.completed_at > PROBLEM_WITHIN:
        raise WrongState(status=inquiry.status, step="problem")
    _dispute(session, order, "problem", actor=Actor.BUYER, by=by, words=words, at=at)
    tell_producer(session, inquiry, "order_problem", at=at, facts={"text": words})


def cannot_deliver(
    session: Session, inquiry: Inquiry, *, by: Person | None, words: str, at: datetime
) -> None:
    """The producer cannot go on; a curator decides with both."""
    lock(session, inquiry)
    order = order_of(session, inquiry)
    _dispute(session, order, "cannot_deliver", actor=Actor.PRODUCER, by=by, words=words, at=at)
    tell_buyer(session, inquiry, "order_cannot_deliver", at=at, by=by, facts={"text": words})


def overdue(session: Session, inquiry: Inquiry, *, at: datetime) -> None:
    """The balance did not come for fourteen days."""
    lock(session, inquiry)
    order = order_of(session, inquiry)
    _dispute(session, order, "overdue", actor=Actor.SYSTEM, by=None, words="", at=at)
    tell_buyer(session, inquiry, "balance_overdue", at=at, by=None)
    tell_producer(session, inquiry, "balance_missing", at=at)


def _dispute(
    session: Session, order: Order, step: str, *, actor: Actor, by: Person | None, words: str, at: datetime
) -> None:
    order.came_from, order.problem = order.inquiry.status, words
    move(session, order.inquiry, step, actor=actor, by=by, at=at, order=order, why=words)
    tasks.open_task(session, "dispute", f"order:{order.id}", inquiry=order.inquiry, at=at)


def _show(
    session: Session, order: Order, photo: Photo, *, by: Person | None, note: str, ready: bool, at: datetime
) -> None:
    session.add(
        Progress(
            order_id=order.id, photo_id=photo.id, note=note, ready=ready, by_id=by.id if by else None, at=at
        )
    )
    session.flush()
