"""Security headers on every answer, and which of them may be kept."""

from __future__ import annotations

from flask import Flask, Request, Response, make_response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from shop.extensions import the_shop
from shop.web.login import person_key

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self' https://checkout.stripe.com https://wa.me https://api.whatsapp.com",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


#: Rooms whose pages tell the service worker for whom they are, so that it keeps nothing of anybody else.
PERSONAL = {"studio", "account", "curation", "admin"}


class PersonalSessions(SecureCookieSessionInterface):
    """Flask's sessions, except that an answer anybody may keep neither sets a cookie nor depends on one."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Nothing is checked, and nothing to check it with is made, for who brings no session."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Nor is there anything to say about a session that is empty and was empty."""
        if session.modified or (session and not response.cache_control.public):
            super().save_session(app, session, response)


def register(app: Flask) -> None:
    app.session_interface = PersonalSessions()
    app.after_request(_add)


def _add(response: Response) -> Response:
    said = {name for name, _ in response.headers}
    response.headers.extend([(name, value) for name, value in HEADERS.items() if name not in said])
    if origin := the_shop().photos.origin:  # photos come from a bucket, by signed addresses
        policy = response.headers["Content-Security-Policy"]
        response.headers["Content-Security-Policy"] = policy.replace("img-src", f"img-src {origin}", 1)
    if not the_shop().config.development:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = (
            "private, no-cache" if request.method in {"GET", "HEAD"} else "no-store"
        )
    if request.method == "GET" and response.status_code == 200 and request.blueprint in PERSONAL:
        response.headers["Shop-Person"] = person_key()
    return response


def may_be_kept(page: str) -> Response:
    """A page the phone may show without a signal: of the work room, without prices, of nobody but its person."""
    response = make_response(page)
    response.headers["Shop-Kept"] = "1"
    return response
