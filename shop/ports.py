"""What the shop needs from outside, as Protocols. Gateways fill them; only `create_app` knows which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Letter:
    """An e-mail ready to go: plain text and HTML say the same."""

    to: str
    subject: str
    text: str
    html: str
    message_id: str


class Mail(Protocol):
    """Sends letters."""

    def send(self, letter: Letter) -> None:
        """Hand the letter over for delivery. Raises OSError when that failed and may be tried again."""


class Wake(Protocol):
    """Tells the worker that rows wait; what it misses, the periodic sweep finds."""

    def __call__(self, task: str) -> None:
        """`task` is a name in tasks/schedule. Never raises."""
