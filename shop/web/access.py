"""Who may call a view. Every view carries exactly one of these, outermost but for the route; a test reads it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import redirect, request, url_for

from shop.domain.errors import NotFound
from shop.models import Person
from shop.web.languages import address_in, current_language
from shop.web.login import current_member, current_person, current_visitor

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Anybody."""
    return _mark(view, "public")


def machine(view: View) -> View:
    """Programs: health checks, webhooks, the API. No person, no cookie."""
    return _mark(view, "machine")


def signed_in(view: View) -> View:
    """People with an account; others are asked to sign in (or for their second factor) and come back."""
    return _guard(view, "signed_in", lambda _person: True)


def producer_only(view: View) -> View:
    """Standing members of a producer."""
    return _guard(view, "producer_only", lambda _person: current_member() is not None)


def curator_only(view: View) -> View:
    """Curators; administrators too, who give the second opinion when no curator is left. What a step needs
    beyond that, its action checks.
    """
    return _guard(view, "curator_only", lambda person: person.is_curator or person.is_administrator)


def admin_only(view: View) -> View:
    """Administrators."""
    return _guard(view, "admin_only", lambda person: person.is_administrator)


def _mark(view: View, access: str) -> View:
    view.access = access  # type: ignore[attr-defined]
    return view


def _guard(view: View, access: str, may: Callable[[Person], bool]) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        person = current_person()
        if person is None:
            door = "account.second_factor" if current_visitor() else "account.sign_in"
            return redirect(url_for(door, next=_way_back()))
        if not may(person):
            raise NotFound
        return view(*args, **kwargs)

    return _mark(guarded, access)  # type: ignore[return-value]


def _way_back() -> str:
    """The page that was asked for, or nothing after a post, which cannot be repeated."""
    return address_in(current_language()) if request.method == "GET" else ""


def acts_as_curator() -> bool:
    """Whether the visitor is a curator with their second factor, for views that others may enter as well."""
    person = current_person()
    return person is not None and person.is_curator


def looks_at_works() -> bool:
    """Whether the visitor may see works that are not public: who comes into the curators' room."""
    person = current_person()
    return person is not None and (person.is_curator or person.is_administrator)


def safe_next(target: str | None, *, otherwise: str) -> str:
    """A path on this site to go to next; anything else gives `otherwise` (no open redirect)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return otherwise
    return otherwise if any(ord(character) < 32 for character in target) else target
