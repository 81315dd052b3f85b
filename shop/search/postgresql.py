"""Full-text search on PostgreSQL: the generated column catalogue_entry.search_index under a GIN index.

The words come normalised and stemmed, so no text-search configuration takes part, and no extension is needed.
"""

from __future__ import annotations

from shop.search.question import Wanted, Word

FOUND = "catalogue_entry AS entry WHERE entry.search_index @@ CAST({question} AS tsquery)"
NEWEST_FIRST = "entry.listing_id DESC"
REBUILD = ("REINDEX INDEX search_index_words", "ANALYZE catalogue_entry")


def question(wanted: Wanted) -> str:
    """Every word and one mark of each group, as a tsquery."""
    groups = [_any_of(word) for word in wanted.words]
    groups += [" | ".join(f"'{mark}'" for mark in sorted(group)) for group in wanted.marks]
    return " & ".join(f"({group})" for group in groups)


def _any_of(word: Word) -> str:
    choices = [f"'{form}'" for form in sorted(word.own | word.others)]
    if word.prefix:
        choices.append(f"'{word.typed}':*")
    return " | ".join(choices)
