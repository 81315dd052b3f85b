"""What buyers keep in their account: works to find again, addresses, one of them the usual one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.actions.locking import hold_row
from shop.domain.errors import WrongState
from shop.domain.words import N_
from shop.models import Listing, Person, SavedAddress, SavedWork

MOST_ADDRESSES = 20


class EnoughAddresses(WrongState):
    sentence = N_("Paling banyak 20 alamat. Hapus satu yang tidak dipakai lagi.")


def save_work(session: Session, person: Person, listing: Listing, *, at: datetime) -> None:
    """Once, however often it is pressed."""
    if session.get(SavedWork, (person.id, listing.id)) is not None:
        return
    try:
        with session.begin_nested():
            session.add(SavedWork(person_id=person.id, listing_id=listing.id, saved_at=at))
    except IntegrityError:
        return  # the other press of the same moment was faster


def forget_work(session: Session, person: Person, listing_id: int) -> None:
    kept = session.get(SavedWork, (person.id, listing_id))
    if kept is not None:
        session.delete(kept)
        session.flush()


def keep_address(
    session: Session, person: Person, address: dict[str, str], *, at: datetime, usual: bool = False
) -> SavedAddress:
    """The saved address with these fields; the first one is the usual one. Raises EnoughAddresses."""
    hold_row(session, person)
    known = list(session.scalars(select(SavedAddress).where(SavedAddress.person_id == person.id)))
    same = next((one for one in known if one.address == address), None)
    if same is None and len(known) >= MOST_ADDRESSES:
        raise EnoughAddresses(status="full", step="keep")
    kept = same or SavedAddress(person_id=person.id, address=address, created_at=at, usual=False)
    session.add(kept)
    session.flush()
    if usual or not known:
        make_usual(session, kept)
    return kept


def change_address(session: Session, kept: SavedAddress, address: dict[str, str]) -> None:
    kept.address = address
    session.flush()


def make_usual(session: Session, kept: SavedAddress) -> None:
    """This one from now on, and no other."""
    session.execute(
        update(SavedAddress)
        .where(SavedAddress.person_id == kept.person_id, SavedAddress.id != kept.id)
        .values(usual=False)
    )
    kept.usual = True
    session.flush()


def forget_address(session: Session, kept: SavedAddress) -> None:
    """Gone; orders keep the address they were made with. The newest of the others becomes the usual one."""
    person_id, usual = kept.person_id, kept.usual
    session.delete(kept)
    session.flush()
    left = select(SavedAddress).where(SavedAddress.person_id == person_id).order_by(SavedAddress.id.desc())
    newest = session.scalars(left.limit(1)).first() if usual else None
    if newest is not None:
        make_usual(session, newest)
