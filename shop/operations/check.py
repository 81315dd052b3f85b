"""Is everything as it must be? Each check looks at one promise of the shop and names what breaks it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, and_, func, not_, or_, select, text

from shop.domain.catalogue import SOLD
from shop.models import CatalogueEntry, Listing, Photo, Producer, Revision, guards
from shop.operations import deal_check, money_check, payment_check
from shop.operations.backup import snapshot
from shop.ports import PhotoStore


@dataclass(frozen=True)
class Finding:
    """What is wrong, in one sentence, and which promise it breaks."""

    promise: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.promise}: {self.sentence}"


def check(engine: Engine, photos: PhotoStore) -> Iterator[Finding]:
    """Every finding, as of one moment; nothing is changed."""
    with snapshot(engine) as connection:
        for promise, looks in PROMISES.items():
            for sentence in looks(connection):
                yield Finding(promise, sentence)
        for sentence in _photos(connection, photos):
            yield Finding("photos", sentence)


def _database(connection: Connection) -> Iterator[str]:
    """SQLite can look at its own file; PostgreSQL checks its pages itself when it reads them."""
    if connection.dialect.name != "sqlite":
        return
    for (said,) in connection.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield str(said)
    for table, row, other, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield f"row {row} of {table} points to a row of {other} that is not there"


def _live_versions(connection: Connection) -> Iterator[str]:
    """What buyers see is an approved revision of that very listing."""
    other = or_(Revision.listing_id != Listing.id, Revision.approved_at.is_(None))
    joined = select(Listing.id).join(Revision, Revision.id == Listing.live_revision_id)
    for (listing,) in connection.execute(joined.where(other)):
        yield f"the live version of listing {listing} is not an approved one of its own"


def _catalogue(connection: Connection) -> Iterator[str]:
    """A work can be found if and only if it is published and its producer verified."""
    seen = and_(Listing.status == "published", Producer.status == "verified")
    joined = select(Listing.id).join(Producer, Producer.id == Listing.producer_id)
    joined = joined.outerjoin(CatalogueEntry, CatalogueEntry.listing_id == Listing.id)
    for (listing,) in connection.execute(joined.where(seen, CatalogueEntry.listing_id.is_(None))):
        yield f"listing {listing} is published but cannot be found"
    for (listing,) in connection.execute(joined.where(not_(seen), CatalogueEntry.listing_id.is_not(None))):
        yield f"listing {listing} can be found but must not be seen"


def _stock(connection: Connection) -> Iterator[str]:
    """Never less than nothing, and of a single piece one; the catalogue must say the same as the listing."""
    single = and_(Listing.availability == "one_of_a_kind", Listing.stock > 1)
    for listing, stock in connection.execute(
        select(Listing.id, Listing.stock).where(or_(Listing.stock < 0, single))
    ):
        yield f"listing {listing} has {stock} pieces in stock, which cannot be"
    sold = and_(Listing.stock == 0, Listing.availability != "made_to_order")
    joined = select(Listing.id).join(CatalogueEntry, CatalogueEntry.listing_id == Listing.id)
    for (listing,) in connection.execute(joined.where((CatalogueEntry.standing == SOLD) != sold)):
        yield f"the catalogue is wrong about whether listing {listing} is sold"


def _prices(connection: Connection) -> Iterator[str]:
    joined = select(Listing.id).join(CatalogueEntry, CatalogueEntry.listing_id == Listing.id)
    differ = func.coalesce(CatalogueEntry.price_idr, 0) != func.coalesce(Listing.price_idr, 0)
    for (listing,) in connection.execute(joined.where(differ)):
        yield f"the catalogue shows another price for listing {listing} than the listing has"


def _photos(connection: Connection, photos: PhotoStore) -> Iterator[str]:
    """The file of every photo we took is there, and is what we took; the latter where the files lie on this machine."""
    rows = select(Photo.name, Photo.original_key, Photo.sha256).where(Photo.original_key != "")
    for name, key, sha256 in connection.execute(rows):
        if not photos.has(key):
            yield f"the original of photo {name} is missing ({key})"
        elif (path := photos.path(key)) is not None and _sha256(path) != sha256:
            yield f"the original of photo {name} is not what was received ({key})"


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _guards(connection: Connection) -> Iterator[str]:
    """The database itself refuses to change the ledger."""
    for name in guards.missing(connection):
        yield f"the trigger {name} is gone, so the ledger can be changed"


PROMISES: dict[str, Callable[[Connection], Iterator[str]]] = {
    "database": _database,
    "guards": _guards,
    "live versions": _live_versions,
    "catalogue": _catalogue,
    "stock": _stock,
    "prices": _prices,
    "journals": money_check.journals,
    "payments": money_check.payments,
    "balances": money_check.balances,
    "payouts": money_check.payouts,
    "bank lines": money_check.bank_lines,
    "fees": money_check.fees,
    "holds": money_check.holds,
    "references": payment_check.references,
    "arrivals": payment_check.arrivals,
    "counted": payment_check.counted,
    "refunds": payment_check.refunds,
    "deals": deal_check.log,
    "orders": deal_check.orders,
    "money and status": deal_check.money_and_status,
    "moments": deal_check.moments,
    "stock and status": deal_check.stock_and_status,
    "tasks": deal_check.somebodys_task,
    "documents": money_check.documents,
}
