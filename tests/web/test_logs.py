"""The log names no people, whatever went wrong."""

import json
import logging
import sys

from flask import Flask
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.extensions import db
from shop.models import Person
from shop.web.logs import JsonLines
from tests import factories


def test_a_refused_row_leaves_nothing_of_itself_in_the_log(app: Flask, session: Session) -> None:
    known = factories.person(session, "Yuliana", email="yuliana@contoh.test")
    session.commit()
    with app.app_context():
        try:
            db.session.add(Person(name="Yuliana Bete", email=known.email, created_at=factories.AT))
            db.session.flush()
        except IntegrityError:
            record = logging.makeLogRecord({"msg": "unexpected", "exc_info": sys.exc_info()})
    line = JsonLines().format(record)
    assert "IntegrityError" in json.loads(line)["trace"]
    assert "yuliana" not in line.lower()
