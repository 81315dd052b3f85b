"""Passwords as argon2. Slow on purpose: never while a transaction is open that writes."""

from __future__ import annotations

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

# OWASP's figures for argon2id (19 MiB, two passes): 30 ms and little memory, so a small server bears a crowd.
_hasher = PasswordHash((Argon2Hasher(memory_cost=19_456, time_cost=2, parallelism=1),))

# Nobody's password. Checking it takes as long as checking somebody's; a test keeps its figures equal to ours.
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$pXJ1wCdlaMxoC/tm566KjA$Q/TQvWnwjpQIFKhHLRSOhd0pr79ejJahzqtpEa4mbSw"


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def check_password(password: str, stored: str | None) -> tuple[bool, str | None]:
    """Whether it is the password, and a new hash when the stored one has old figures.

    Without a stored hash the answer is no, and takes as long as any other.
    """
    right, renewed = _hasher.verify_and_update(password, stored or NOBODY)
    return (right, renewed) if stored else (False, None)
