"""Card payments in development, where no key is set: a page of our own pays, declines or lets run out.

Its notices are signed and read exactly as the card processor's are. Production never runs with it.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from functools import cached_property
from importlib import import_module
from typing import Any

from shop.ports import Asked, Checkout, PaymentNotice


class DemoPayments:
    """Sessions that live in their own names: nothing is kept outside the shop's database."""

    def __init__(self, base_url: str, secret_key: str) -> None:
        self.base_url = base_url
        self.secret = "whsec_" + hashlib.sha256(f"demo payments {secret_key}".encode()).hexdigest()

    def open(self, asked: Asked) -> Checkout:
        prefix = "" if asked.language == "id" else f"/{asked.language}"
        address = f"{self.base_url}{prefix}/bayar/contoh/{asked.reference}"
        return self._checkout(asked.reference, "open", address)

    def look(self, session_id: str) -> Checkout:
        return self._checkout(session_id.removeprefix("demo_"), "open", None)

    def expire(self, session_id: str) -> Checkout:
        return self._checkout(session_id.removeprefix("demo_"), "expired", None)

    def refund(self, intent_id: str, amount_idr: int, *, key: str) -> str:  # noqa: ARG002
        return f"demo_refund_{key}"

    def read_notice(self, body: bytes, signature: str) -> PaymentNotice:
        read: PaymentNotice = self._stripe.StripePayments("sk_test_demo", self.secret).read_notice(
            body, signature
        )
        return read

    @cached_property
    def _stripe(self) -> Any:
        """The card processor's own code, brought in when somebody pays: a shop that is only looked at spares its 6 MB."""
        return import_module("shop.gateways.stripe_payments")

    def notice(self, kind: str, reference: str, amount_idr: int) -> tuple[bytes, str]:
        """A signed notice about a session, as the card processor would send it: body and signature header."""
        session = {
            "id": f"demo_{reference}",
            "object": "checkout.session",
            "url": None,
            "status": "expired" if kind.endswith("expired") else "complete",
            "payment_status": "paid" if kind.endswith("completed") else "unpaid",
            "amount_total": amount_idr * self._stripe.HUNDREDTHS,
            "currency": "idr",
            "client_reference_id": reference,
            "payment_intent": f"demo_pi_{reference}",
        }
        event = {
            "id": f"demo_{secrets.token_hex(12)}",
            "object": "event",
            "type": kind,
            "data": {"object": session},
        }
        body = json.dumps(event)
        return body.encode(), self._stripe.sign(body, self.secret)

    def _checkout(self, reference: str, status: str, url: str | None) -> Checkout:
        return Checkout(f"demo_{reference}", url, status, False, None, "idr", reference, None)
