"""Who is here."""

from __future__ import annotations

from flask import render_template, request

from shop.blueprints.admin.room import blueprint
from shop.extensions import db, now
from shop.forms.fields import LONGEST_LINE, clean_line, read_phone
from shop.queries import people_list as queries
from shop.web.access import admin_only
from shop.web.numbers import page_asked


@blueprint.get("/admin")
@admin_only
def people() -> str:
    group = request.args.get("kelompok", "")
    group = group if group in queries.GROUPS else queries.GROUPS[0]
    words = clean_line(request.args.get("q", ""))[:LONGEST_LINE]
    page = page_asked()
    rows, total = queries.page_of(db.session(), group, words, read_phone(words), page=page)
    return render_template(
        "admin/people.html",
        rows=rows,
        total=total,
        counts=queries.counts(db.session()),
        group=group,
        words=words,
        page=page,
        per_page=queries.PER_PAGE,
        invitations=queries.open_staff_invitations(db.session(), at=now()),
    )
