"""The one door for links that do one thing once."""

from __future__ import annotations

from flask import redirect, render_template, session, url_for
from werkzeug import Response

from shop.actions.one_time_links import LinkGone, find_link
from shop.blueprints.account.door import blueprint
from shop.extensions import db, now
from shop.models import OneTimeLink
from shop.web.access import public

PAGES = {
    "reset_password": "account.new_password",
    "first_password": "account.new_password",
    "confirm_email": "account.confirm_email",
    "change_email": "account.confirm_email",
    "undo_email": "account.undo_email",
    "join_producer": "account.invitation",
    "invite_staff": "account.invitation",
}


@blueprint.get("/tautan/<token>")
@public
def open_link(token: str) -> Response | tuple[str, int]:
    """Keeps the token in this browser and goes on to the clean address; changes nothing."""
    try:
        link = find_link(db.session(), token, at=now())
    except LinkGone:
        return gone()
    session["link"], session["link_for"] = token, link.purpose
    answer = redirect(url_for(PAGES[link.purpose]), 303)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def opened_link(*purposes: str) -> OneTimeLink:
    """The link this browser opened last, for one of the purposes. Raises LinkGone."""
    return find_link(db.session(), session.get("link", ""), *purposes, at=now())


def forget_link() -> None:
    session.pop("link", None)
    session.pop("link_for", None)


def gone() -> tuple[str, int]:
    """The page for a link that opens nothing any more."""
    forget_link()
    return render_template("account/link_gone.html"), 410
