"""`flask make-curator`: the first people of a new shop."""

from __future__ import annotations

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions.events import log
from shop.actions.one_time_links import make_link, revoke_links
from shop.domain.roles import Actor
from shop.extensions import db, now, the_shop
from shop.forms.fields import read_email
from shop.models import Person
from shop.queries.people import by_contact


@click.command("make-curator")
@click.argument("email")
@click.option("--administrator", is_flag=True, help="Make an administrator as well; the first one always is.")
@with_appcontext
def make_curator(email: str, administrator: bool) -> None:
    """Makes EMAIL a curator and prints a link with which they choose their password, once, within three days."""
    address = read_email(email)
    if address is None:
        raise click.BadParameter(f"{email!r} is no e-mail address", param_hint="EMAIL")
    session = db.session()
    person = by_contact(session, address, None) or _new(session, address)
    if not person.may_sign_in:
        raise click.ClickException(f"{address} is suspended or deleted; use another address")
    _promote(session, person, administrator=administrator or not _has_administrator(session))
    revoke_links(session, person, "first_password", at=now())
    link = make_link(session, the_shop().links, "first_password", person=person, at=now())
    log(session, "password_link_made", by=None, actor=Actor.SYSTEM, person=person, at=now())
    session.commit()
    tasks = "curator and administrator" if person.is_administrator else "curator"
    click.echo(f"{address} is {tasks}. Choose a password here, once, within three days:")
    click.echo(f"{the_shop().config.base_url or 'http://127.0.0.1:8000'}/tautan/{link.token}")


def _new(session: Session, address: str) -> Person:
    """Named by the address until they write their name in the profile."""
    person = Person(name=address.partition("@")[0], email=address, created_at=now())
    session.add(person)
    session.flush()
    log(session, "register", by=None, actor=Actor.SYSTEM, person=person, at=now())
    return person


def _promote(session: Session, person: Person, *, administrator: bool) -> None:
    """Somebody must be able to invite the others, so the first is an administrator too."""
    for role, column, wanted in (
        ("curator", "is_curator", True),
        ("administrator", "is_administrator", administrator),
    ):
        if wanted and not getattr(person, column):
            setattr(person, column, True)
            log(session, f"{role}_given", by=None, actor=Actor.SYSTEM, person=person, at=now())


def _has_administrator(session: Session) -> bool:
    return session.scalar(select(Person.id).where(Person.is_administrator).limit(1)) is not None
