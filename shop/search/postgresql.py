"""Full-text search on PostgreSQL: the generated column catalogue_entry.search_index under a GIN index.

The words come normalised and stemmed, so no text-search configuration takes part, and no extension is needed.
"""

from __future__ import annotations

from sqlalchemy import TextualSelect, column, text

from shop.search.question import Question, Word

HITS = (
    "SELECT listing_id FROM catalogue_entry WHERE search_index @@ CAST(:words AS tsquery)"
    " ORDER BY listing_id DESC LIMIT :most"
)
REBUILD = ("REINDEX INDEX search_index_words", "ANALYZE catalogue_entry")


def hits(question: Question, most: int) -> TextualSelect:
    """Ids of works that meet every word, the newest `most` of them."""
    words = " & ".join(map(_any_of, question.words))
    return text(HITS).bindparams(words=words, most=most).columns(column("listing_id"))


def _any_of(word: Word) -> str:
    choices = [f"'{form}'" for form in sorted(word.own | word.others)]
    if word.prefix:
        choices.append(f"'{word.typed}':*")
    return "(" + " | ".join(choices) + ")"
