"""The errors of a form in the order of its fields, for the summary at the top of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

GROUPS = ("RadioField", "SelectMultipleField")
NESTED = ("FormField", "FieldList")


def listed_errors(form: Any, extra: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Pairs of (id to link to, sentence); the id is empty for what belongs to no single field."""
    general = [*extra, *getattr(form, "form_errors", [])]
    return [("", str(sentence)) for sentence in general] + list(_of_fields(form))


def _of_fields(fields: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for field in fields:
        if field.type in NESTED:
            yield from _of_nested(field)
        elif field.errors:
            yield _first_input(field), str(field.errors[0])


def _of_nested(field: Any) -> Iterator[tuple[str, str]]:
    """A list's own errors are plain sentences; those of its entries are told by the entries."""
    if field.type == "FieldList":
        yield from (("", str(error)) for error in field.errors if not isinstance(error, (list, tuple, dict)))
    yield from _of_fields(field)


def _first_input(field: Any) -> str:
    return f"{field.id}-0" if field.type in GROUPS else str(field.id)
