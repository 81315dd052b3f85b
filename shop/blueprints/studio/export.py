"""A producer's own copy of its data, as tables any spreadsheet opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from flask import Response
from flask_babel import gettext as _

from shop.actions.listings import shown_revision
from shop.blueprints.studio.room import blueprint
from shop.domain.deal import DEAL_STATUS_LABELS, DealStatus
from shop.domain.listing import STATUS_LABELS, Status
from shop.extensions import db
from shop.models import Inquiry, Listing
from shop.queries import studio
from shop.web.access import producer_only
from shop.web.filters import local
from shop.web.login import the_member

FORMULA = ("=", "+", "-", "@", "\t")  # what a spreadsheet would run instead of show
Cell = str | int | None


@blueprint.get("/studio/unduh/karya.csv")
@producer_only
def works_csv() -> Response:
    """All works, whatever their state."""
    head = (_("Nomor"), _("Nama karya"), _("Keadaan"), _("Kerajinan"), _("Harga (Rp)"), _("Stok"), _("Dibuat"),
            _("Ditayangkan"), _("Alamat"))  # fmt: skip
    listings = studio.all_works(db.session(), the_member().producer_id)
    return _file("karya.csv", head, map(_work, listings))


def _work(listing: Listing) -> Sequence[Cell]:
    revision = shown_revision(listing)
    return (
        listing.id,
        revision.title_id,
        _(STATUS_LABELS[Status(listing.status)]),
        revision.craft,
        listing.price_idr,
        listing.stock,
        local(listing.created_at).date().isoformat(),
        local(listing.published_at).date().isoformat() if listing.published_at else "",
        f"/karya/{listing.slug}" if listing.slug else "",
    )


@blueprint.get("/studio/unduh/pesanan.csv")
@producer_only
def inquiries_csv() -> Response:
    """All inquiries: who asked for what and when it was answered; no phone numbers, no addresses."""
    head = (_("Nomor"), _("Keadaan"), _("Pembeli"), _("Tujuan"), _("Karya"), _("Masuk"), _("Dijawab"))
    inquiries = studio.all_inquiries(db.session(), the_member().producer_id)
    return _file("pesanan.csv", head, map(_inquiry, inquiries))


def _inquiry(inquiry: Inquiry) -> Sequence[Cell]:
    return (
        inquiry.code,
        _(DEAL_STATUS_LABELS[DealStatus(inquiry.status)]),
        inquiry.buyer_name,
        inquiry.destination,
        "; ".join(f"{item.quantity} x {item.title}" for item in inquiry.items),
        local(inquiry.created_at).isoformat(sep=" ", timespec="minutes"),
        local(inquiry.answered_at).isoformat(sep=" ", timespec="minutes") if inquiry.answered_at else "",
    )


def _file(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """With a byte order mark, so that Excel reads the letters right."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    response = Response("\ufeff" + text.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
