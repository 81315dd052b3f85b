"""Full-text search on SQLite: the FTS5 table `search_index`, kept by triggers on catalogue_entry."""

from __future__ import annotations

from sqlalchemy import TextualSelect, column, text

from shop.search.question import Question, Word

HITS = "SELECT rowid AS listing_id FROM search_index WHERE search_index MATCH :words ORDER BY rowid DESC LIMIT :most"
REBUILD = ("INSERT INTO search_index(search_index) VALUES ('rebuild')",)


def hits(question: Question, most: int) -> TextualSelect:
    """Ids of works that meet every word, the newest `most` of them; the index is walked backwards and stops."""
    words = " AND ".join(map(_any_of, question.words))
    return text(HITS).bindparams(words=words, most=most).columns(column("listing_id"))


def _any_of(word: Word) -> str:
    choices = [f'"{form}"' for form in sorted(word.own | word.others)]
    if word.prefix:
        choices.append(f'"{word.typed}" *')
    return "(" + " OR ".join(choices) + ")"
