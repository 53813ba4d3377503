"""The mailbox: what it takes is kept, shown, and spoilt as it was told."""

import json
import smtplib
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sandbox import SandboxServer
from sandbox.__main__ import mail_server as mail_server_of
from sandbox.__main__ import parser
from sandbox.mailbox import Mailbox, MailFaultKind
from tests.sandbox.chromium import visit
from tests.sandbox.support import CONFIG

ANA = "ana@home.test"
EVENT = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def slack(mail_server: Mailbox) -> Iterator[SandboxServer]:
    with SandboxServer(CONFIG, mailbox=mail_server) as server:
        yield server


def written(subject: str = "Hello", number: int = 1, *, html: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Homeroom <h@school.test>", f"Ana <{ANA}>"
    message["Subject"], message["Message-ID"] = subject, f"<{number}@school.test>"
    message.set_content("In plain words")
    if html:
        message.add_alternative(html, subtype="html")
        message.add_alternative(EVENT, subtype="calendar")
        message.add_attachment(b"x", maintype="application", subtype="ics", filename="a.ics")
    return message


def put(mailbox: Mailbox, message: EmailMessage) -> None:
    with smtplib.SMTP("127.0.0.1", mailbox.port, timeout=5) as client:
        client.send_message(message)


def asked(slack: SandboxServer, path: str, verb: str = "GET", **body: Any) -> Any:
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(f"{slack.url}/_sandbox/{path}", data, method=verb)
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.loads(answer.read())


def test_the_ledger_says_what_was_taken(mail_server: Mailbox, slack: SandboxServer) -> None:
    put(mail_server, written(number=1))
    put(mail_server, written(number=1))
    put(mail_server, written("Grüße", number=2, html="<p>In HTML</p>"))
    listed = asked(slack, "mails")["mails"]
    assert [mail["number"] for mail in listed] == [1, 2, 3]
    assert [mail["message_id"] for mail in listed] == ["<1@school.test>"] * 2 + ["<2@school.test>"]
    last = listed[-1]
    assert (last["to"], last["subject"], last["text"]) == (ANA, "Grüße", "In plain words\n")
    assert (last["calendar"], last["files"]) == (EVENT, ["a.ics"])
    assert last["size"] > 100
    assert len(asked(slack, "mails?message_id=%3C1@school.test%3E")["mails"]) == 2
    assert asked(slack, "mails?to=nobody@home.test")["mails"] == []
    assert len(mail_server.mails(message_id="<2@school.test>")) == 1


def test_faults_are_set_from_outside_and_cleared(
    mail_server: Mailbox, slack: SandboxServer
) -> None:
    assert asked(slack, "mails/faults", "POST", kind="error", stage="rcpt", code=451)["code"] == 451
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        put(mail_server, written())
    put(mail_server, written())
    mail_server.fail(MailFaultKind.REFUSE, stage="mail", times=None)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        put(mail_server, written())
    assert asked(slack, "mails", "DELETE") == {"ok": True}
    put(mail_server, written(number=9))
    assert [mail.message_id for mail in mail_server.mails()] == ["<9@school.test>"]


@pytest.mark.parametrize("body", [{"kind": "odd"}, {"kind": "error", "what": 1}])
def test_a_fault_that_there_is_not_is_refused(slack: SandboxServer, body: dict[str, Any]) -> None:
    with pytest.raises(urllib.error.HTTPError) as refusal:
        asked(slack, "mails/faults", "POST", **body)
    with refusal.value as answer:
        assert answer.code == 400


def test_without_a_mailbox_there_are_no_mails() -> None:
    with SandboxServer(CONFIG) as slack:
        assert asked(slack, "mails") == {"mailbox": False, "mails": []}
        assert asked(slack, "mails", "DELETE") == {"ok": True}
        for path, verb, body in (
            ("mails/faults", "POST", {"kind": "drop"}),
            ("mails/1/html", "GET", {}),
        ):
            with pytest.raises(urllib.error.HTTPError) as refusal:
                asked(slack, path, verb, **body)
            refusal.value.close()


def test_a_mailbox_that_is_asked_for_a_login_takes_nothing_without() -> None:
    with Mailbox(login=("me", "hush")) as mailbox, pytest.raises(smtplib.SMTPResponseException):
        put(mailbox, written())
    assert mailbox.mails() == []


def test_a_process_of_its_own_takes_mail_where_it_is_asked_to() -> None:
    assert mail_server_of(parser().parse_args([])) is None
    mailbox = mail_server_of(parser().parse_args(["--mail-port", "0"]))
    assert mailbox is not None
    with mailbox:
        put(mailbox, written())
    assert len(mailbox.mails()) == 1


def test_a_mails_html_may_run_and_fetch_nothing(mail_server: Mailbox, slack: SandboxServer) -> None:
    put(mail_server, written(html="<script>steal()</script>"))
    with urllib.request.urlopen(f"{slack.url}/_sandbox/mails/1/html", timeout=5) as answer:
        policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    assert policy.endswith("; sandbox")


@pytest.mark.browser
def test_mails_come_to_the_page_by_themselves_and_what_is_open_stays(
    page: Page, slack: SandboxServer, mail_server: Mailbox, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    visit(page, slack)
    page.get_by_role("tab", name="Mailbox").click()
    expect(page.locator(".panel")).to_contain_text("No e-mails yet")
    put(mail_server, written("First", html="<h1>In HTML</h1>"))
    mail = page.locator(".mail")
    expect(mail).to_contain_text("First")
    mail.locator("summary").first.click()
    expect(page.frame_locator(".mail-html").locator("h1")).to_have_text("In HTML")
    mail.get_by_text("As plain text").click()
    expect(mail).to_contain_text("In plain words")
    mail.get_by_text("Event for the calendar").click()
    expect(mail).to_contain_text("BEGIN:VCALENDAR")
    expect(mail).to_contain_text("Attached: a.ics")
    put(mail_server, written("Second", 2))
    expect(page.locator(".mail-subject")).to_have_text(["Second", "First"])
    expect(page.locator(".mail[open]")).to_contain_text("First")
    expect(page.locator(".mail-html")).to_have_attribute("sandbox", "")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width
    page.get_by_role("tab", name="Messages").click()
    page.get_by_role("tab", name="Mailbox").click()
    expect(page.locator(".mail")).to_have_count(2)
