"""What the shop needs from outside, as Protocols. Gateways fill them; only `create_app` knows which."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

from shop.domain.photo import Rendered


@dataclass(frozen=True)
class Letter:
    """An e-mail ready to go: plain text and HTML say the same."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str


class LetterRefused(OSError):
    """The letter will never be taken: no such mailbox, an address that is none."""


class Mail(Protocol):
    """Sends letters."""

    def send(self, letter: Letter) -> None:
        """Hand the letter over for delivery. Raises LetterRefused when trying again is of no use, another
        OSError when it may help.
        """


class Wake(Protocol):
    """Tells the worker that rows wait; what it misses, the periodic sweep finds."""

    def __call__(self, task: str) -> None:
        """`task` is a name in tasks/schedule. Never raises."""

    def reach(self) -> None:
        """Raises when the queue between here and the worker cannot be reached."""


class PhotoFailed(Exception):
    """The picture room died, ran out of memory or of time over a file. Worth another try later."""


class RoomBusy(Exception):
    """The picture room has other work, longer than the caller wanted to wait."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    key: str
    size_bytes: int
    changed_at: datetime


class PhotoStore(Protocol):
    """Files under keys such as `originals/3f/3f9a…` and `photos/k7/k7…/360.avif`.

    A key holds a whole file or none, whatever dies while it is written. Missing keys raise FileNotFoundError.
    """

    def put(self, key: str, source: Path) -> None:
        """Keeps the content of a local file under the key; the local file stays."""

    def open(self, key: str) -> BinaryIO: ...

    def has(self, key: str) -> bool: ...

    def delete(self, key: str) -> None:
        """Missing keys are passed over."""

    def changed_at(self, key: str) -> datetime: ...

    def path(self, key: str) -> Path | None:
        """Where the file lies, when it lies on this machine, so that a web server can send it itself."""

    def address(self, key: str, seconds: int) -> str | None:
        """A signed address where a browser fetches it itself, good for so long; None where we send it."""

    @property
    def origin(self) -> str | None:
        """Scheme and host of such addresses, for the policy of pages; None where we send files ourselves."""

    def local(self, key: str) -> AbstractContextManager[Path]:
        """A readable local file with the content, for as long as the context lasts."""

    def files(self, prefix: str) -> Iterator[StoredFile]: ...


class PictureMaker(Protocol):
    """Makes pictures of files. Raises a PhotoRefused, PhotoFailed or RoomBusy."""

    def preview(self, source: Path, target: Path, *, edit: str = "", patience_s: float = 8) -> Rendered:
        """Writes one small JPEG to the target. Of a source that is not edited it takes the place it was taken out of
        the file itself.
        """

    def render(self, source: Path, folder: Path, *, edit: str = "") -> Rendered:
        """Writes all renditions into the folder."""


class PaymentsUnreachable(OSError):
    """The card processor did not answer. It may have taken the request: ask again with the same key."""


class PaymentsRefused(Exception):
    """The card processor said no to a request. A defect or a setting of ours; trying again is of no use."""


class BadSignature(Exception):
    """A notice that the card processor did not sign, or signed too long ago."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a buyer is asked to pay by card. `reference` is all that the processor learns of us, and the key."""

    reference: str
    title: str
    amount_idr: int
    expires_at: datetime
    success_url: str
    cancel_url: str
    language: str
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Checkout:
    """A session at the card processor. `status`: open, complete or expired; `paid` is the processor's own word.

    `amount_idr` is None when what the processor names is no whole number of rupiah.
    """

    id: str
    url: str | None
    status: str
    paid: bool
    amount_idr: int | None
    currency: str
    reference: str | None
    intent_id: str | None


class Told(StrEnum):
    """What a notice of the card processor tells."""

    PAID = "paid"
    WAITING = "waiting"
    FAILED = "failed"
    EXPIRED = "expired"
    REFUNDED = "refunded"
    REFUND_FAILED = "refund_failed"
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_WON = "dispute_won"
    DISPUTE_LOST = "dispute_lost"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PaymentNotice:
    """A signed notice: the event's own id and type, what it tells, and the sums it names."""

    event_id: str
    type: str
    told: Told
    checkout: Checkout | None = None
    intent_id: str | None = None
    amount_idr: int | None = None
    refund_id: str | None = None
    refund_key: str | None = None  # ours, as the refund was asked for


class Payments(Protocol):
    """Payments by card. Amounts are whole rupiah on this side; what the processor counts in is the gateway's."""

    def open(self, asked: Asked) -> Checkout:
        """A session for the buyer; the same reference gives the same. Raises PaymentsUnreachable, PaymentsRefused."""

    def look(self, session_id: str) -> Checkout:
        """The session as the processor has it now. Raises PaymentsUnreachable, PaymentsRefused."""

    def expire(self, session_id: str) -> Checkout:
        """End an open session; one that was paid meanwhile comes back paid. Raises PaymentsUnreachable."""

    def refund(self, intent_id: str, amount_idr: int, *, key: str) -> str:
        """Give back part of a payment; the refund's id. Raises PaymentsUnreachable, PaymentsRefused."""

    def read_notice(self, body: bytes, signature: str) -> PaymentNotice:
        """Raises BadSignature."""


@runtime_checkable
class DemoDesk(Protocol):
    """What the card payments of development can do besides: tell of a session as the processor would."""

    def notice(self, kind: str, reference: str, amount_idr: int) -> tuple[bytes, str]:
        """A signed notice: body and signature header."""
