"""The password once more, before something that matters."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from shop.blueprints.limits import count
from shop.domain.limits import PASSWORD_AGAIN
from shop.extensions import db
from shop.web.login import the_person
from shop.web.passwords import check_password


def knows_password(field: Any) -> bool:
    """Whether the field holds the signed-in person's password; else the field says so. Closes the transaction."""
    person = the_person()
    count(PASSWORD_AGAIN, str(person.id))
    stored = person.password_hash
    db.session.commit()
    right, _renewed = check_password(field.data or "", stored)
    if not right:
        field.errors = [_("Kata sandi tidak cocok. Periksa, lalu coba lagi")]
    return right
