"""Addresses as people type them, with and without script."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from shop.forms.address import AddressForm

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
HOME = {
    "cara": "kirim",
    "penerima": "Ratna",
    "telepon": "0812 3456 3210",
    "jalan": "Jl. Merdeka 1, RT 2/RW 3",
}


def read(app: Flask, **typed: Any) -> AddressForm:
    with app.test_request_context("/", method="POST", data=typed):
        form = AddressForm(meta={"csrf": False})
        form.good = form.validate()  # type: ignore[attr-defined]
        return form


def test_one_kecamatan_fills_in_regency_and_province(app: Flask) -> None:
    form = read(app, **HOME, kecamatan="oebobo", kodepos="85111", patokan="Seberang gereja")
    assert form.good  # type: ignore[attr-defined]
    assert form.address == {
        "penerima": "Ratna", "telepon": "+6281234563210", "jalan": "Jl. Merdeka 1, RT 2/RW 3", "kodepos": "85111",
        "patokan": "Seberang gereja", "kode": "53.71.04", "kecamatan": "Oebobo", "kabupaten": "Kota Kupang",
        "provinsi": "Nusa Tenggara Timur",
    }  # fmt: skip


def test_a_name_several_bear_asks_which_and_takes_the_choice(app: Flask) -> None:
    form = read(app, **HOME, kecamatan="Bandung")
    assert not form.good  # type: ignore[attr-defined]
    assert len(form.kecamatan.choices) > 1
    chosen = form.kecamatan.choices[1]
    form = read(app, **HOME, kecamatan="Bandung", kode=chosen.code)
    assert form.good  # type: ignore[attr-defined]
    assert form.address["kode"] == chosen.code


def test_an_old_choice_does_not_outlive_a_new_name(app: Flask) -> None:
    assert read(app, **HOME, kecamatan="Oebobo", kode="32.73.01").address["kode"] == "53.71.04"


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"jalan": ""}, "jalan", "Isi jalan dan nomor rumah"),
        ({"telepon": "12"}, "telepon", "Isi nomor WhatsApp, misalnya"),
        ({"telepon": ""}, "telepon", "Isi nomor WhatsApp penerima"),
        ({"kecamatan": "Atlantis Selatan Raya"}, "kecamatan", "tidak kami temukan"),
        ({"kodepos": "8511"}, "kodepos", "lima angka"),
        ({"cara": "luar"}, "negara", "Isi nama negara"),
        ({"cara": "terbang"}, "cara", ""),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    app: Flask, change: dict[str, str], field: str, sentence: str
) -> None:
    form = read(app, **(HOME | {"kecamatan": "Oebobo"} | change))
    assert not form.good  # type: ignore[attr-defined]
    assert sentence in str(form[field].errors[0])


def test_abroad_is_a_country_and_free_lines_and_the_gallery_needs_none(app: Flask) -> None:
    form = read(
        app, cara="luar", penerima="Ana", telepon="+670 7723 4567", luar="Rua 1\nDili", negara="Timor-Leste"
    )
    assert form.good  # type: ignore[attr-defined]
    assert form.address["luar"] == "Rua 1\nDili"
    assert "kode" not in form.address
    form = read(app, cara="ambil")
    assert form.good  # type: ignore[attr-defined]
    assert (form.pick_up, form.address) == (True, {})
