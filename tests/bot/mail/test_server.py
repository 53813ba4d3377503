"""SMTP_URL and MAIL_FROM as they are typed."""

from email import message_from_bytes, policy

import pytest

from bot.mail.message import mail_message
from bot.mail.server import MailServer, mail_address, mail_sender, mail_server
from bot.outgoing import Mail


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.school.test", MailServer("mail.school.test", 25, encrypted=False)),
        (
            "smtp://me:hush@mail.school.test",
            MailServer("mail.school.test", 587, encrypted=False, user="me", password="hush"),
        ),
        (
            "smtps://me%40school.test:h%3Au%2Fsh@mail.school.test",
            MailServer("mail.school.test", 465, True, "me@school.test", "h:u/sh"),
        ),
        ("smtp://me@mail.school.test:2525", MailServer("mail.school.test", 2525, False, "me", "")),
        ("SMTP://[::1]:25", MailServer("::1", 25, encrypted=False)),
    ],
)
def test_an_address_of_a_server(url: str, server: MailServer) -> None:
    assert mail_server(url) == server


@pytest.mark.parametrize(
    "url",
    ["", "mail.school.test", "smtp://", "http://x", "smtp://x:99999", "smtp://[::1", "smtp:x"],
)
def test_what_is_no_address_of_a_server(url: str) -> None:
    with pytest.raises(ValueError, match="smtp://"):
        mail_server(url)


def test_a_password_is_not_shown() -> None:
    assert "hush" not in repr(mail_server("smtp://me:hush@mail.school.test"))


@pytest.mark.parametrize(
    ("host", "is_here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("[::1]", True),
        ("mail.school.test", False),
        ("10.0.0.1", False),
        ("localhost.evil.test", False),
    ],
)
def test_what_is_this_machine(host: str, *, is_here: bool) -> None:
    assert mail_server(f"smtp://{host}").is_here is is_here


@pytest.mark.parametrize(
    ("typed", "name", "address"),
    [
        ("homeroom@school.test", "", "homeroom@school.test"),
        ("Homeroom <homeroom@school.test>", "Homeroom", "homeroom@school.test"),
        ('"Schule, Homeroom" <h.r+x@schule.test>', "Schule, Homeroom", "h.r+x@schule.test"),
        ("Школа <h@школа.test>", "Школа", "h@xn--80atdl2c.test"),
    ],
)
def test_a_sender(typed: str, name: str, address: str) -> None:
    sender = mail_sender(typed)
    assert (sender.display_name, sender.addr_spec) == (name, address)


@pytest.mark.parametrize("typed", ["", "Homeroom", "a@b, c@d", "<>", "a@b\nBcc: c@d"])
def test_what_is_no_sender(typed: str) -> None:
    with pytest.raises(ValueError, match="no e-mail address"):
        mail_sender(typed)


def test_a_name_is_kept_to_one_line() -> None:
    assert mail_address("a@b.test", " Ana\r\n\tTorres\x00 ").display_name == "Ana Torres"


@pytest.mark.parametrize(
    "name",
    [
        "Torres, Ana",
        "Bartholomew Christopherson-Wellington, Maximiliana Alexandrina of Somewhere, Long",
        "O'Brien <eve@evil.test>, eve@evil.test (dad); Wellington-Christopherson, of Somewhere",
        "=?utf-8?q?eve=40evil=2Etest=2C?= Ana",
        "Łucja, " * 20,
    ],
)
def test_no_name_becomes_a_further_address(name: str) -> None:
    to = mail_address("ana@home.test", name)
    mail = Mail(to="ana@home.test", subject="A meeting", text="Words.")
    sender = mail_address("homeroom@school.test")
    raw = bytes(mail_message(mail, to, sender=sender, delivery_id=1))
    (read,) = message_from_bytes(raw, policy=policy.default)["To"].addresses
    assert read.addr_spec == "ana@home.test"
