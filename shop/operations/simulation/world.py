"""What is outside the shop while deals are played: the hour, the bank and the card processor.

Everything is a file that is written once, whole or not at all, so that whoever is killed leaves no half of it; and it is
not the shop's database, so that the two can be held against each other afterwards.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from shop.ports import Asked, BadSignature, Checkout, PaymentNotice, PaymentsRefused, Told

START = datetime(2027, 1, 4, 1, 0, tzinfo=UTC)


@dataclass(frozen=True)
class World:
    """A folder, and the minutes that have passed in it, shared by all processes."""

    folder: Path
    shared: mmap.mmap

    @classmethod
    def new(cls, folder: Path) -> World:
        for name in ("sessions", "outbox", "refunds", "bank", "qris", "booked", "sent"):
            (folder / name).mkdir(parents=True)
        return cls(folder, mmap.mmap(-1, 8))

    def now(self) -> datetime:
        return START + timedelta(minutes=struct.unpack("q", self.shared[:8])[0])

    def pass_time(self, minutes: int) -> None:
        """Only the parent does this."""
        self.shared[:8] = struct.pack("q", struct.unpack("q", self.shared[:8])[0] + minutes)

    def write_once(self, room: str, name: str, facts: dict[str, Any]) -> bool:
        """False when it was there before."""
        target = self.folder / room / quote(name, safe="")
        draft = target.with_name(f".{os.getpid()}")
        draft.write_text(json.dumps(facts))
        try:
            os.link(draft, target)
        except FileExistsError:
            return False
        finally:
            draft.unlink()
        return True

    def read(self, room: str, name: str) -> dict[str, Any] | None:
        try:
            return dict(json.loads((self.folder / room / quote(name, safe="")).read_text()))
        except FileNotFoundError:
            return None

    def all(self, room: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Names as they stand in the folder, with their facts."""
        for path in sorted((self.folder / room).glob("[!.]*")):
            try:
                yield path.name, json.loads(path.read_text())
            except FileNotFoundError:  # somebody took it meanwhile
                continue

    def take_away(self, room: str, name: str) -> None:
        (self.folder / room / name).unlink(missing_ok=True)


@dataclass(frozen=True)
class Processor:
    """The card processor: a session is paid or runs out, once, whoever comes first."""

    world: World

    def open(self, asked: Asked) -> Checkout:
        facts = {"amount": asked.amount_idr, "expires": asked.expires_at.isoformat()}
        self.world.write_once("sessions", asked.reference, facts)
        return self.look(asked.reference)

    def look(self, session_id: str) -> Checkout:
        asked = self.world.read("sessions", session_id)
        if asked is None:
            raise PaymentsRefused("no such session")
        if self.world.now() >= datetime.fromisoformat(asked["expires"]):
            self.world.write_once("sessions", f"{session_id}.end", {"paid": False})
        end = self.world.read("sessions", f"{session_id}.end")
        paid = end is not None and end["paid"]
        status = "open" if end is None else ("complete" if paid else "expired")
        intent = f"pi_{session_id}" if paid else None
        return Checkout(session_id, session_id, status, paid, asked["amount"], "idr", session_id, intent)

    def expire(self, session_id: str) -> Checkout:
        self.world.write_once("sessions", f"{session_id}.end", {"paid": False})
        return self.look(session_id)

    def refund(self, intent_id: str, amount_idr: int, *, key: str) -> str:
        before = [told for _, told in self.world.all("refunds") if told["intent"] == intent_id]
        asked = self.world.read("sessions", intent_id.removeprefix("pi_"))
        known = self.world.read("refunds", key)
        left = (asked["amount"] if asked else 0) - sum(told["amount"] for told in before)
        if known is None and amount_idr > left:
            raise PaymentsRefused("more than was paid")
        self.world.write_once("refunds", key, {"intent": intent_id, "amount": amount_idr})
        return f"re_{key}"

    def read_notice(self, body: bytes, signature: str) -> PaymentNotice:
        """No letters come here: the play hands notices over unsigned."""
        raise BadSignature(f"{len(body)} bytes signed {signature}")

    def pay(self, session_id: str) -> bool:
        """The buyer pays at the processor's page; whether it went through. The processor writes a notice for us."""
        if self.look(session_id).status != "open":
            return False
        if not self.world.write_once("sessions", f"{session_id}.end", {"paid": True}):
            return False
        self.world.write_once("outbox", session_id, {})
        return True

    def notice(self, session_id: str, event_id: str, kind: str) -> PaymentNotice:
        checkout = self.look(session_id)
        told = Told.PAID if checkout.paid else Told.EXPIRED
        return PaymentNotice(event_id, kind, told, checkout, checkout.intent_id, checkout.amount_idr)
