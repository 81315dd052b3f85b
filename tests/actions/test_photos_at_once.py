"""The same photo from two tabs at the same moment: one row, whichever database keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from shop.actions import photos
from shop.domain.photo import Rendered
from shop.models import Member, Photo
from tests import factories
from tests.actions.test_listing_at_once import at_once
from tests.factories import AT

INCOMING = photos.Incoming("ab" * 32, 1000, Rendered(400, 500, "", [400]))


@pytest.mark.parametrize("keys", [("kunci-satu", "kunci-dua"), ("kunci-satu", "kunci-satu")])
def test_the_same_photo_twice_at_once_is_one(app: Flask, session: Session, keys: tuple[str, str]) -> None:
    member = factories.member(session, factories.producer(session), factories.person(session))
    session.commit()
    member_id, seen = member.id, []

    def send(key: str) -> Callable[[Session], Any]:
        def step(own: Session) -> None:
            by = own.get_one(Member, member_id)
            photo = photos.receive(own, INCOMING, by=by.person, producer=by.producer, client_id=key, at=AT)
            seen.append(photo.id)

        return step

    assert at_once(app, session, *map(send, keys)) == [None, None]
    assert len(seen) == 2
    assert len(set(seen)) == 1
    assert session.query(Photo).filter_by(sha256=INCOMING.sha256).count() == 1
