"""Full-text search on SQLite: the FTS5 table `search_index`, kept by triggers on catalogue_entry."""

from __future__ import annotations

from shop.search.question import Wanted, Word

#: The index is walked backwards, from the newest work on, and stops when there are enough.
FOUND = (
    "search_index CROSS JOIN catalogue_entry AS entry ON entry.listing_id = search_index.rowid"
    " WHERE search_index MATCH {question}"
)
NEWEST_FIRST = "search_index.rowid DESC"
REBUILD = ("INSERT INTO search_index(search_index) VALUES ('rebuild')",)


def question(wanted: Wanted) -> str:
    """Every word and one mark of each group, in the language of FTS5."""
    groups = [_any_of(word) for word in wanted.words]
    groups += [" OR ".join(f'"{mark}"' for mark in sorted(group)) for group in wanted.marks]
    return " AND ".join(f"({group})" for group in groups)


def _any_of(word: Word) -> str:
    choices = [f'"{form}"' for form in sorted(word.own | word.others)]
    if word.prefix:
        choices.append(f'"{word.typed}" *')
    return " OR ".join(choices)
