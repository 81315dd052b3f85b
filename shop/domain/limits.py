"""How often something may be tried, and by whom. Counted in rows, because several processes serve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

KEPT = timedelta(days=1)  # longer than any window below; older rows are swept


@dataclass(frozen=True)
class Limit:
    """So many tries within so long a time."""

    what: str
    tries: int
    within: timedelta

    def opens_in(self, tries: list[datetime], *, at: datetime) -> int:
        """Seconds until one more try fits; 0 when it fits now. `tries` are those inside the window, any order."""
        if len(tries) < self.tries:
            return 0
        oldest_that_counts = sorted(tries)[-self.tries]
        return max(1, int((oldest_that_counts + self.within - at).total_seconds()))


QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)

# Phones share addresses (one carrier, one gate), so limits per address are wide; limits per account are tight.
SIGN_IN = Limit("sign_in", 10, QUARTER)
SIGN_IN_ADDRESS = Limit("sign_in_address", 100, QUARTER)
CODE = Limit("code", 6, QUARTER)
PASSWORD_AGAIN = Limit("password_again", 10, QUARTER)
FORGOT = Limit("forgot", 5, HOUR)
FORGOT_ADDRESS = Limit("forgot_address", 30, HOUR)
REGISTER_ADDRESS = Limit("register_address", 30, HOUR)
MAIL_TO_PERSON = Limit("mail_to_person", 5, HOUR)
INVITE = Limit("invite", 30, HOUR)
JOIN = Limit("join", 10, HOUR)
EXPORT = Limit("export", 10, HOUR)
ASK_ADDRESS = Limit("ask_address", 30, HOUR)
ASK_PHONE = Limit("ask_phone", 10, HOUR)
REPLY = Limit("reply", 60, HOUR)
PHOTO = Limit(
    "photo", 400, HOUR
)  # a maker sends a whole stall in an evening; a stranger with a link is kept in bounds
PAY = Limit(
    "pay", 30, timedelta(hours=12)
)  # each change of the way to pay uses up one of the transfer's codes
THREAD_LINK_ADDRESS = Limit("thread_link_address", 20, HOUR)
THREAD_LINK = Limit("thread_link", 3, HOUR)
REPORT_ADDRESS = Limit("report_address", 20, HOUR)
