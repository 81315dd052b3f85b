"""Saved works: in the account of who signed in, in the browser of everybody else."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from shop.actions import saved as actions
from shop.blueprints.catalogue.door import blueprint
from shop.domain.errors import NotFound
from shop.extensions import csrf, db, now
from shop.models import Listing
from shop.queries import saved as queries
from shop.web import keepsakes
from shop.web.access import public, signed_in
from shop.web.login import current_person, the_person
from shop.web.own_pages import pressed_here


@blueprint.get("/tersimpan")
@public
def saved() -> str:
    person, session = current_person(), db.session()
    here = keepsakes.slugs()
    works = queries.works(session, person) if person else queries.works_named(session, here)
    hidden = queries.hidden_works(session, person) if person else len(here) - len(works)
    return render_template(
        "catalogue/saved.html", works=works, hidden=hidden, in_browser=len(here) if person else 0
    )


@blueprint.post("/karya/<slug>/simpan")
@public
def save(slug: str) -> Response:
    """Kept once, however often it is pressed. Its button stands on pages that carry no token."""
    pressed_here()
    person, session = current_person(), db.session()
    listing = queries.listing_named(session, slug)
    if listing is None:
        raise NotFound
    response = redirect(url_for("catalogue.saved"), 303)
    if person is None:
        others = [one for one in keepsakes.slugs() if one != slug]
        keepsakes.keep(response, [slug, *others])  # type: ignore[arg-type]
        return response
    actions.save_work(session, person, listing, at=now())
    db.session.commit()
    return response


csrf.exempt(save)


@blueprint.post("/tersimpan/hapus/<slug>")
@public
def forget(slug: str) -> Response:
    """Gone from the list, also when the work is not on show any more."""
    person, session = current_person(), db.session()
    response = redirect(url_for("catalogue.saved"), 303)
    if person is None:
        keepsakes.keep(response, [one for one in keepsakes.slugs() if one != slug])  # type: ignore[arg-type]
        return response
    listing = queries.listing_named(session, slug)
    if listing is not None:
        actions.forget_work(session, person, listing.id)
    db.session.commit()
    return response


@blueprint.post("/tersimpan/pindah")
@signed_in
def move_saved() -> Response:
    """What this browser kept goes into the account."""
    session, at = db.session(), now()
    for slug in reversed(keepsakes.slugs()):
        listing = queries.listing_named(session, slug)
        if listing is not None:
            actions.save_work(session, the_person(), listing, at=at)
    response = redirect(url_for("catalogue.saved"), 303)
    keepsakes.keep(response, [])  # type: ignore[arg-type]
    db.session.commit()
    return response


def is_saved(listing: Listing) -> bool:
    """Whether this visitor keeps the work."""
    person = current_person()
    if person is None:
        return listing.slug in keepsakes.slugs()
    return queries.is_saved(db.session(), person, listing.id)
