"""One work, looked at by a curator."""

from __future__ import annotations

from shop.blueprints.curation.room import blueprint
from shop.domain.errors import NotFound
from shop.web.access import curator_only


@blueprint.get("/kurasi/karya/<int:revision_id>")
@curator_only
def review(revision_id: int) -> str:  # noqa: ARG001
    raise NotFound
