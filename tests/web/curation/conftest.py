"""Who is in the room."""

import pytest
from sqlalchemy.orm import Session

from tests.curating import Cast, cast


@pytest.fixture
def who(session: Session) -> Cast:
    people = cast(session)
    session.commit()
    return people
