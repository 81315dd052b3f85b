"""A producer's own copy of its data, as tables any spreadsheet opens."""

from __future__ import annotations

from collections.abc import Sequence

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
from shop.web.csv_files import Cell, csv_file
from shop.web.filters import local
from shop.web.login import the_member


@blueprint.get("/studio/unduh/karya.csv")
@producer_only
def works_csv() -> Response:
    """All works, whatever their state."""
    head = (_("Nomor"), _("Nama karya"), _("Keadaan"), _("Kerajinan"), _("Harga (Rp)"), _("Stok"), _("Dibuat"),
            _("Ditayangkan"), _("Alamat"))  # fmt: skip
    listings = studio.all_works(db.session(), the_member().producer_id)
    return csv_file("karya.csv", head, map(_work, listings))


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
    return csv_file("pesanan.csv", head, map(_inquiry, inquiries))


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
