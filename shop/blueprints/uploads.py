"""How a view takes a photo in: the size limit raised, the database let go of while the file is worked on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from werkzeug.datastructures import FileStorage

from shop.actions import photos
from shop.blueprints.limits import count, count_address
from shop.domain.errors import TooOften
from shop.domain.limits import PHOTO
from shop.domain.photo import MAX_BYTES, NoPhotoChosen
from shop.extensions import db, the_shop
from shop.ports import RoomBusy
from shop.web.login import current_person

View = TypeVar("View", bound=Callable[..., Any])
#: What the other fields of a form with photos may weigh.
FIELDS_BYTES = 256 * 1024


def takes_photos(most: int) -> Callable[[View], View]:
    """Lets a view receive up to `most` photos of full size in one request; above that the answer is 413.

    Stands directly over the view function, under the route and the access decorator.
    """

    def mark(view: View) -> View:
        view.most_bytes = most * (MAX_BYTES + 64 * 1024) + FIELDS_BYTES  # type: ignore[attr-defined]
        return view

    return mark


def photo_in(file: FileStorage | None) -> photos.Incoming:
    """A checked and stored file, ready for `actions.photos.receive`. Ends the transaction that was open: what
    was loaded before is loaded anew when it is next looked at.

    Raises a PhotoRefused with its sentence, or TooOften when too many photos come in: from this visitor within the
    hour, refused ones too, or from all at this moment.
    """
    if file is None or not file.filename:
        raise NoPhotoChosen
    db.session.rollback()
    _count()
    shop = the_shop()
    try:
        return photos.take_in(shop.photos, shop.pictures, file.stream)  # type: ignore[arg-type]
    except RoomBusy as busy:
        raise TooOften(seconds=10) from busy


def _count() -> None:
    """One more file to look at, whatever it turns out to be."""
    person = current_person()
    if person is None:
        count_address(PHOTO)
    else:
        count(PHOTO, str(person.id))
    db.session.commit()
