"""The same code serves any council: nothing about one of them stands in code or templates."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import factories
from tests.bazaar import publish
from tests.page import Visitor

OF_ANOTHER = re.compile(r"\b(belu|atambua|tetun|timor|wita|tenun|tais|meubel|mebel|weaving)\b")
ADDRESSES = ("/", "/karya", "/kerajinan/anyaman", "/kerajinan/gerabah", "/perajin", "/tentang", "/bantuan", "/cara-pesan",
             "/syarat", "/privasi", "/karya/noken-besar", "/perajin/kelompok-sagu", "/karya?q=tas")  # fmt: skip


@pytest.fixture
def settings() -> dict[str, str]:
    return {"SHOP_COUNCIL": str(Path(__file__).parents[1] / "councils" / "contoh.toml")}


def test_a_second_council_is_served_without_a_word_of_the_first(
    client: FlaskClient, session: Session
) -> None:
    by = factories.person(session)
    maker = factories.producer(session, "Kelompok Sagu", slug="kelompok-sagu", crafts=["anyaman"],
                               district_code="99.01.01", village="Sagu Indah", story_id="Kami menganyam.")  # fmt: skip
    publish(session, maker, by, slug="noken-besar", title_id="Noken Besar", title_en="Large Noken", craft="anyaman",
            kind="tas", technique="tunggal", material="pandan", dye=None, description_id="Noken dari daun.",
            description_en="A noken of leaves.", story="", care="", motif_name="", dye_plants="",
            attributes={"treatment": "jemur"})  # fmt: skip
    session.commit()
    visitor = Visitor(client)
    for prefix in ("", "/en"):
        for address in ADDRESSES:
            page = visitor.get(prefix + address)
            body = page.response.get_data(as_text=True).lower().replace("council-belu", "")
            assert OF_ANOTHER.findall(body) == [], prefix + address
    assert "Noken Besar" in visitor.get("/karya?q=noken").text
    assert "Noken Besar" in visitor.get("/karya?q=pantai+timur").text
    assert "Segera hadir" in visitor.get("/").text
    assert "WIT" in visitor.get("/tentang").text
    visitor.get("/kerajinan/meubel", status=404)
    assert "tenun-ikat" not in client.get("/sitemap.xml").get_data(as_text=True)
