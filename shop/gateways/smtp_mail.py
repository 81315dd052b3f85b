"""Mail through an SMTP server: `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465` (TLS from the start)."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from shop.gateways.mime import as_message
from shop.ports import Letter, LetterRefused

SECONDS = 20
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class SmtpMail:
    """Sends each letter over a connection of its own. A password never travels unencrypted off this machine."""

    url: str
    sender_name: str
    sender: str
    context: ssl.SSLContext | None = None

    def send(self, letter: Letter) -> None:
        """Raises LetterRefused when the server will never take it, another OSError when it may later."""
        try:
            message = as_message(letter, sender_name=self.sender_name, sender=self.sender)
        except ValueError as problem:
            raise LetterRefused(str(problem)) from problem
        try:
            with self._connected() as server:
                server.send_message(message, from_addr=self.sender, to_addrs=[letter.to])
        except smtplib.SMTPRecipientsRefused as problem:
            code, words = next(iter(problem.recipients.values()))
            raise _refusal(code, words) from problem
        except smtplib.SMTPResponseException as problem:
            raise _refusal(problem.smtp_code, problem.smtp_error) from problem

    def _connected(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        context = self.context or ssl.create_default_context()
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, parts.port or 587, timeout=SECONDS)
        try:
            _prepare(server, parts.scheme, host, context)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            server.close()
            raise
        return server


def _prepare(server: smtplib.SMTP, scheme: str, host: str, context: ssl.SSLContext) -> None:
    """Encrypt where the server can; beyond this machine it must."""
    server.ehlo()
    if scheme == "smtps":
        return
    if server.has_extn("starttls"):
        server.starttls(context=context)
        server.ehlo()
    elif host not in LOOPBACK:
        raise OSError(f"{host} offers no STARTTLS; use smtps:// or another port")


def _refusal(code: int, words: bytes | str) -> OSError:
    """5xx about a letter is for good; a failed sign-in (535) and everything else may be mended."""
    said = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    return LetterRefused(said) if 550 <= code < 560 else OSError(said)
