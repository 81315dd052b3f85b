"""A producer asks to join, or comes by invitation."""

import pytest
from sqlalchemy import func, select

from shop.models import Member, Notice, OneTimeLink, Person, Producer
from tests import factories
from tests.web.account.conftest import PASSWORD
from tests.web.account.test_recovery import link_of

FILLED = {
    "Nama kelompok atau bengkel": "Bengkel Mane Badaen",
    "Bengkel": True,
    "Meubel": True,
    "Kecamatan": "Tasifeto Barat",
    "Desa atau kelurahan": "Naekasa",
    "Nomor WhatsApp": "0812 3456 7890",
    "Cerita singkat": "Kami membuat kursi sejak 1998.",
    "Nama kelompok atau bengkel, desa": True,
}
SEND = "Kirim pendaftaran"


def send(visitor, status: int = 200, **changes):
    """The room it leads to belongs to others, so only its address is looked at."""
    visitor.get("/akun/gabung")
    data = _filled(visitor, FILLED | changes)
    answer = visitor.client.post("/akun/gabung", data=data)
    assert answer.status_code == (302 if status == 200 else status)
    return answer.get_data(as_text=True) if status != 200 else answer.location


def _filled(visitor, fields):
    from tests.page import _fill, _values

    form, _button = visitor._form_with(SEND, 0)
    for label, value in fields.items():
        _fill(form, label, value)
    data: dict[str, list[str]] = {}
    for name, value in _values(form)[0]:
        data.setdefault(name, []).append(value)
    return data


def test_a_workshop_asks_to_join_and_waits(visitor, session) -> None:
    me = factories.person(session, "Yosef", phone="+6281234567890")
    visitor.signed_in(session, me)
    assert send(visitor) == "/studio"
    producer = session.scalars(select(Producer)).one()
    assert (producer.status, producer.kind, producer.village) == ("applied", "workshop", "Naekasa")
    assert [row.craft for row in producer.crafts] == ["meubel"]
    assert session.scalars(select(Member.role)).all() == ["chair"]


