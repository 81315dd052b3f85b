"""The numbered documents of all of a buyer's threads in one list."""

from __future__ import annotations

from flask import render_template

from shop.blueprints.account.door import blueprint
from shop.domain.documents import LABELS, Kind, file_words, number_words
from shop.extensions import db
from shop.models import Document
from shop.queries import documents as queries
from shop.web.access import signed_in
from shop.web.login import the_person
from shop.web.numbers import page_asked


@blueprint.get("/akun/dokumen")
@signed_in
def papers() -> str:
    page = page_asked()
    found = queries.of_buyer(db.session(), the_person(), page=page)
    return render_template(
        "account/papers.html",
        papers=[(_words(paper), code, paper) for paper, code in found[: queries.PER_PAGE]],
        page=page,
        more=len(found) > queries.PER_PAGE,
    )


def _words(paper: Document) -> dict[str, str]:
    return {
        "label": LABELS[Kind(paper.kind)],
        "number": number_words(paper.kind, paper.year, paper.number),
        "file": file_words(paper.kind, paper.year, paper.number),
    }
