"""An amount in words, in Indonesian and in English, as it stands on receipts and beside a code to pay."""

from __future__ import annotations

ONES = (
    "",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
SMALL = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
STEPS = ((10**12, "triliun", "trillion"), (10**9, "miliar", "billion"), (10**6, "juta", "million"))


def rupiah_in_words(amount_idr: int, language: str) -> str:
    """`dua juta lima puluh ribu rupiah`, `two million fifty thousand rupiah`. Raises ValueError below nothing."""
    if amount_idr < 0:
        raise ValueError("an amount in words is not below nothing")
    words = in_english(amount_idr) if language == "en" else in_indonesian(amount_idr)
    return f"{words} rupiah"


def in_indonesian(number: int) -> str:
    return _indonesian(number) or "nol"


def in_english(number: int) -> str:
    return _english(number) or "zero"


def _indonesian(number: int) -> str:
    """Nothing for 0, so that parts can be put together."""
    for size, word, _ in STEPS:
        if number >= size:
            return _join(_indonesian(number // size), word, _indonesian(number % size))
    if number < len(ONES):
        return ONES[number]
    if number < 20:
        return f"{ONES[number - 10]} belas"
    if number < 100:
        return _join(ONES[number // 10], "puluh", ONES[number % 10])
    for size, word, one in ((1000, "ribu", "seribu"), (100, "ratus", "seratus")):
        if number >= size:
            count = number // size
            head = one if count == 1 else f"{_indonesian(count)} {word}"
            return _join(head, _indonesian(number % size))
    raise AssertionError(number)


def _english(number: int) -> str:
    for size, _, word in (*STEPS, (1000, "", "thousand")):
        if number >= size:
            return _join(_english(number // size), word, _english(number % size))
    if number >= 100:
        return _join(SMALL[number // 100], "hundred", _english(number % 100))
    if number < len(SMALL):
        return SMALL[number]
    tens, one = TENS[number // 10], SMALL[number % 10]
    return f"{tens}-{one}" if one else tens


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)
