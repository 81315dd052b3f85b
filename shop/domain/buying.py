"""Buying what stands ready: which works can be bought without a quote, and what may have changed meanwhile."""

from __future__ import annotations

from shop.domain.errors import WrongState
from shop.domain.listing import Availability, PriceKind
from shop.domain.words import N_


class NotReady(WrongState):
    """The work is not for sale just like that: made to order, without a price, hidden."""

    sentence = N_("%(title)s tidak dapat dibeli langsung. Tanyakan kepada pembuatnya.")


class FewerLeft(WrongState):
    """Somebody was faster; some are left."""

    sentence = N_("%(title)s tinggal %(left)s. Ubah jumlahnya.")


class PriceChanged(WrongState):
    """The buyer saw another price. What holds now is said before anything is paid."""

    sentence = N_("Harga %(title)s berubah dari %(before)s menjadi %(after)s. Periksa, lalu kirim lagi.")


class ShippingChanged(WrongState):
    """The buyer saw another price for the shipping."""

    sentence = N_("Ongkir %(producer)s berubah dari %(before)s menjadi %(after)s. Periksa, lalu kirim lagi.")


def stands_ready(availability: str, price_kind: str, price_idr: int | None) -> bool:
    """Whether a work of this kind is bought at its price, as long as there is a piece of it."""
    return (
        availability in (Availability.READY, Availability.ONE_OF_A_KIND)
        and price_kind == PriceKind.FIXED
        and price_idr is not None
    )
