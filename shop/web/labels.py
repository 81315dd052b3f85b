"""The words people read for states, roles and kinds, in the language of the page."""

from __future__ import annotations

from flask import Flask
from flask_babel import gettext

from shop.domain.deal import DEAL_STATUS_LABELS, DealStatus
from shop.domain.event_words import EVENT_LABELS
from shop.domain.producer import PRODUCER_KIND_LABELS, PRODUCER_STATUS_LABELS, ProducerKind, ProducerStatus
from shop.domain.roles import MEMBER_ROLE_LABELS, MemberRole
from shop.domain.words import N_
from shop.models import Inquiry


def deal_status_label(status: str) -> str:
    return str(gettext(DEAL_STATUS_LABELS[DealStatus(status)]))


def deal_label(inquiry: Inquiry) -> str:
    """The same for a whole deal: what stood ready is paid in one, without a deposit."""
    if inquiry.only_shipping and inquiry.status == DealStatus.DEPOSIT_DUE:
        return str(gettext("Menunggu pembayaran"))
    return deal_status_label(inquiry.status)


NEXT_STEPS = {
    DealStatus.ASKED: N_("Balas perajin"),
    DealStatus.COUNTERED: N_("Balas perajin"),
    DealStatus.QUOTED: N_("Baca penawaran"),
    DealStatus.DEPOSIT_DUE: N_("Bayar"),
    DealStatus.BALANCE_DUE: N_("Lunasi"),
    DealStatus.SHIPPED: N_("Beri tahu bila sudah diterima"),
}


def next_step_label(status: str) -> str:
    """What a buyer does next with a deal that waits for them."""
    return str(gettext(NEXT_STEPS[DealStatus(status)]))


def producer_status_label(status: str) -> str:
    return str(gettext(PRODUCER_STATUS_LABELS[ProducerStatus(status)]))


def producer_kind_label(kind: str) -> str:
    return str(gettext(PRODUCER_KIND_LABELS[ProducerKind(kind)]))


def member_role_label(role: str) -> str:
    return str(gettext(MEMBER_ROLE_LABELS[MemberRole(role)]))


def event_words(what: str) -> str:
    """The name of a step in a history; steps of works and deals that have none here keep their own."""
    return str(gettext(EVENT_LABELS[what])) if what in EVENT_LABELS else what.replace("_", " ")


def register(app: Flask) -> None:
    for words in (
        deal_label,
        deal_status_label,
        next_step_label,
        producer_status_label,
        producer_kind_label,
        member_role_label,
        event_words,
    ):
        app.jinja_env.globals[words.__name__] = words
