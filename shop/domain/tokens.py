"""Secrets that travel in links. Rows keep a hash, notices keep a seed, and neither opens anything without the key."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass

SEED_BYTES = 32


@dataclass(frozen=True)
class NewLink:
    """A fresh link: `seed` may lie in a notice's facts, `token_hash` in the link's row, `token` nowhere."""

    seed: str
    token: str
    token_hash: str


@dataclass(frozen=True)
class LinkMaker:
    """Makes the tokens of links from random seeds and the shop's secret key (256 bits each)."""

    key: str

    def new(self) -> NewLink:
        seed = secrets.token_urlsafe(SEED_BYTES)
        token = self.token(seed)
        return NewLink(seed, token, hash_token(token))

    def token(self, seed: str) -> str:
        """The token of a seed, the same every time; letters, digits, - and _ only."""
        made = hmac.digest(self.key.encode(), b"link:" + seed.encode(), "sha256")
        return urlsafe_b64encode(made).decode().rstrip("=")


def new_token() -> str:
    """256 random bits for a cookie or a link that is shown once and never sent later."""
    return secrets.token_urlsafe(SEED_BYTES)


def hash_token(token: str) -> str:
    """What the database keeps of a secret of 256 bits."""
    return hashlib.sha256(token.encode()).hexdigest()
