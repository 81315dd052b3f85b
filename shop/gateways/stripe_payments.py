"""Stripe Checkout through the official client: the only file that knows Stripe.

Stripe counts rupiah in hundredths (IDR is not one of its zero-decimal currencies): times one hundred, here alone.
"""

from __future__ import annotations

from typing import Any

import stripe
from stripe import StripeClient
from stripe._webhook import WebhookSignature

from shop.domain.payment import CARD_LEAST_IDR, CARD_MOST_IDR
from shop.ports import (
    Asked,
    BadSignature,
    Checkout,
    PaymentNotice,
    PaymentsRefused,
    PaymentsUnreachable,
    Told,
)

API_VERSION = "2026-10-28.endive"
HUNDREDTHS = 100
TOLERANCE_SECONDS = 300
LANGUAGES = {"id": "id", "en": "en"}

PAID = {"checkout.session.completed", "checkout.session.async_payment_succeeded"}
SIMPLE = {
    "checkout.session.async_payment_failed": Told.FAILED,
    "checkout.session.expired": Told.EXPIRED,
    "charge.dispute.created": Told.DISPUTE_OPENED,
    "refund.failed": Told.REFUND_FAILED,
}


class StripePayments:
    """The shop's side of Stripe. `http_client` and `address` are for tests and development."""

    def __init__(
        self,
        api_key: str,
        webhook_secret: str,
        *,
        address: str = "",
        http_client: stripe.HTTPClient | None = None,
    ) -> None:
        self.webhook_secret = webhook_secret
        self.client = StripeClient(
            api_key,
            stripe_version=API_VERSION,
            max_network_retries=2,
            http_client=http_client,
            base_addresses={"api": address} if address else None,
        )

    def open(self, asked: Asked) -> Checkout:
        if not CARD_LEAST_IDR <= asked.amount_idr <= CARD_MOST_IDR:
            raise PaymentsRefused(f"{asked.amount_idr} is outside what Stripe takes")
        params: Any = {
            "mode": "payment",
            "client_reference_id": asked.reference,
            "metadata": {"reference": asked.reference},
            "payment_intent_data": {"metadata": {"reference": asked.reference}},
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": "idr",
                        "unit_amount": asked.amount_idr * HUNDREDTHS,
                        "product_data": {"name": asked.title},
                    },
                }
            ],
            "success_url": asked.success_url,
            "cancel_url": asked.cancel_url,
            "expires_at": int(asked.expires_at.timestamp()),
            "locale": LANGUAGES[asked.language],
        }
        if asked.email:
            params["customer_email"] = asked.email
        with _told():
            made = self.client.v1.checkout.sessions.create(
                params=params, options={"idempotency_key": asked.reference}
            )
        return _checkout(made)

    def look(self, session_id: str) -> Checkout:
        with _told():
            return _checkout(self.client.v1.checkout.sessions.retrieve(session_id))

    def expire(self, session_id: str) -> Checkout:
        try:
            with _told():
                return _checkout(self.client.v1.checkout.sessions.expire(session_id))
        except PaymentsRefused:  # it is no longer open: what it became decides
            return self.look(session_id)

    def refund(self, intent_id: str, amount_idr: int, *, key: str) -> str:
        with _told():
            made = self.client.v1.refunds.create(
                params={
                    "payment_intent": intent_id,
                    "amount": amount_idr * HUNDREDTHS,
                    "metadata": {"key": key},
                },
                options={"idempotency_key": key},
            )
        return made.id

    def read_notice(self, body: bytes, signature: str) -> PaymentNotice:
        try:
            event = self.client.construct_event(body, signature, self.webhook_secret, TOLERANCE_SECONDS)
        except (stripe.SignatureVerificationError, ValueError) as error:
            raise BadSignature from error
        return _notice(event)


def sign(body: str, secret: str) -> str:
    """The signature header of a notice, by the SDK's own signer (for the demo desk)."""
    return str(WebhookSignature.generate_signature_header(body, secret))


class _told:  # noqa: N801  (reads as a word in `with`)
    """Turns the client's exceptions into the port's."""

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, (stripe.APIConnectionError, stripe.RateLimitError)):
            raise PaymentsUnreachable(str(error)) from error
        if isinstance(error, stripe.APIError) and (error.http_status or 500) >= 500:
            raise PaymentsUnreachable(str(error)) from error
        if isinstance(error, stripe.StripeError):
            raise PaymentsRefused(str(error)) from error


def _notice(event: stripe.Event) -> PaymentNotice:
    thing: Any = event.data.object
    kind = str(event.type)
    if kind.startswith("checkout.session."):
        return _of_checkout(event, kind, _checkout(thing))
    if kind == "charge.dispute.closed":
        told = Told.DISPUTE_WON if thing.status == "won" else Told.DISPUTE_LOST
        return _of_money(event, kind, told, thing)
    if kind in SIMPLE:
        return _of_money(event, kind, SIMPLE[kind], thing)
    if kind in ("refund.created", "refund.updated") and thing.status == "succeeded":
        return _of_money(event, kind, Told.REFUNDED, thing)
    return PaymentNotice(event.id, kind, Told.OTHER)


def _of_checkout(event: stripe.Event, kind: str, checkout: Checkout) -> PaymentNotice:
    told = SIMPLE.get(kind, Told.OTHER)
    if kind in PAID:
        told = Told.PAID if checkout.paid else Told.WAITING
    return PaymentNotice(
        event.id, kind, told, checkout, intent_id=checkout.intent_id, amount_idr=checkout.amount_idr
    )


def _of_money(event: stripe.Event, kind: str, told: Told, thing: Any) -> PaymentNotice:
    refund_id = thing.id if kind.startswith("refund.") else None
    metadata = getattr(thing, "metadata", None)
    return PaymentNotice(
        event.id,
        kind,
        told,
        intent_id=_id_of(thing.payment_intent),
        amount_idr=_rupiah(thing.amount),
        refund_id=refund_id,
        refund_key=metadata.get("key") if refund_id and metadata else None,
    )


def _checkout(session: Any) -> Checkout:
    return Checkout(
        id=session.id,
        url=session.url,
        status=str(session.status),
        paid=session.payment_status == "paid",
        amount_idr=_rupiah(session.amount_total),
        currency=str(session.currency),
        reference=session.client_reference_id,
        intent_id=_id_of(session.payment_intent),
    )


def _rupiah(hundredths: int | None) -> int | None:
    if hundredths is None or hundredths % HUNDREDTHS:
        return None
    return hundredths // HUNDREDTHS


def _id_of(thing: Any) -> str | None:
    """Stripe names another object by its id, or puts the whole object there."""
    return thing if thing is None or isinstance(thing, str) else str(thing.id)
