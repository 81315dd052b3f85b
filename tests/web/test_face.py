"""The face: error pages in both languages, the bands, forms that come back with what was wrong."""

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from shop.domain.band import band_svg
from shop.web.form_errors import listed_errors
from tests import factories
from tests.page import Page, Visitor

ONLY_SQLITE = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
pytestmark = ONLY_SQLITE  # no page here reads a table

ERROR_PAGES = {
    400: ("Kiriman ini tidak dapat dibaca", "This could not be read"),
    403: ("Halaman ini bukan untuk akun Anda", "This page is not for your account"),
    404: ("Halaman ini tidak ada", "There is no such page"),
    405: ("Halaman ini tidak dibuka dengan cara itu", "This page does not open that way"),
    409: ("Keadaannya sudah berubah", "This has changed meanwhile"),
    410: ("Karya ini tidak ditampilkan lagi", "This work is no longer shown"),
    413: ("Kiriman ini terlalu besar", "This is too large to send"),
    422: ("Isian ini perlu diperbaiki", "Something here needs correcting"),
    429: ("Terlalu sering dicoba", "Tried too often"),
    500: ("Halaman ini gagal dibuka", "This page could not be opened"),
    503: ("Toko sedang tidak dapat dibuka", "The shop cannot be opened now"),
}


GOALS = [SelectChoice("a", "Rumah"), SelectChoice("b", "Galeri")]


class Order(FlaskForm):
    jumlah = IntegerField("Jumlah", [InputRequired("Isi jumlah")])
    kirim = RadioField(
        "Kirim ke",
        [InputRequired("Pilih tujuan")],
        choices=GOALS,
    )
    warna = SelectMultipleField(
        "Warna", [Optional()], choices=[SelectChoice("m", "Merah"), SelectChoice("n", "Nila")]
    )
    nama = FieldList(StringField("Nama", [InputRequired("Isi nama")]), min_entries=2)
    setuju = BooleanField("Saya setuju", [InputRequired("Centang bila setuju")])


@pytest.fixture
def doors(unshared_app: Flask) -> FlaskClient:
    """A visitor of a shop with a door that ends in any error."""

    def refuse(code: int) -> tuple[str, int]:
        from shop.web.errors import error_page

        return error_page(code, "")  # type: ignore[return-value]

    refuse.access = "public"  # type: ignore[attr-defined]
    unshared_app.add_url_rule("/salah/<int:code>", view_func=refuse)
    return unshared_app.test_client()


@pytest.mark.parametrize("language", [0, 1], ids=["id", "en"])
@pytest.mark.parametrize("code", ERROR_PAGES)
def test_every_error_has_a_page_in_both_languages(doors: FlaskClient, code: int, language: int) -> None:
    page = Page(doors.get(f"{('', '/en')[language]}/salah/{code}"))
    assert page.status == code
    assert page.heading == ERROR_PAGES[code][language]
    assert page.html.get("lang") == ("id", "en")[language]


def test_our_own_error_names_the_number_in_the_log(doors: FlaskClient) -> None:
    page = Page(doors.get("/salah/500"))
    number = page.response.headers["X-Request-ID"]
    assert number
    assert number in page.text


def test_a_band_is_served_once_for_both_languages_and_kept(client: FlaskClient) -> None:
    answer = client.get("/pita/kelompok-tenun-kmanek-40.svg")
    assert answer.status_code == 200
    assert answer.mimetype == "image/svg+xml"
    assert answer.get_data(as_text=True) == band_svg("kelompok-tenun-kmanek", 40)
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("name", ["kelompok-41.svg", "kelompok-x.svg", "x" * 81 + "-40.svg"])
def test_other_bands_are_not_there(client: FlaskClient, name: str) -> None:
    assert client.get(f"/pita/{name}").status_code == 404


def order(typed: dict[str, str]) -> FlaskForm:
    return Order(MultiDict(typed), meta={"csrf": False})


def test_errors_are_listed_in_the_order_of_the_form(app: Flask) -> None:
    with app.test_request_context(method="POST"):
        form = order({"nama-0": "Ana", "nama-1": ""})
        assert not form.validate()
        assert listed_errors(form, ["Umum"]) == [
            ("", "Umum"),
            ("jumlah", "Isi jumlah"),
            ("kirim-0", "Pilih tujuan"),
            ("nama-1", "Isi nama"),
            ("setuju", "Centang bila setuju"),
        ]


FORM_PAGE = """{% extends "layouts/storefront.html" %}
{% from 'components/error_summary.html' import error_summary %}
{% from 'components/field.html' import field %}
{% from 'components/form.html' import post_form %}
{% block title %}Pesan{% endblock %}
{% block content %}{{ error_summary(form) }}<h1>Pesan</h1>{% call post_form('/kirim', multipart=true) %}
{{ field(form.jumlah, hint='Angka', size='s') }}{{ field(form.kirim) }}{{ field(form.warna) }}{{ field(form.setuju) }}
{% endcall %}{% endblock %}"""


