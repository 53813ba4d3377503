"""Handing a message to a real mail server: what it gets, and how each trouble is named."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage

import pytest

from bot.ical import CalendarPerson, Method, event_calendar
from bot.mail.client import Mailer, MailLater, MailRefused, MailTrouble, MailUnclear
from bot.outgoing import LATE_MARK, Mail
from sandbox.mailbox import Mailbox, MailFaultKind
from tests.bot.mail.conftest import ANA, PLAIN, SENT_AT, only, send
from tests.bot.mail.test_ical import an_event


def test_the_server_gets_it_with_all_that_it_should_bear(mail_server: Mailbox) -> None:
    mail = Mail(
        ANA,
        "Reunión con Ольга",
        "Hola\n.\n..two dots\n",
        html="<p>Hola</p>",
        to_name="Ana, “Torres”",
        reply_to="ruiz@school.test",
    )
    send(mail_server, mail)
    [got] = mail_server.mails()
    assert (got.sender, got.to) == ("homeroom@school.test", ANA)
    assert got.message_id == "<d-7@school.test>"
    assert got.subject == "Reunión con Ольга"
    assert got.text == "Hola\n.\n..two dots\n"
    assert got.html == "<p>Hola</p>\n"
    headers = got.as_data()["headers"]
    assert headers["From"] == "Homeroom <homeroom@school.test>"
    assert headers["To"] == '"Ana, “Torres”" <ana@home.test>'
    assert headers["Reply-To"] == "ruiz@school.test"
    assert headers["Date"] == "Tue, 24 Nov 2026 14:30:05 +0000"
    assert headers["Auto-Submitted"] == "auto-generated"


def test_it_goes_in_seven_bits(mail_server: Mailbox) -> None:
    event = an_event(summary="会議 " * 40)
    mail = Mail(ANA, "é" * 200, "ñ" * 2000, html="<p>陳</p>", event=event)
    send(mail_server, mail)
    [got] = mail_server.mails()
    assert got.content.isascii()
    assert all(len(line) <= 998 for line in got.content.split(b"\r\n"))
    assert (got.subject, got.text.strip()) == ("é" * 200, "ñ" * 2000)


def test_an_event_comes_as_a_part_and_as_a_file(mail_server: Mailbox) -> None:
    mail = Mail(ANA, "s", "t", html="<p>t</p>", event=an_event(), method=Method.REQUEST)
    send(mail_server, mail)
    [got] = mail_server.mails()
    ours = CalendarPerson("homeroom@school.test", "Ms Ruiz")
    event = event_calendar(an_event(organizer=ours), Method.REQUEST)
    kinds = {part.get_content_type(): part for part in got.message.walk()}
    assert kinds["text/calendar"].get_param("method") == "REQUEST"
    assert got.calendar.replace("\r\n", "\n") == event.decode().replace("\r\n", "\n")
    assert got.files == ["meeting.ics"]
    assert kinds["application/ics"].get_content() == event
    parts = [part.get_content_type() for part in got.message.walk()]
    assert parts == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
        "application/ics",
    ]


def test_a_late_one_says_so_on_top_and_escapes_it(mail_server: Mailbox) -> None:
    mail = Mail(ANA, "s", "Hello\n", html=f"<main>{LATE_MARK}<p>Hello</p></main>", late="Late <b>")
    send(mail_server, mail, late=True)
    send(mail_server, mail)
    late, timely = mail_server.mails()
    assert late.text == "Late <b>\n\nHello\n"
    assert late.html == '<main><p class="late">Late &lt;b&gt;</p><p>Hello</p></main>\n'
    assert (timely.text, timely.html) == ("Hello\n", "<main><p>Hello</p></main>\n")


def test_a_domain_of_any_script_goes_in_ascii(mail_server: Mailbox) -> None:
    send(mail_server, Mail("ana@bücher.test", "s", "t"))
    assert mail_server.mails()[0].to == "ana@xn--bcher-kva.test"


EVIL = "x\r\nBcc: evil@x.test"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "a b@home.test",
        f"ana@home.test{EVIL}",
        "a@b@c",
        "<ana@home.test>",
        "ана@home.test",
        "ana@",
        "ana@home..test",
        "a,b@home.test",
        "a" * 65 + "@home.test",
        "ana@" + "long." * 60 + "test",
        "ana@-home.test",
        "ana@\udcff.test",
    ],
)
def test_what_is_no_address_is_refused_before_anybody_hears_of_it(
    mail_server: Mailbox, address: str
) -> None:
    with pytest.raises(MailRefused) as refusal:
        send(mail_server, Mail(address, "s", "t"))
    assert refusal.value.code == "bad_address"
    assert mail_server.mails() == []


@pytest.mark.parametrize("evil", [EVIL, "x\nBcc: evil@x.test", "x\rBcc: evil@x.test"])
def test_no_header_can_be_added(mail_server: Mailbox, evil: str) -> None:
    with pytest.raises(ValueError, match="linefeed"):
        send(mail_server, Mail(ANA, evil, "t"))
    with pytest.raises(MailRefused, match="bad_address"):
        send(mail_server, Mail(ANA, "s", "t", reply_to=f"ruiz@school.test{evil}"))
    send(mail_server, Mail(ANA, "s", "t", to_name=evil))
    [got] = mail_server.mails()
    assert got.message["Bcc"] is None
    assert got.message["To"].addresses[0].display_name == "x Bcc: evil@x.test"


@pytest.mark.parametrize(
    ("stage", "code", "kind", "named"),
    [
        ("rcpt", 550, MailRefused, "smtp 550 5.7.0"),
        ("data", 554, MailRefused, "smtp 554 5.7.0"),
        ("mail", 552, MailRefused, "smtp 552 5.7.0"),
        ("mail", 550, MailLater, "smtp 550 5.7.0"),
        ("rcpt", 530, MailLater, "smtp 530 5.7.0"),
        ("rcpt", 450, MailLater, "smtp 450 4.7.0"),
        ("data", 451, MailLater, "smtp 451 4.7.0"),
        ("mail", 421, MailLater, "smtp 421 4.7.0"),
    ],
)
def test_what_the_server_answers_is_named(
    mail_server: Mailbox, stage: str, code: int, kind: type[MailTrouble], named: str
) -> None:
    mail_server.fail(MailFaultKind.ERROR, stage=stage, code=code, to=ANA if stage != "mail" else "")
    with pytest.raises(kind) as trouble:
        send(mail_server)
    assert trouble.value.code == named
    assert ANA not in str(trouble.value)
    assert mail_server.mails() == []
    send(mail_server)
    assert len(mail_server.mails()) == 1


@pytest.mark.parametrize("stage", ["mail", "rcpt"])
def test_a_connection_that_breaks_before_the_message_took_nothing(
    mail_server: Mailbox, stage: str
) -> None:
    mail_server.fail(MailFaultKind.REFUSE, stage=stage)
    with pytest.raises(MailLater):
        send(mail_server)


@pytest.mark.parametrize(("kind", "taken"), [(MailFaultKind.DROP, 1), (MailFaultKind.REFUSE, 0)])
def test_a_connection_that_breaks_after_the_message_is_unclear(
    mail_server: Mailbox, kind: MailFaultKind, taken: int
) -> None:
    mail_server.fail(kind)
    with pytest.raises(MailUnclear):
        send(mail_server)
    assert len(mail_server.mails()) == taken


def test_an_answer_that_comes_too_late_is_unclear(mail_server: Mailbox) -> None:
    mail_server.fail(MailFaultKind.SLOW, seconds=1.5)
    with pytest.raises(MailUnclear):
        send(mail_server, mail_timeout=0.4)
    assert len(mail_server.mails()) == 1


def test_a_server_that_is_down_is_named(mail_server: Mailbox) -> None:
    with pytest.raises(MailLater) as trouble:
        send(mail_server, smtp_url="smtp://127.0.0.1:9")
    assert trouble.value.code == "ConnectionRefusedError"


@contextmanager
def talking(*answers: bytes) -> Iterator[str]:
    """A server that says these lines, one after each of ours, and then nothing any more."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_talk, args=(server, answers), daemon=True)
        thread.start()
        yield f"smtp://127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)


