"""`flask make-curator`."""

import pytest
from sqlalchemy import func, select

from shop.models import Event, Person
from tests import factories
from tests.page import Visitor


def run(app, *words: str):
    return app.test_cli_runner().invoke(args=["make-curator", *words])


def test_the_first_curator_is_administrator_too_and_chooses_a_password(app, session) -> None:
    said = run(app, "Sari@Contoh.test")
    assert said.exit_code == 0, said.output
    person = session.scalars(select(Person)).one()
    assert (person.email, person.is_curator, person.is_administrator) == ("sari@contoh.test", True, True)
    address = said.output.split()[-1]
    assert address.startswith("http://localhost/tautan/")
    visitor = Visitor(app.test_client())
    visitor.get(address.removeprefix("http://localhost"))
    visitor.press("Simpan kata sandi", {"Kata sandi baru": "loba-dan-tarum"})
    answer = visitor.press("Masuk", {"Kata sandi": "salah-semua"}, status=422)
    assert "tidak cocok" in answer.text
    assert {"register", "curator_given", "administrator_given"} <= set(session.scalars(select(Event.what)))


def test_later_ones_are_curators_unless_said_otherwise(app, session) -> None:
    run(app, "satu@contoh.test")
    run(app, "dua@contoh.test")
    run(app, "tiga@contoh.test", "--administrator")
    found = dict(session.execute(select(Person.email, Person.is_administrator)).all())
    assert found == {"satu@contoh.test": True, "dua@contoh.test": False, "tiga@contoh.test": True}


def test_who_is_here_already_keeps_the_account(app, session) -> None:
    factories.person(session, email="maria@contoh.test")
    session.commit()
    assert run(app, "maria@contoh.test").exit_code == 0
    assert run(app, "maria@contoh.test").exit_code == 0
    assert session.scalar(select(func.count()).select_from(Person)) == 1


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_what_is_no_address_is_refused(app) -> None:
    said = run(app, "sari")
    assert said.exit_code == 2
    assert "no e-mail address" in said.output


def test_a_suspended_person_is_refused(app, session) -> None:
    factories.person(session, email="maria@contoh.test", suspended_at=factories.AT)
    session.commit()
    assert "suspended" in run(app, "maria@contoh.test").output
