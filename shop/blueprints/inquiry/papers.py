"""The numbered documents of a thread, as PDF, for everybody who may read the thread."""

from __future__ import annotations

from flask import Response

from shop.blueprints.inquiry.door import blueprint
from shop.domain.documents import file_words, read_file_words
from shop.domain.errors import NotFound
from shop.extensions import db
from shop.queries import documents
from shop.web.access import public
from shop.web.csv_files import download
from shop.web.paper.document import document_file
from shop.web.threads import access_to


@blueprint.get("/pesanan/<code>/dokumen/<number>.pdf")
@public
def document(code: str, number: str) -> Response:
    """Drawn from its snapshot. Of another thread it is not there, whatever its number."""
    access, asked = access_to(code), read_file_words(number)
    if asked is None:
        raise NotFound
    found = documents.numbered(db.session(), access.inquiry.id, *asked)
    if found is None:
        raise NotFound
    name = file_words(found.kind, found.year, found.number)
    return download(document_file(found, found.replaced_by), "application/pdf", f"{name}.pdf")
