"""Sample rates: invented prices to real places, to be replaced by the council's own."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from shop.actions.shipping import Zone, add_zone
from shop.demo.people import Cast

ZONES = (
    Zone("Belu (contoh)", "Kurir Galeri", 6000, "1–2 hari", ("53.04",),
         {1000: 10_000, 5000: 20_000, 20_000: 50_000}),
    Zone("Timor dan sekitarnya (contoh)", "JNE REG", 6000, "2–4 hari", ("53",),
         {1000: 22_000, 2000: 38_000, 5000: 80_000, 10_000: 145_000}),
    Zone("Jawa dan Bali (contoh)", "JNE REG", 6000, "4–7 hari", ("31", "32", "33", "34", "35", "36", "51"),
         {1000: 58_000, 2000: 105_000, 5000: 240_000, 10_000: 460_000}),
    Zone("Meubel ke Surabaya (contoh)", "J&T Cargo", 5000, "10–14 hari", ("35.78",),
         {10_000: 160_000, 30_000: 390_000, 60_000: 720_000}),
)  # fmt: skip


def make_rates(session: Session, cast: Cast, *, at: datetime) -> None:
    """Flushed."""
    for zone in ZONES:
        add_zone(session, zone, by=cast.curators[0], at=at)
