"""A letter as the bytes that travel: plain text and HTML, with the headers that keep it out of loops."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from shop.ports import Letter


def as_message(letter: Letter, *, sender_name: str, sender: str) -> EmailMessage:
    """The message. The same letter has the same Message-ID every time, so that a repeat can be recognised."""
    message = EmailMessage()
    message["From"] = formataddr((sender_name, sender))
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = letter.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message
