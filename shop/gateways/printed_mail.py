"""Mail in development without a server: each letter is printed to the log."""

from __future__ import annotations

import logging

from shop.ports import Letter

log = logging.getLogger("shop.mail")


class PrintedMail:
    """Writes letters to the log instead of sending them."""

    def send(self, letter: Letter) -> None:
        log.info("mail", extra={"to": letter.to, "subject": letter.subject, "text": letter.text})
