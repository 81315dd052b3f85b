"""The libraries that are bound to an app late, and the one typed place where an app keeps its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from flask import current_app
from flask_babel import Babel
from flask_compress import Compress
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect

from shop.config import Config
from shop.council import Council
from shop.domain.qris import StaticQris
from shop.domain.tokens import LinkMaker
from shop.models import Base
from shop.ports import Mail, Payments, PhotoStore, PictureMaker, Wake

db = SQLAlchemy(metadata=Base.metadata)
login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()
compress = Compress()


@dataclass(frozen=True)
class Shop:
    """What an app was put together from."""

    config: Config
    council: Council
    mail: Mail
    wake: Wake
    photos: PhotoStore
    pictures: PictureMaker
    links: LinkMaker
    payments: Payments | None = None  # card payments; None where production has no key
    qris: StaticQris | None = None  # the council's code; None where none is set
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)


def the_shop() -> Shop:
    """The parts of the current app."""
    return cast(Shop, current_app.extensions["shop"])


def now() -> datetime:
    """The moment of this request, aware, in UTC. Rules are handed it as `at`."""
    return the_shop().clock()
