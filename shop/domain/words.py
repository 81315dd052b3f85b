"""Marking sentences for translation without translating them: the web edge does that."""


def N_(sentence: str) -> str:  # noqa: N802  (the name gettext tools look for)
    """The sentence itself; the extraction of messages finds it by this name."""
    return sentence
