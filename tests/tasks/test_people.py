"""What is finished and swept for people, every quarter of an hour."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from shop.models import Attempt, Person
from shop.tasks import schedule
from tests import factories


def test_deletions_are_finished_and_old_tries_swept(app, session) -> None:
    factories.person(session, deletion_asked_at=factories.AT)
    factories.person(session, "Maria")
    now = datetime.now(UTC)
    session.add_all([Attempt(key="x", at=now - timedelta(days=2)), Attempt(key="x", at=now)])
    session.commit()
    assert schedule.run(app, "people") is False
    assert session.scalar(select(func.count()).where(Person.deleted_at.is_not(None))) == 1
    assert session.scalar(select(Person.name).where(Person.deleted_at.is_(None))) == "Maria"
    assert session.scalar(select(func.count()).select_from(Attempt)) == 1
