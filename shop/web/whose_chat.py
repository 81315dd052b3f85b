"""WhatsApp as a door beside the thread: whose chat opens, with which words typed."""

from __future__ import annotations

from flask_babel import gettext

from shop.extensions import the_shop
from shop.models import Inquiry
from shop.web.letters import whatsapp_url
from shop.web.threads import Access


def gallery_name() -> str:
    return the_shop().council.contact.gallery


def chat_url(access: Access) -> str:
    """For the buyer the maker's chat if they show their number, else the gallery's; for others the buyer's.

    Empty for a maker who came by link: the number would travel with it.
    """
    inquiry = access.inquiry
    if access.is_buyer:
        return buyers_chat(inquiry)
    if not access.sees_contact:
        return ""
    who = inquiry.producer.name if access.is_producer else gallery_name()
    words = gettext(
        "Halo %(buyer)s, ini %(who)s tentang permintaan %(code)s (%(title)s).",
        buyer=inquiry.buyer_name,
        who=who,
        code=inquiry.code,
        title=inquiry.items[0].title,
    )
    return whatsapp_url(inquiry.buyer_phone, words)


def buyers_chat(inquiry: Inquiry) -> str:
    """The chat a buyer may open. A maker's number is theirs to show."""
    maker = inquiry.producer
    shown = maker.phone if maker.phone and maker.phone_public else the_shop().council.contact.whatsapp
    words = gettext(
        "Halo, saya %(buyer)s. Saya bertanya tentang %(title)s, nomor %(code)s.",
        buyer=inquiry.buyer_name,
        title=inquiry.items[0].title,
        code=inquiry.code,
    )
    return whatsapp_url(shown, words)
