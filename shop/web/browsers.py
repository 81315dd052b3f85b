"""Which browser somebody signs in with, in words they recognise in the list of their sign-ins."""

from __future__ import annotations

BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "UCBrowser": "UC Browser",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def browser_words(user_agent: str) -> str:
    """`Chrome, Android`; empty when it says nothing we know."""
    kinds = (BROWSERS, SYSTEMS)
    found = [next((name for sign, name in kind.items() if sign in user_agent), "") for kind in kinds]
    return ", ".join(filter(None, found))
