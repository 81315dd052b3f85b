"""The price step: on which terms a work is sold, and a helper that reckons a price."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm

from shop.domain.editor import suggested_price_idr
from shop.domain.listing import AVAILABILITY_LABELS, PRICE_KIND_LABELS, Availability, PriceKind
from shop.forms.numbers import OneOf, PriceField, WholeField
from shop.forms.works import LARGEST_CM, price_text

SIDES = ("length_cm", "width_cm", "height_cm")
LONGEST_LEAD_DAYS = 365


class OfferForm(FlaskForm):  # type: ignore[misc]
    """Price, availability, stock, making time, and between which sizes one may ask."""

    price_kind = OneOf(lazy_gettext("Cara memberi harga"), PRICE_KIND_LABELS)
    price = PriceField(lazy_gettext("Harga (Rp)"))
    calc_material = PriceField(lazy_gettext("Bahan (Rp)"))
    calc_days = WholeField(lazy_gettext("Hari kerja"), largest=400)
    calc_wage = PriceField(lazy_gettext("Upah sehari (Rp)"))
    availability = OneOf(lazy_gettext("Ketersediaan"), AVAILABILITY_LABELS)
    stock = WholeField(lazy_gettext("Stok"), smallest=0, largest=9_999)
    lead_time_days = WholeField(lazy_gettext("Lama pengerjaan (hari)"), largest=LONGEST_LEAD_DAYS)
    length_cm_from = WholeField(lazy_gettext("Panjang dari (cm)"), largest=LARGEST_CM)
    length_cm_to = WholeField(lazy_gettext("Panjang sampai (cm)"), largest=LARGEST_CM)
    width_cm_from = WholeField(lazy_gettext("Lebar dari (cm)"), largest=LARGEST_CM)
    width_cm_to = WholeField(lazy_gettext("Lebar sampai (cm)"), largest=LARGEST_CM)
    height_cm_from = WholeField(lazy_gettext("Tinggi dari (cm)"), largest=LARGEST_CM)
    height_cm_to = WholeField(lazy_gettext("Tinggi sampai (cm)"), largest=LARGEST_CM)

    @staticmethod
    def shown(offer: Any) -> dict[str, Any]:
        """What the inputs hold for an offer (its fields by name)."""
        limits = {
            f"{side}_{end}": str(span[index])
            for side, span in offer.size_limits.items()
            for index, end in enumerate(("from", "to"))
        }
        return limits | {
            "price_kind": offer.price_kind,
            "price": price_text(offer.price_idr),
            "availability": offer.availability,
            "stock": str(offer.stock),
            "lead_time_days": str(offer.lead_time_days or ""),
        }

    def read(self) -> dict[str, Any]:
        """The fields of an offer."""
        availability = self.availability.value or Availability.READY
        made = availability == Availability.MADE_TO_ORDER
        kind = self.price_kind.value or PriceKind.FIXED
        return {
            "price_kind": kind,
            "price_idr": None if kind == PriceKind.ON_REQUEST else self.price.value,
            "availability": availability,
            "stock": self.stock.value or 0,
            "lead_time_days": self.lead_time_days.value if made else None,
            "size_limits": self._limits() if made else {},
        }

    def _limits(self) -> dict[str, list[int]]:
        """Both ends of the sides that were filled in; validation has paired and ordered them."""
        spans = {side: [self[f"{side}_from"].value, self[f"{side}_to"].value] for side in SIDES}
        return {side: span for side, span in spans.items() if all(span)}

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        return all([good, self._one_piece(), *(self._paired(side) for side in SIDES)])

    def _one_piece(self) -> bool:
        if self.availability.value == Availability.ONE_OF_A_KIND and (self.stock.value or 0) > 1:
            self.stock.errors = [str(lazy_gettext("Karya satu-satunya mempunyai stok 0 atau 1"))]
            return False
        return True

    def _paired(self, side: str) -> bool:
        low, high = self[f"{side}_from"], self[f"{side}_to"]
        if low.errors or high.errors or (low.value is None and high.value is None):
            return True
        if low.value is None or high.value is None:
            low.errors = [str(lazy_gettext("Isi batas bawah dan batas atas"))]
            return False
        if low.value > high.value:
            high.errors = [str(lazy_gettext("Batas atas lebih kecil daripada batas bawah"))]
            return False
        return True

    @property
    def suggested_idr(self) -> int | None:
        """What the helper reckons; None while one of its figures is missing."""
        figures = (self.calc_material.value, self.calc_days.value, self.calc_wage.value)
        if any(field.errors for field in (self.calc_material, self.calc_days, self.calc_wage)):
            return None
        if figures[1] is None or figures[2] is None:
            return None
        return suggested_price_idr(figures[0] or 0, figures[1], figures[2])
