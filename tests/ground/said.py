"""Sentences that must reach the person although pytest captures what tests print."""

SENTENCES: set[str] = set()


def say(sentence: str) -> None:
    """Keep the sentence for the end of the run, once however often it is said."""
    SENTENCES.add(sentence)
