"""Sitemap, robots, the API and the standing pages."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import etree
from sqlalchemy.orm import Session

from shop.actions import catalogue
from tests import factories
from tests.bazaar import Bazaar, bazaar, publish, unseen
from tests.page import Visitor

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def market(session: Session) -> Bazaar:
    return bazaar(session)


def addresses(client: FlaskClient, path: str = "/sitemap.xml") -> list[str]:
    answer = client.get(path)
    assert answer.status_code == 200
    return [str(loc.text) for loc in etree.fromstring(answer.data).iter(f"{MAP}loc")]


def test_the_sitemap_names_what_is_shown_and_every_address_opens(client: FlaskClient, market: Bazaar) -> None:
    found = addresses(client)
    assert len(found) == len(set(found)) == 3 + 4 + 5 + 3 + 7
    for address in found:
        assert client.get(address.removeprefix("http://localhost")).status_code == 200, address
    body = client.get("/sitemap.xml").get_data(as_text=True)
    assert 'hreflang="en" href="http://localhost/en/karya/tikar-pandan"' in body


def test_a_large_shop_has_a_sitemap_in_parts(
    client: FlaskClient, market: Bazaar, monkeypatch: pytest.MonkeyPatch
) -> None:
    everything = addresses(client)
    monkeypatch.setattr("shop.queries.addresses.SPAN", 3)
    parts = addresses(client)
    assert len(parts) > 2
    found = [one for part in parts for one in addresses(client, part.removeprefix("http://localhost"))]
    assert sorted(found) == sorted(everything)
    assert client.get("/sitemap-karya-999.xml").status_code == 404


def test_robots_are_kept_out_of_rooms_and_shown_the_map(client: FlaskClient) -> None:
    body = client.get("/robots.txt").get_data(as_text=True)
    assert "Disallow: /studio\n" in body
    assert "Disallow: /en/pesanan\n" in body
    assert "Sitemap: http://localhost/sitemap.xml" in body


def test_what_is_not_published_is_in_no_answer_for_machines(
    client: FlaskClient, market: Bazaar, session: Session
) -> None:
    slugs = unseen(session, market.weavers, market.weavers.members[0].person)
    market.joiners.status, market.joiners.suspended_at = "suspended", factories.AT
    catalogue.refresh_producer(session, market.joiners)
    session.commit()
    for path in ("/sitemap.xml", "/api/v1/karya", "/api/v1/karya?q=rahasia", "/api/v1/perajin",
                 "/api/v1/perajin/kelompok-tenun-kmanek"):  # fmt: skip
        body = client.get(path).get_data(as_text=True).lower()
        assert "rahasia-" not in body, path
        assert '"rahasia' not in body, path
        assert "lemari" not in body, path
    for slug in (*slugs, "lemari-dua-pintu"):
        assert client.get(f"/api/v1/karya/{slug}").status_code == 410
    assert client.get("/api/v1/karya/rahasia-draft").status_code == 404
    assert client.get("/api/v1/perajin/bengkel-tiga-saudara").status_code == 404


def test_the_api_gives_the_same_works_as_the_pages(client: FlaskClient, market: Bazaar) -> None:
    found = client.get("/api/v1/karya?kerajinan=tenun-ikat&pewarna=alami").json
    assert found["total"] == 1
    assert found["works"][0]["slug"] == "tais-lajur-merah"
    assert found["works"][0]["price"] == {"kind": "fixed", "idr": 1_350_000}
    assert client.get("/api/v1/karya?q=tanasek").json["corrected"] == "tanasak"
    work = client.get("/api/v1/karya/tais-lajur-merah").json
    assert work["size_cm"] == {"length": 190, "width": 98, "height": None}
    assert "phone" not in str(client.get("/api/v1/perajin/kelompok-tenun-kmanek").json)


def test_the_api_is_walked_by_next(client: FlaskClient, market: Bazaar, session: Session) -> None:
    for number in range(30):
        publish(session, market.weavers, market.weavers.members[0].person, title_id=f"Tais Nomor {number}")
    session.commit()
    path, seen = "/api/v1/karya?kerajinan=tenun-ikat", []
    while path:
        answer = client.get(path).json
        seen += [work["slug"] for work in answer["works"]]
        path = (answer["next"] or "").removeprefix("http://localhost")
    assert len(seen) == len(set(seen)) == answer["total"] == 33


def test_the_description_is_true(client: FlaskClient, market: Bazaar) -> None:
    told = client.get("/api/v1/openapi.json").json
    for path, example in {
        "/karya": "/karya", "/karya/{slug}": "/karya/tais-lajur-merah", "/perajin": "/perajin",
        "/perajin/{slug}": "/perajin/kelompok-tenun-kmanek",
    }.items():  # fmt: skip
        answer = client.get("/api/v1" + example)
        schema = told["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        agree(answer.json, schema, told["components"]["schemas"], path)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in answer.headers
    assert set(told["paths"]) == {"/karya", "/karya/{slug}", "/perajin", "/perajin/{slug}"}


TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
    "object": dict,
    "array": list,
}


def agree(value: Any, schema: dict[str, Any], known: dict[str, Any], where: str) -> None:
    """The value has exactly the keys and types that the schema tells."""
    if "$ref" in schema:
        schema = known[schema["$ref"].rpartition("/")[2]]
    if "oneOf" in schema:
        schema = schema["oneOf"][1 if value is None else 0]
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert isinstance(value, tuple(TYPES[one] for one in types)), where
    assert value is None or "enum" not in schema or value in schema["enum"], where
    if isinstance(value, list):
        for one in value:
            agree(one, schema["items"], known, where + "[]")
    elif isinstance(value, dict) and "properties" in schema:
        assert set(value) == set(schema["properties"]), where
        for name, one in value.items():
            agree(one, schema["properties"][name], known, f"{where}.{name}")


def test_the_standing_pages_say_what_the_law_wants_said(client: FlaskClient) -> None:
    visitor = Visitor(client)
    said = {
        "/privasi": ("Undang-Undang Nomor 27 Tahun 2022", "3 × 24 jam", "sepuluh tahun", "Stripe", "NIK"),
        "/en/privasi": ("Law 27 of 2022", "3 × 24 hours", "ten years", "Stripe", "NIK"),
        "/syarat": (
            "Peraturan Pemerintah Nomor 80 Tahun 2019",
            "Dewan Kerajinan Nasional Daerah Kabupaten Belu",
        ),
        "/en/syarat": ("Government Regulation 80 of 2019",),
        "/tentang": ("Bukan motif adat", "Kelurahan Manumutin"),
        "/bantuan": ("48 jam",),
        "/cara-pesan": ("uang muka",),
    }
    for address, sentences in said.items():
        page = visitor.get(address)
        assert [one for one in sentences if one not in page.text] == [], address
        assert "dipastikan" not in page.text
