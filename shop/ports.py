"""What the shop needs from outside, as Protocols. Gateways fill them; only `create_app` knows which."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

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

    def local(self, key: str) -> AbstractContextManager[Path]:
        """A readable local file with the content, for as long as the context lasts."""

    def files(self, prefix: str) -> Iterator[StoredFile]: ...


class PictureMaker(Protocol):
    """Makes pictures of files. Raises a PhotoRefused, PhotoFailed or RoomBusy."""

    def preview(self, source: Path, target: Path, *, patience_s: float = 3) -> Rendered: ...

    def render(self, source: Path, folder: Path) -> Rendered: ...
