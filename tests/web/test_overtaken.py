"""A row that moved between reading and writing answers 409 and leaves nothing half done."""

from flask import Flask
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from shop.extensions import csrf, db
from shop.models import Producer
from shop.web.access import public
from tests import factories
from tests.page import Page


def test_whoever_comes_second_reads_that_it_changed(unshared_app: Flask, session: Session) -> None:
    producer = factories.producer(session)
    session.commit()
    number = producer.id

    @unshared_app.post("/try/overtaken")
    @public
    def overtaken() -> str:
        mine = db.session.get_one(Producer, number)
        mine.training = "Pewarna alami"
        with db.session.no_autoflush:
            moved = update(Producer).where(Producer.id == number).values(version=text("version + 1"))
            db.session.execute(moved.execution_options(synchronize_session=False))
        db.session.commit()
        return ""

    csrf.exempt(overtaken)
    page = Page(unshared_app.test_client().post("/try/overtaken"))
    assert page.status == 409
    assert "berubah sementara Anda bekerja" in page.text
    session.expire_all()
    assert producer.training == ""
