"""Letters leave the house: by SMTP to a real server on this machine, or into a folder."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from shop.gateways.file_mail import FileMail
from shop.gateways.mail import mail_for
from shop.gateways.printed_mail import PrintedMail
from shop.gateways.smtp_mail import SmtpMail
from shop.ports import Letter, LetterRefused
from tests.ground.serving import free_port

TLS = Path(__file__).parent / "tls"
LETTER = Letter(
    to="ratna@contoh.test",
    subject="Jawaban\nuntuk BLU-0000001",
    text="Bisa, Ibu.\n",
    html="<p>Bisa, Ibu.</p>",
    message_id="<notice-7@toko.example>",
)


class Mailbox:
    """What a server took, and what it is to refuse."""

    def __init__(self, answer: str = "250 OK") -> None:
        self.answer = answer
        self.taken: list[EmailMessage] = []
        self.signed_in: list[tuple[bytes, bytes]] = []

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"

    def check(self, _server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> AuthResult:
        self.signed_in.append((data.login, data.password))
        return AuthResult(success=data.password == b"rahasia@1")


@contextmanager
def server(mailbox: Mailbox, host: str = "127.0.0.1", port: int = 0, **options: Any) -> Iterator[int]:
    controller = Controller(mailbox, hostname=host, port=port or free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def certificate() -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(TLS / "localhost.crt", TLS / "localhost.key")
    return context


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(TLS / "localhost.crt"))


def mail(url: str, **options: Any) -> SmtpMail:
    return SmtpMail(url, "Dekranasda Belu", "galeri@dekranasda-belu.example", **options)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    return Mailbox()


def test_a_letter_arrives_as_text_and_html_from_the_council(mailbox: Mailbox) -> None:
    with server(mailbox) as port:
        mail(f"smtp://127.0.0.1:{port}").send(LETTER)
    (message,) = mailbox.taken
    assert message["Subject"] == "Jawaban untuk BLU-0000001"
    assert message["From"] == "Dekranasda Belu <galeri@dekranasda-belu.example>"
    assert message["Message-ID"] == "<notice-7@toko.example>"
    assert message.get_body(("plain",)).get_content().strip() == "Bisa, Ibu."
    assert "<p>Bisa, Ibu.</p>" in message.get_body(("html",)).get_content()


def test_user_and_password_go_over_starttls(mailbox: Mailbox) -> None:
    options = {"authenticator": mailbox.check, "auth_required": True, "tls_context": certificate()}
    with server(mailbox, host="127.0.0.2", require_starttls=True, **options) as port:
        mail(f"smtp://galeri:rahasia%401@127.0.0.2:{port}", context=trusting()).send(LETTER)
    assert mailbox.signed_in == [(b"galeri", b"rahasia@1")]
    assert len(mailbox.taken) == 1


def test_a_certificate_nobody_knows_is_not_trusted(mailbox: Mailbox) -> None:
    with server(mailbox, tls_context=certificate()) as port, pytest.raises(OSError, match=r"(?i)certificate"):
        mail(f"smtp://127.0.0.1:{port}").send(LETTER)
    assert mailbox.taken == []


def test_smtps_is_encrypted_from_the_start(mailbox: Mailbox) -> None:
    with server(mailbox, host="localhost", ssl_context=certificate()) as port:
        mail(f"smtps://localhost:{port}", context=trusting()).send(LETTER)
    assert len(mailbox.taken) == 1


def test_beyond_this_machine_nothing_goes_unencrypted(mailbox: Mailbox) -> None:
    with server(mailbox, host="127.0.0.2") as port, pytest.raises(OSError, match="STARTTLS"):
        mail(f"smtp://127.0.0.2:{port}").send(LETTER)
    assert mailbox.taken == []


def test_an_address_the_server_will_never_take_is_told_apart_from_one_it_may(mailbox: Mailbox) -> None:
    mailbox.answer = "550 no such mailbox"
    with server(mailbox) as port, pytest.raises(LetterRefused, match="550 no such mailbox"):
        mail(f"smtp://127.0.0.1:{port}").send(LETTER)
    mailbox.answer = "451 try again later"
    with server(mailbox) as port, pytest.raises(OSError, match="451") as problem:
        mail(f"smtp://127.0.0.1:{port}").send(LETTER)
    assert not isinstance(problem.value, LetterRefused)


def test_a_server_that_is_down_may_be_tried_again() -> None:
    with pytest.raises(OSError) as problem:  # noqa: PT011  (any OSError says so)
        mail(f"smtp://127.0.0.1:{free_port()}").send(LETTER)
    assert not isinstance(problem.value, LetterRefused)


def test_in_a_folder_a_repeated_letter_is_the_same_file(tmp_path: Path) -> None:
    folder = FileMail(tmp_path / "surat", "Dekranasda Belu", "galeri@dekranasda-belu.example")
    folder.send(LETTER)
    folder.send(LETTER)
    (file,) = (tmp_path / "surat").iterdir()
    assert file.suffix == ".eml"
    assert message_from_bytes(file.read_bytes())["To"] == "ratna@contoh.test"


def test_the_setting_decides_which_way_letters_go(tmp_path: Path) -> None:
    names: dict[str, Any] = {"sender_name": "Toko", "sender": "toko@contoh.test", "printed": True}
    assert isinstance(mail_for("", **names), PrintedMail)
    with pytest.raises(OSError, match="SHOP_MAIL_URL"):
        mail_for("", **names | {"printed": False}).send(LETTER)
    assert mail_for(f"file://{tmp_path}/my%20mail", **names) == FileMail(
        tmp_path / "my mail", "Toko", "toko@contoh.test"
    )
    assert isinstance(mail_for("smtps://mail.example", **names), SmtpMail)
    with pytest.raises(ValueError, match="smtp://"):
        mail_for("sendmail:/usr/sbin", **names)
