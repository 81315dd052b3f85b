"""A visitor who reads pages as people do: fills fields by their label, presses buttons by their words.

Every page fetched is checked as a page: a title, one h1, labelled fields, no id twice, no inline script or style.
"""

from __future__ import annotations

from typing import Any

import lxml.html
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from shop.models import Person
from tests import factories

Value = str | bool | list[str] | tuple[Any, str]


class Page:
    """What a visitor has before them."""

    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.response = response
        self.address = response.request.path
        self.html = lxml.html.document_fromstring(response.get_data(as_text=True))
        self.check()

    @property
    def text(self) -> str:
        return " ".join(self.html.find("body").text_content().split())

    @property
    def title(self) -> str:
        return str(self.html.findtext(".//title")).strip()

    @property
    def heading(self) -> str:
        return " ".join(self.html.find(".//h1").text_content().split())

    def links(self, words: str) -> list[str]:
        """The addresses of the links that say so."""
        return [a.get("href") for a in self.html.iter("a") if words in " ".join(a.text_content().split())]

    def check(self) -> None:
        assert self.title, "the page has no title"
        assert len(self.html.findall(".//h1")) == 1, "a page has exactly one h1"
        ids = [
            element.get("id")
            for element in self.html.iter()
            if isinstance(element.tag, str) and element.get("id")
        ]
        assert len(ids) == len(set(ids)), f"an id stands twice: {sorted(i for i in ids if ids.count(i) > 1)}"
        assert not self.html.xpath("//*[@style]") and not self.html.xpath("//style"), "inline style"
        assert not self.html.xpath("//script[not(@src) and not(@type='application/ld+json')]"), (
            "inline script"
        )
        for field in self.html.xpath("//input[not(@type='hidden')]|//select|//textarea"):
            if field.get("type") in {"submit", "button"} or (
                field.get("type") == "image" and field.get("alt")
            ):
                continue
            named = field.get("aria-label") or field.get("aria-labelledby") or field.xpath("ancestor::label")
            assert named or self.html.xpath(f"//label[@for='{field.get('id')}']"), (
                f"no label: {field.get('name')}"
            )
        for image in self.html.iter("img"):
            assert image.get("alt") is not None, f"no alt: {image.get('src')}"


class Visitor:
    """Somebody with a browser without script."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page: Page | None = None

    def signed_in(self, session: Session, who: Person, **options: Any) -> Visitor:
        """The same visitor, signed in as `who` (committed)."""
        token = factories.sign_in(session, who, **options)
        session.commit()
        with self.client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        return self

    def get(self, address: str, status: int = 200) -> Page:
        """Follow a link. Redirects are followed; the page must answer with `status`."""
        return self._take(self.client.get(address, follow_redirects=True), status)

    def press(
        self, button: str, fields: dict[str, Value] | None = None, status: int = 200, nth: int = 0
    ) -> Page:
        """Fill the form that has this button, by label, and press it. Redirects are followed."""
        assert self.page is not None, "there is no page yet"
        form, pressed = self._form_with(button, nth)
        for label, value in (fields or {}).items():
            _fill(form, label, value)
        data, files = _values(form)
        if pressed.get("name"):
            data.append((pressed.get("name"), pressed.get("value") or ""))
        address = pressed.get("formaction") or form.get("action") or self.page.address
        multipart: dict[str, Any] = {}
        for name, value in [*data, *files]:
            multipart.setdefault(name, []).append(value)
        send = self.client.get if form.method == "GET" else self.client.post
        extra: dict[str, Any] = {"query_string": multipart} if form.method == "GET" else {"data": multipart}
        if files:
            extra["content_type"] = "multipart/form-data"
        extra["headers"] = {"Origin": "http://localhost"}  # as every browser says with a form
        return self._take(send(address, follow_redirects=True, **extra), status)  # type: ignore[arg-type]

    def _take(self, response: TestResponse, status: int) -> Page:
        assert response.status_code == status, (
            f"{response.status_code} instead of {status} at {response.request.path}"
        )
        self.page = Page(response)
        return self.page

    def _form_with(self, words: str, nth: int) -> tuple[Any, Any]:
        assert self.page is not None
        found = [
            (form, button)
            for form in self.page.html.forms
            for button in form.xpath(".//button|.//input[@type='submit']")
            if words in " ".join((button.text_content() or button.get("value") or "").split())
            or words == button.get("aria-label")
        ]
        assert len(found) > nth, f"no button says {words!r}"
        return found[nth]


def _fill(form: Any, label: str, value: Value) -> None:
    field = _field(form, label)
    if field.tag == "textarea":
        field.text = value
    elif field.tag == "select":
        field.value = _option(field, value) if isinstance(value, str) else value
    elif field.get("type") in {"checkbox", "radio"}:
        if value:
            if field.get("type") == "radio":
                for other in form.xpath(f".//input[@name='{field.get('name')}']"):
                    other.attrib.pop("checked", None)
            field.set("checked", "")
        else:
            field.attrib.pop("checked", None)
    elif field.get("type") == "file":
        for file in value if isinstance(value, list) else [value]:
            _FILES.setdefault(form, []).append((field.get("name"), file))
    else:
        field.set("value", value)


_FILES: dict[Any, list[tuple[str, Any]]] = {}


def _option(select: Any, words: str) -> str:
    for option in select.iter("option"):
        if words in {option.get("value"), " ".join(option.text_content().split())}:
            return str(option.get("value"))
    raise AssertionError(f"no option {words!r}")


def _field(form: Any, label: str) -> Any:
    """The field with this label, by its beginning; an exact match first."""
    root = form.getroottree().getroot()
    labels = [(" ".join(element.text_content().split()), element) for element in form.iter("label")]
    for match in (lambda text: text == label, lambda text: text.startswith(label)):
        for text, element in labels:
            if match(text):
                target = element.get("for")
                inside = element.xpath(".//input|.//select|.//textarea")
                return root.get_element_by_id(target) if target else inside[0]
    raise AssertionError(f"no field is labelled {label!r}; there are {[text for text, _ in labels]}")


def _values(form: Any) -> tuple[list[tuple[str, str]], list[tuple[str, Any]]]:
    files = _FILES.pop(form, [])
    return [(name, value) for name, value in form.form_values() if name not in dict(files)], files
