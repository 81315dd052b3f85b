"""What a password must be: long enough, and not the first thing somebody would try."""

from __future__ import annotations

from shop.domain.words import N_

SHORTEST = 8
FIRST_TRIED = frozenset(
    """
    password passw0rd 12345678 123456789 1234567890 87654321 qwertyui qwertyuiop asdfghjk 1q2w3e4r abcd1234
    abc12345 password1 password123 iloveyou indonesia indonesia1 sayangku sayang123 bismillah rahasia1 rahasia123
    katasandi katasandi1 merdeka45 garuda123 jakarta1 kupang123 admin123 administrator tenunikat anyaman1
    """.split()  # noqa: SIM905  (reads better than as many quotes)
)
TOO_SHORT = N_("Pakai paling sedikit 8 huruf atau angka")
TOO_EASY = N_("Kata sandi ini mudah ditebak. Pakai beberapa kata yang tidak berhubungan")


def weakness(password: str, *, known: tuple[str | None, ...] = ()) -> str | None:
    """The sentence that says what to change, or None. `known` are the person's name, e-mail and number."""
    if len(password) < SHORTEST:
        return TOO_SHORT
    plain = password.lower()
    same = plain in FIRST_TRIED or len(set(plain)) < 4
    theirs = any(
        fact and plain in {fact.lower(), fact.lower().split("@")[0], fact.lstrip("+")} for fact in known
    )
    return TOO_EASY if same or theirs else None
