"""Notices in words: e-mails from emails/<kind>.txt and .html, and what a WhatsApp message begins with.

A kind's text template has two blocks, `subject` and `body`; the HTML one has `body`. They see the notice's facts
(one by one and as `facts`), `name` of the reader, `link` (the private link, if one belongs in) and
`to(endpoint, …)`, a full address in the reader's language.
"""

from __future__ import annotations

from functools import partial
from urllib.parse import quote, urlsplit

from flask import current_app
from jinja2 import Template, TemplateError

from shop.extensions import the_shop
from shop.models import Notice
from shop.ports import Letter
from shop.web.filters import external_url
from shop.web.languages import speaking


def letter(notice: Notice, *, token: str | None) -> Letter:
    """The e-mail of a notice, in its reader's language. Needs a request (any) to make addresses."""
    with speaking(notice.language):
        facts = _facts(notice, token)
        text = _template(notice, "txt")
        return Letter(
            to=notice.to_email or "",
            subject=_block(text, "subject", facts),
            text=text.render(facts).strip() + "\n",
            html=_template(notice, "html").render(facts),
            message_id=f"<notice-{notice.id}@{_host()}>",
        )


def whatsapp_words(notice: Notice, *, token: str | None) -> str:
    """The text of the message: the body of the e-mail without its foot, below what it is about where the body does
    not name the number by which people find the matter again.
    """
    with speaking(notice.language):
        template, facts = _template(notice, "txt"), _facts(notice, token)
        body, code = _block(template, "body", facts), str(notice.facts.get("code", ""))
        return body if code in body else f"{_block(template, 'subject', facts)}\n\n{body}"


def subject(notice: Notice) -> str:
    """What the notice is about, in the language of the page that lists it; its kind if it cannot be written."""
    try:
        return _block(_template(notice, "txt"), "subject", _facts(notice, None))
    except TemplateError:
        return notice.kind


def whatsapp_url(phone: str, words: str) -> str:
    """Opens a chat with the number (E.164) and the words already typed."""
    return f"https://wa.me/{phone.removeprefix('+')}?text={quote(words)}"


def _template(notice: Notice, ending: str) -> Template:
    return current_app.jinja_env.get_template(f"emails/{notice.kind}.{ending}")


def _facts(notice: Notice, token: str | None) -> dict[str, object]:
    to = partial(external_url, to_language=notice.language)
    known: dict[str, object] = {"name": notice.person.name if notice.person else "", **notice.facts}
    known |= {"facts": notice.facts, "to": to, "letter_language": notice.language}
    return known | {"link": to("inquiry.enter", token=token) if token else ""}


def _block(template: Template, name: str, facts: dict[str, object]) -> str:
    """One block of a template, its blank lines at both ends cut off."""
    return "".join(template.blocks[name](template.new_context(facts))).strip()


def _host() -> str:
    """The right-hand side of Message-IDs: the shop's own host."""
    base = urlsplit(the_shop().config.base_url).hostname
    return base or the_shop().council.contact.email.partition("@")[2] or "localhost"
