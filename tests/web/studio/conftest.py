"""Somebody in the producer's room."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from shop.models import Member, Person
from tests import factories
from tests.page import Visitor


@pytest.fixture
def chair(session: Session) -> Member:
    """The chair of a verified weaving group."""
    member = factories.member(session, factories.producer(session), factories.person(session, "Yuliana Hoar"))
    session.commit()
    return member


@pytest.fixture
def visitor(client: FlaskClient, session: Session, chair: Member) -> Visitor:
    """The chair with a browser without script, signed in."""
    return Visitor(client).signed_in(session, chair.person)


@pytest.fixture
def neighbour(session: Session) -> Person:
    """The chair of another group."""
    person = factories.person(session, "Bernadete")
    factories.producer(session, "Kelompok Tenun Hamutuk", chair=person)
    session.commit()
    return person
