"""A transport for the official Stripe client that behaves as Stripe does, without Stripe.

Every request is checked against the SDK's own typed parameters; idempotency keys are honoured; a refund larger than
what was paid is refused; notices are signed by the SDK's own signer.
"""

from __future__ import annotations

import json
import re
import sys
import time
import typing
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

import stripe
from stripe._webhook import WebhookSignature
from stripe.params import RefundCreateParams
from stripe.params.checkout import SessionCreateParams, SessionExpireParams

SECRET = "whsec_for_tests"
Answer = tuple[str, int, dict[str, str]]


class Desk(stripe.HTTPClient):
    """Sessions, payments and refunds in memory. `fail_after` lets a request be taken and its answer get lost."""

    name = "desk"

    def __init__(self) -> None:
        super().__init__()
        self.sessions: dict[str, dict[str, Any]] = {}
        self.refunds: dict[str, dict[str, Any]] = {}
        self.kept: dict[str, tuple[str, Answer]] = {}
        self.requests: list[tuple[str, str]] = []
        self.lose_answers = 0
        self.events = 0

    def request(
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None, **_more: Any
    ) -> Answer:
        path = url.split("/v1/", 1)[1].split("?")[0]
        self.requests.append((method.upper(), path))
        assert headers is not None
        assert headers.get("Stripe-Version"), "the API version is pinned"
        data = unflatten(post_data or "")
        key = headers.get("Idempotency-Key", "")
        answer = self._once(key, method, path, data) if method == "post" else self._get(path)
        if self.lose_answers:
            self.lose_answers -= 1
            raise stripe.APIConnectionError("the answer got lost", should_retry=False)
        return answer

    def request_with_retries(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        post_data: Any = None,
        *args: Any,
        **more: Any,
    ) -> Answer:
        return self.request(method, url, headers, post_data)

    def close(self) -> None: ...

    def _once(self, key: str, method: str, path: str, data: dict[str, Any]) -> Answer:
        print_of = json.dumps([path, data], sort_keys=True)
        if key in self.kept:
            known, answer = self.kept[key]
            return (
                answer if known == print_of else _refusal("idempotency_error", "key used for another request")
            )
        answer = self._post(path, data)
        if key and answer[1] < 500:
            self.kept[key] = (print_of, answer)
        return answer

    def _post(self, path: str, data: dict[str, Any]) -> Answer:
        if path == "checkout/sessions":
            check(data, SessionCreateParams)
            return self._open(data)
        if path.endswith("/expire"):
            check(data, SessionExpireParams)
            session = self.sessions[path.split("/")[2]]
            if session["status"] != "open":
                return _refusal("invalid_request_error", "This Session is not open")
            session["status"] = "expired"
            return _ok(session)
        if path == "refunds":
            check(data, RefundCreateParams)
            return self._refund(data)
        raise AssertionError(f"nobody asked Stripe for {path} before")

    def _get(self, path: str) -> Answer:
        return _ok(self.sessions[path.split("/")[2]])

    def _open(self, data: dict[str, Any]) -> Answer:
        item = data["line_items"][0]
        total = int(item["price_data"]["unit_amount"]) * int(item["quantity"])
        number = len(self.sessions) + 1
        session = {
            "id": f"cs_test_{number}",
            "object": "checkout.session",
            "url": f"https://checkout.stripe.com/c/pay/cs_test_{number}",
            "status": "open",
            "payment_status": "unpaid",
            "amount_total": total,
            "currency": item["price_data"]["currency"],
            "client_reference_id": data["client_reference_id"],
            "metadata": data["metadata"],
            "payment_intent": None,
            "expires_at": int(data["expires_at"]),
        }
        self.sessions[str(session["id"])] = session
        return _ok(session)

    def _refund(self, data: dict[str, Any]) -> Answer:
        intent, amount = data["payment_intent"], int(data["amount"])
        paid = sum(s["amount_total"] for s in self.sessions.values() if s["payment_intent"] == intent)
        gone = sum(r["amount"] for r in self.refunds.values() if r["payment_intent"] == intent)
        if amount > paid - gone:
            return _refusal(
                "invalid_request_error", "Refund amount is greater than unrefunded amount on charge"
            )
        number = len(self.refunds) + 1
        refund = {
            "id": f"re_test_{number}",
            "object": "refund",
            "amount": amount,
            "currency": "idr",
            "payment_intent": intent,
            "status": "succeeded",
            "metadata": data.get("metadata", {}),
        }
        self.refunds[str(refund["id"])] = refund
        return _ok(refund)

    def pay(self, session_id: str, *, later: bool = False) -> None:
        """The buyer paid at Stripe; `later`: by a way that settles afterwards."""
        session = self.sessions[session_id]
        session["status"], session["payment_intent"] = "complete", f"pi_{session_id}"
        session["payment_status"] = "unpaid" if later else "paid"

    def notice(
        self, kind: str, thing: dict[str, Any], *, at: int | None = None, secret: str = SECRET
    ) -> tuple[bytes, str]:
        """A signed webhook: body and signature header."""
        self.events += 1
        body = json.dumps(
            {
                "id": f"evt_test_{self.events}",
                "object": "event",
                "type": kind,
                "created": int(time.time()),
                "livemode": False,
                "api_version": "2026-10-28.endive",
                "data": {"object": thing},
            }
        )
        return body.encode(), WebhookSignature.generate_signature_header(body, secret, at)


def unflatten(body: Any) -> dict[str, Any]:
    """`line_items[0][quantity]=1` → nested dicts and lists."""
    pairs = parse_qsl(body) if isinstance(body, str) else list(dict(body).items())
    out: dict[str, Any] = {}
    for key, value in pairs:
        head, *rest = key.replace("]", "").split("[")
        _put(out, [head, *rest], value)
    return typing.cast(dict[str, Any], _lists(out))


def _put(into: dict[str, Any], path: list[str], value: Any) -> None:
    for part in path[:-1]:
        into = into.setdefault(part, {})
    into[path[-1]] = value


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    made = {key: _lists(inner) for key, inner in value.items()}
    return [made[key] for key in sorted(made, key=int)] if made and all(k.isdecimal() for k in made) else made


def check(data: Mapping[str, Any], typed: Any, where: str = "") -> None:
    """Every parameter is one the SDK's own types know, at every depth."""
    names = vars(sys.modules[typed.__module__])
    for key, value in data.items():
        assert key in typed.__annotations__, f"Stripe knows no parameter {where}{key}"
        inner = _typed_dict_in(str(typed.__annotations__[key]), names)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict) and inner is not None:
                check(one, inner, f"{where}{key}.")


def _typed_dict_in(annotation: str, names: Mapping[str, Any]) -> Any:
    """The SDK's type for a nested parameter; None for free maps such as metadata and for plain values."""
    found = [word for word in re.findall(r"\w+", annotation) if word in names and "Params" in word]
    return names[found[0]] if found else None


def _ok(thing: dict[str, Any]) -> Answer:
    return json.dumps(thing), 200, {"request-id": "req_test"}


def _refusal(kind: str, message: str) -> Answer:
    return json.dumps({"error": {"type": kind, "message": message}}), 400, {"request-id": "req_test"}
