"""Every letter of this room can be written, in both languages, with all its facts."""

import pytest

from shop.models import Notice
from shop.web.letters import letter, whatsapp_words
from tests import factories

FACTS = {
    "confirm_email": {"seed": "s"},
    "already_registered": {},
    "reset_password": {"seed": "s"},
    "password_changed": {},
    "change_email": {"seed": "s"},
    "email_changed": {"seed": "s"},
    "phone_changed": {},
    "second_factor_changed": {"on": False},
    "account_closed": {},
    "suspended": {"why": "Menipu pembeli"},
    "resumed": {},
    "staff_invited": {"seed": "s", "role": "curator"},
    "staff_role_changed": {"role": "administrator", "on": True},
    "producer_applied": {"producer": "Kmanek"},
    "producer_verified": {"producer": "Kmanek"},
    "producer_rejected": {"producer": "Kmanek", "why": "Desanya di luar Belu"},
    "producer_suspended": {"producer": "Kmanek", "why": "Menipu pembeli"},
    "producer_resumed": {"producer": "Kmanek"},
    "producer_invited": {"seed": "s"},
    "member_invited": {"seed": "s", "producer": "Kmanek"},
    "consent_withdrawn": {"producer": "Kmanek"},
    "works_assigned": {"by": "Sari", "count": 4, "titles": [["Tais Senja", "Dusk Cloth"], ["", ""]]},
}
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite", "postgresql"], indirect=True)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", FACTS)
def test_it_can_be_written(app, kind: str, language: str) -> None:
    notice = Notice(
        id=1, kind=kind, channel="email", to_email="maria@contoh.test", language=language, facts=FACTS[kind],
        created_at=factories.AT, due_at=factories.AT,
    )  # fmt: skip
    with app.test_request_context("/"):
        written = letter(notice, token=None)
        assert whatsapp_words(notice, token=None)
    assert written.subject
    if "seed" in FACTS[kind]:
        token = app.extensions["shop"].links.token("s")
        address = "http://localhost" + ("/en" if language == "en" else "") + f"/tautan/{token}"
        assert address in written.text
        assert address in written.html
