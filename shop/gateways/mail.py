"""Which way letters go, by the words of SHOP_MAIL_URL."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from shop.gateways.file_mail import FileMail
from shop.gateways.no_mail import NoMail
from shop.gateways.printed_mail import PrintedMail
from shop.gateways.smtp_mail import SmtpMail
from shop.ports import Mail


def mail_for(url: str, *, sender_name: str, sender: str, printed: bool) -> Mail:
    """`smtp://`, `smtps://`, `file:///folder`; nothing prints where that is allowed, since letters hold secrets.

    Raises ValueError for others.
    """
    if not url:
        return PrintedMail() if printed else NoMail()
    parts = urlsplit(url)
    if parts.scheme == "file":
        return FileMail(Path(unquote(parts.path)), sender_name, sender)
    if parts.scheme in ("smtp", "smtps") and parts.hostname:
        return SmtpMail(url, sender_name, sender)
    raise ValueError("use smtp://…, smtps://… or file:///folder")