def test_the_number_of_the_account_stands_there_already(visitor, session) -> None:
    visitor.signed_in(session, factories.person(session, phone="+6281234567890"))
    assert visitor.get("/akun/gabung").html.get_element_by_id("phone").get("value") == "0812-3456-7890"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"Nama kelompok atau bengkel": ""}, "Isi nama kelompok atau bengkel"),
        ({"Bengkel": False}, "Pilih kelompok atau bengkel"),
        ({"Meubel": False}, "Pilih paling sedikit satu kerajinan"),
        ({"Kecamatan": "Pilih"}, "Pilih kecamatan"),
        ({"Desa atau kelurahan": "Pilih"}, "Pilih desa atau kelurahan"),
        ({"Desa atau kelurahan": "Dualaus"}, "Desa ini bukan di kecamatan yang dipilih"),
        ({"Nomor WhatsApp": "12"}, "Isi nomor WhatsApp, misalnya"),
        ({"Cerita singkat": " "}, "Tulis beberapa kalimat"),
        ({"Nama kelompok atau bengkel, desa": False}, "Centang persetujuan ini"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_stays(visitor, session, changes: dict, sentence: str) -> None:
    visitor.signed_in(session, factories.person(session))
    page = send(visitor, status=422, **changes)
    assert sentence in page
    if "Cerita singkat" not in changes:
        assert "Kami membuat kursi sejak 1998." in page
    assert session.scalar(select(func.count()).select_from(Producer)) == 0


def test_a_made_up_place_or_craft_is_refused(visitor, session) -> None:
    visitor.signed_in(session, factories.person(session)).get("/akun/gabung")
    data = _filled(visitor, FILLED)
    for changes in (
        {"district": ["53.99.99"], "village": ["53.99.99|Kota"]},
        {"crafts": ["batik"]},
        {"kind": ["shop"]},
    ):
        assert visitor.client.post("/akun/gabung", data=data | changes).status_code == 422
    assert session.scalar(select(func.count()).select_from(Producer)) == 0


def test_a_rejected_one_is_mended_on_the_same_form(visitor, session) -> None:
    me = factories.person(session)
    factories.producer(session, "Bengkel Lama", chair=me, status="rejected", verified_at=None,
                       decision_reason="Tulis ceritanya lebih lengkap.")  # fmt: skip
    page = visitor.signed_in(session, me).get("/akun/gabung")
    assert "Tulis ceritanya lebih lengkap." in page.text
    assert page.html.get_element_by_id("name").get("value") == "Bengkel Lama"
    send(visitor)
    producer = session.scalars(select(Producer)).one()
    assert (producer.name, producer.status) == ("Bengkel Mane Badaen", "applied")


def test_a_curators_invitation_leads_through_registering_to_a_verified_maker(
    visitor, another, session, app
) -> None:
    visitor.signed_in(session, factories.curator(session)).get("/kurasi/perajin/undang")
    visitor.press("Undang", {"Email atau nomor WhatsApp": "yosef@contoh.test"})
    assert visitor.page.address == "/kurasi/perajin"
    assert another.get(link_of(app, session, "producer_invited")).address == "/masuk"
    another.get("/daftar")
    another.press(
        "Buat akun",
        {
            "Nama lengkap": "Yosef",
            "Email": "yosef@contoh.test",
            "Kata sandi": PASSWORD,
            "Nama dan kontak saya": True,
        },
    )
    assert another.press("Masuk", {"Kata sandi": PASSWORD}).address == "/akun/gabung"
    assert "langsung terverifikasi" in another.page.text
    send(another)
    assert session.scalars(select(Producer.status)).all() == ["verified"]
    send(another)  # the invitation is used up: a second one waits as usual
    assert sorted(session.scalars(select(Producer.status))) == ["applied", "verified"]


def test_a_number_is_invited_by_a_link_to_hand_over(visitor, another, session) -> None:
    visitor.signed_in(session, factories.curator(session)).get("/kurasi/perajin/undang")
    page = visitor.press("Undang", {"Email atau nomor WhatsApp": "0812 3456 7890"})
    address = page.html.findtext(".//code")
    assert page.links("Buka WhatsApp")[0].startswith("https://wa.me/6281234567890?text=")
    assert session.scalar(select(func.count()).select_from(Notice)) == 0
    another.signed_in(session, factories.person(session))
    assert another.get(address.removeprefix("http://localhost")).address == "/akun/gabung"


def test_nobody_verifies_themselves_by_their_own_invitation(visitor, session) -> None:
    visitor.signed_in(session, factories.curator(session)).get("/kurasi/perajin/undang")
    page = visitor.press("Undang", {"Email atau nomor WhatsApp": "0812 3456 7890"})
    visitor.get(page.html.findtext(".//code").removeprefix("http://localhost"))
    send(visitor)
    assert session.scalars(select(Producer.status)).all() == ["applied"]


def test_the_chair_invites_and_somebody_new_joins(visitor, another, session) -> None:
    chair = factories.person(session)
    group = factories.producer(session, "Kelompok Fitun", chair=chair)
    visitor.signed_in(session, chair).get("/studio/anggota")
    page = visitor.press("Undang", {"Email atau nomor WhatsApp": "0812 3456 7890", "Pendamping": True})
    address = page.html.findtext(".//code").removeprefix("http://localhost")
    guest = another.get(address)
    assert "Kelompok Fitun mengundang Anda bergabung sebagai pendamping" in guest.text
    other = factories.person(session, "Maria")
    another.signed_in(session, other)
    another.get(address)
    form, _button = another._form_with("Terima undangan", 0)
    answer = another.client.post("/undangan", data=dict(form.form_values()))
    assert answer.location == "/studio"
    member = session.scalars(select(Member).where(Member.person_id == other.id)).one()
    assert (member.producer_id, member.role) == (group.id, "assistant")
    another.get(address, status=410)


def test_an_invitation_of_who_is_no_chair_any_more_opens_nothing(visitor, another, session) -> None:
    chair = factories.person(session)
    group = factories.producer(session, chair=chair)
    visitor.signed_in(session, chair).get("/studio/anggota")
    address = visitor.press("Undang", {"Email atau nomor WhatsApp": "0812 3456 7890"}).html.findtext(
        ".//code"
    )
    another.signed_in(session, factories.person(session)).get(address.removeprefix("http://localhost"))
    factories.member(session, group, factories.person(session), "chair")
    session.scalars(select(Member).where(Member.person_id == chair.id)).one().role = "member"
    session.commit()
    another.press("Terima undangan", status=410)


def test_an_invitation_can_be_taken_back_by_the_chair_of_that_group_only(visitor, another, session) -> None:
    chair = factories.person(session)
    factories.producer(session, chair=chair)
    visitor.signed_in(session, chair).get("/studio/anggota")
    visitor.press("Undang", {"Email atau nomor WhatsApp": "maria@contoh.test"})
    link = session.scalars(select(OneTimeLink)).one()
    stranger = factories.person(session)
    factories.producer(session, chair=stranger)
    another.signed_in(session, stranger).get("/studio/anggota")
    token = another.page.html.xpath("//input[@name='csrf_token']/@value")[0]
    address = f"/studio/anggota/undangan/{link.id}/tarik"
    assert another.client.post(address, data={"csrf_token": token}).status_code == 404
    visitor.press("Tarik")
    session.expire_all()
    assert link.revoked_at is not None
    assert session.scalar(select(func.count()).select_from(Person)) == 2