def _talk(server: socket.socket, answers: tuple[bytes, ...]) -> None:
    connection, _ = server.accept()
    with connection, connection.makefile("rb") as heard:
        for answer in answers:
            connection.sendall(answer)
            said = heard.readline()
            while answer.startswith(b"354") and said not in (b".\r\n", b""):
                said = heard.readline()


OPEN = (b"220 here\r\n", b"250 hello\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n")


@pytest.mark.parametrize(
    ("answers", "kind", "named"),
    [
        ((b"554 no\r\n",), MailLater, "smtp 554"),
        ((b"what?\r\n",), MailLater, "smtp -1"),
        ((b"220 here\r\n", b"500 what\r\n", b"500 what\r\n"), MailLater, "smtp 500"),
        ((*OPEN[:4], b"250 odd\r\n"), MailLater, "smtp 250"),
        ((*OPEN, b"garbage\r\n"), MailUnclear, "no_answer"),
        ((*OPEN, b"3" * 9000), MailUnclear, "SMTPResponseException"),
        (OPEN[:4], MailLater, "SMTPServerDisconnected"),
        (OPEN, MailUnclear, "SMTPServerDisconnected"),
    ],
)
def test_odd_servers(
    mail_server: Mailbox, answers: tuple[bytes, ...], kind: type[MailTrouble], named: str
) -> None:
    with talking(*answers) as url, pytest.raises(kind) as trouble:
        send(mail_server, smtp_url=url)
    assert trouble.value.code == named


def test_a_server_that_dawdles_is_given_its_time_once_and_not_for_each_line(
    mail_server: Mailbox,
) -> None:
    mailer = Mailer(only(mail_server, mail_timeout=0.000001))
    with pytest.raises(MailLater) as trouble:
        mailer.send(mailer.message(PLAIN, delivery_id=7), SENT_AT)
    assert trouble.value.code == "TimeoutError"


@pytest.mark.parametrize(
    ("settings", "lacking"),
    [({"smtp_url": None}, "no_mail_server"), ({"mail_from": None}, "no_mail_from")],
)
@pytest.mark.parametrize(
    "ask",
    [
        lambda mailer: mailer.check(),
        lambda mailer: mailer.message(PLAIN, delivery_id=7),
        lambda mailer: mailer.send(EmailMessage(), SENT_AT),
    ],
)
def test_without_settings_nothing_can_be_sent(
    mail_server: Mailbox,
    settings: dict[str, object],
    lacking: str,
    ask: Callable[[Mailer], object],
) -> None:
    mailer = Mailer(only(mail_server, **settings))
    assert mailer.lacking == lacking
    with pytest.raises(MailRefused, match=lacking):
        ask(mailer)
