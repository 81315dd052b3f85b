"""Looking at one work: the page, a photo at full size, taking and keeping hold."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.actions import claims
from shop.blueprints.curation import facts
from shop.blueprints.curation.room import blueprint
from shop.blueprints.curation.showing import find, review_page, undoable
from shop.domain.curation import HeldByAnother
from shop.domain.errors import NotFound
from shop.extensions import db, now
from shop.web.access import curator_only
from shop.web.errors import sentence_of
from shop.web.login import the_person
from shop.web.numbers import row_asked


@blueprint.get("/kurasi/karya/<int:revision_id>")
@curator_only
def review(revision_id: int) -> str:
    return review_page(find(revision_id), undo=undoable(row_asked(request.args, "diputus")))


@blueprint.get("/kurasi/karya/<int:revision_id>/foto/<int:number>")
@curator_only
def photo(revision_id: int, number: int) -> str:
    """One photo as large as it was rendered."""
    revision = find(revision_id)
    if not 0 <= number < len(revision.photos):
        raise NotFound
    return render_template(
        "curation/photo.html", revision=revision, number=number, slot_label=facts.slot_label
    )


@blueprint.post("/kurasi/karya/<int:revision_id>/ambil")
@curator_only
def take(revision_id: int) -> Response | tuple[str, int]:
    """Claims this very work."""
    revision = find(revision_id)
    try:
        claims.claim(db.session(), revision, by=the_person(), at=now())
    except HeldByAnother as held:
        db.session.rollback()
        return review_page(find(revision_id), moved=sentence_of(held)), 409
    db.session.commit()
    return redirect(url_for("curation.review", revision_id=revision_id))


@blueprint.post("/kurasi/karya/<int:revision_id>/hadir")
@curator_only
def present(revision_id: int) -> tuple[str, int]:
    """A sign of life from the page's script; 409 when the hold is gone."""
    held = claims.touch(db.session(), find(revision_id), by=the_person(), at=now())
    db.session.commit()
    return "", 204 if held else 409
