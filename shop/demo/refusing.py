"""Production never runs on demo data: its passwords are printed in the README."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, ProgrammingError

from shop import database
from shop.config import Config, SettingError
from shop.extensions import db
from shop.models import Person

DEMO_PEOPLE = "%@contoh.test"  # .test belongs to nobody, so no person of a real shop has such an address


def refuse_demo_rows(app: Flask, config: Config) -> None:
    """Raise SettingError when production would serve a database with demo people in it. A database that cannot be
    asked yet (not migrated, not there) has none; `/readyz` tells about it.
    """
    if not config.development and _holds_demo_people(app):
        raise SettingError(
            "SHOP_DATABASE_URL",
            "this database holds demo data (data contoh), whose passwords everybody knows; use an empty one",
        )


def _holds_demo_people(app: Flask) -> bool:
    with app.app_context(), database.reading():
        try:
            return (
                db.session.scalar(select(Person.id).where(Person.email.like(DEMO_PEOPLE)).limit(1))
                is not None
            )
        except (OperationalError, ProgrammingError):
            return False
        finally:
            db.session.rollback()
            db.engine.dispose()  # what starts after this forks; no connection may be shared
