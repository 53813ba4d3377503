"""A mail server that wants encryption and a login: what it is told, and what never in the clear."""

import ssl
from pathlib import Path

import pytest
import trustme

from bot.mail.client import Mailer, MailLater
from sandbox.mailbox import Mailbox
from tests.bot.mail.conftest import only, send

LOGIN = ("homeroom@school.test", "h:us/h@")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("0.0.0.0", "127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


def elsewhere(server: Mailbox) -> str:
    """The address of the same server under a name that is not known to be this machine."""
    return server.url.replace("127.0.0.1", "0.0.0.0").replace("h:us/h@@", "h%3Aus%2Fh%40@")


@pytest.mark.parametrize("encrypted", [False, True])
def test_with_a_login_it_is_encrypted(
    tls: ssl.SSLContext, trusted: None, *, encrypted: bool
) -> None:
    with Mailbox(login=LOGIN, tls=tls, encrypted=encrypted) as server:
        send(server, smtp_url=elsewhere(server))
        assert len(server.mails()) == 1


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_server_that_shows_no_good_certificate_is_told_nothing(
    tls: ssl.SSLContext, *, encrypted: bool
) -> None:
    with Mailbox(login=LOGIN, tls=tls, encrypted=encrypted) as server:
        with pytest.raises(MailLater) as trouble:
            send(server, smtp_url=elsewhere(server))
        assert trouble.value.code == "SSLCertVerificationError"


def test_on_this_machine_nobody_asks_for_a_certificate(tls: ssl.SSLContext) -> None:
    with Mailbox(tls=tls) as server:
        send(server)
        assert len(server.mails()) == 1


def test_a_password_is_not_said_in_the_clear(mail_server: Mailbox) -> None:
    with pytest.raises(MailLater) as trouble:
        send(mail_server, smtp_url=f"smtp://me:hush@0.0.0.0:{mail_server.port}")
    assert trouble.value.code == "no_encryption"


def test_a_wrong_password_is_tried_another_time(
    tls: ssl.SSLContext, trusted: None, caplog: pytest.LogCaptureFixture
) -> None:
    with Mailbox(login=LOGIN, tls=tls) as server:
        with pytest.raises(MailLater) as trouble:
            send(server, smtp_url=f"smtp://me:wr%40ng@0.0.0.0:{server.port}")
        assert trouble.value.code == "smtp 535 5.7.8"
        assert "wr@ng" not in caplog.text + str(trouble.value)


def test_a_password_that_smtp_cannot_say_is_tried_another_time(
    tls: ssl.SSLContext, trusted: None
) -> None:
    with Mailbox(login=LOGIN, tls=tls) as server, pytest.raises(MailLater) as trouble:
        send(server, smtp_url=f"smtp://me:p%C3%A4ss@0.0.0.0:{server.port}")
    assert trouble.value.code == "UnicodeEncodeError"


def test_a_check_logs_in_and_sends_nothing(tls: ssl.SSLContext, trusted: None) -> None:
    with Mailbox(login=LOGIN, tls=tls) as server:
        assert Mailer(only(server, smtp_url=elsewhere(server))).check() == "0.0.0.0"
        assert server.mails() == []