@pytest.fixture
def wrong_form(unshared_app: Flask) -> Page:
    def show() -> str:
        form = order({"jumlah": "dua", "kirim": "b", "warna": "n", "nama-0": "Ana", "nama-1": "Bei"})
        form.validate()
        return render_template_string(FORM_PAGE, form=form)

    show.access = "public"  # type: ignore[attr-defined]
    unshared_app.add_url_rule("/contoh", view_func=show)
    return Page(unshared_app.test_client().get("/contoh"))


def test_a_wrong_form_says_so_first_in_title_and_main(wrong_form: Page) -> None:
    assert wrong_form.title.startswith("Salah: Pesan – ")
    first = wrong_form.html.find(".//main").xpath("./*")[0]
    assert first.get("class") == "error-summary"
    assert first.get("tabindex") == "-1"
    targets = [a.get("href").removeprefix("#") for a in first.iter("a")]
    assert targets == ["jumlah", "setuju"]
    assert all(wrong_form.html.get_element_by_id(target) is not None for target in targets)


def test_a_wrong_field_keeps_what_was_typed_and_is_described_by_hint_and_error(wrong_form: Page) -> None:
    field = wrong_form.html.get_element_by_id("jumlah")
    assert field.get("value") == "dua"
    assert field.get("type") == "text"
    assert field.get("aria-invalid") == "true"
    assert field.get("aria-describedby") == "jumlah-h jumlah-e"
    assert wrong_form.html.get_element_by_id("jumlah-e").text_content().strip()


def test_groups_are_fieldsets_and_keep_what_was_chosen(wrong_form: Page) -> None:
    legends = [" ".join(legend.text_content().split()) for legend in wrong_form.html.iter("legend")]
    assert legends == ["Kirim ke", "Warna (opsional)"]
    chosen = wrong_form.html.xpath("//input[@checked]/@value")
    assert chosen == ["b", "n"]


def test_a_form_that_changes_something_carries_the_token(wrong_form: Page) -> None:
    form = wrong_form.html.xpath("//form[@method='post']")[0]
    assert form.get("enctype") == "multipart/form-data"
    assert form.xpath(".//input[@name='csrf_token']/@value")[0]


def test_the_other_language_leads_to_the_same_place(client: FlaskClient) -> None:
    page = Page(client.get("/tidak/ada?q=kain"))
    assert "/en/tidak/ada?q=kain" in page.links("English")
    assert "/tidak/ada?q=kain" in Page(client.get("/en/tidak/ada?q=kain")).links("Indonesia")


@pytest.mark.parametrize(
    ("who", "door"), [("buyer", None), ("member", "/studio"), ("curator", "/kurasi"), ("guest", None)]
)
def test_the_way_into_the_work_room_is_shown_to_those_who_have_one(
    client: FlaskClient, session: Session, who: str, door: str | None
) -> None:
    visitor = Visitor(client)
    if who != "guest":
        person = factories.curator(session) if who == "curator" else factories.person(session)
        if who == "member":
            factories.member(session, factories.producer(session), person)
        visitor.signed_in(session, person)
    page = visitor.get("/tidak/ada", status=404)
    doors = page.links("Ruang kerja")
    assert all(address.startswith(door) for address in doors) if door else not doors
    assert len(doors) == (2 if door else 0)
    assert bool(page.links("Masuk")) == (who == "guest")


def test_what_is_too_large_is_refused_with_the_limit_in_words(client: FlaskClient) -> None:
    for language, words in (("", "Paling besar 256 kB"), ("/en", "At most 256 kB")):
        page = Page(client.post(f"{language}/masuk", data={"email": "a" * 300 * 1024}))
        assert page.status == 413
        assert words in page.text


def test_the_way_on_from_an_error_keeps_the_language(app: Flask) -> None:
    from shop.web.errors import error_page

    for code in (409, 500):
        with app.test_request_context("/kurasi?hal=2", environ_overrides={"SCRIPT_NAME": "/en"}) as visit:
            visit.request.environ["shop.language"] = "en"
            assert 'href="/en/kurasi?hal=2"' in str(error_page(code, "")[0])


def test_the_other_language_never_leads_to_another_host(client: FlaskClient) -> None:
    for asked in ("/en//evil.example", "//evil.example", "/en/\\evil.example"):
        page = client.get(asked)
        assert 'href="//' not in page.text, asked
        assert 'href="/\\' not in page.text, asked


def test_large_numbers_in_sentences_have_points(app: Flask) -> None:
    sentence = "{{ ngettext('%(num)s karya', '%(num)s karya', many) }}"
    for path, many, words in (
        ("/", 2_548, "2.548 karya"),
        ("/en/", 2_548, "2.548 works"),
        ("/en/", 1, "1 work"),
    ):
        environ = {"shop.language": "en"} if path == "/en/" else {}
        with app.test_request_context("/", environ_overrides=environ):
            assert render_template_string(sentence, many=many) == words
