"""Lengths of time as people say them."""

from __future__ import annotations

from datetime import timedelta

from flask_babel import gettext, ngettext


def about(length: timedelta) -> str:
    """`kurang dari 1 jam`, `5 jam`, `2 hari`; rounded up, so that nobody waits longer than was said."""
    minutes = length.total_seconds() / 60
    if minutes < 60:
        return str(gettext("kurang dari 1 jam"))
    hours = -int(-minutes // 60)
    if hours < 24:
        return str(ngettext("%(num)d jam", "%(num)d jam", hours))
    return str(ngettext("%(num)d hari", "%(num)d hari", -(-hours // 24)))
