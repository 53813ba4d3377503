"""`app.py check`: one line for each part, and whether all are good."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox.mailbox import Mailbox
from tests.bot.calendar.answering import answering
from tests.bot.calendar.radicale import running
from tests.e2e.tiny_slack import APP_TOKEN, BOT_TOKEN, TinySlack
from tests.handlers.cli.conftest import Command, Ended


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[TinySlack]:
    with TinySlack() as slack:
        monkeypatch.setenv("SLACK_API_URL", slack.address)
        monkeypatch.setenv("SLACK_BOT_TOKEN", BOT_TOKEN)
        monkeypatch.setenv("SLACK_APP_TOKEN", APP_TOKEN)
        yield slack


def line(ended: Ended, part: str) -> str:
    [found] = [one for one in ended.out.splitlines() if f" {part}:" in one]
    return found


def test_all_is_well(command: Command, slack: TinySlack) -> None:
    ended = command("check")
    assert ended.code == 0
    assert [one.split()[:2] for one in ended.out.splitlines()] == [
        ["ok", "settings:"],
        ["ok", "database:"],
        ["ok", "Slack:"],
        ["ok", "mail:"],
        ["ok", "calendar:"],
        ["ok", "pages:"],
    ]
    assert "T9" in line(ended, "Slack")


def test_without_tokens_it_says_which_and_where_to_get_them(command: Command) -> None:
    ended = command("check")
    assert ended.code == 1
    assert "SLACK_BOT_TOKEN" in line(ended, "settings")
    assert "https://api.slack.com/apps" in line(ended, "settings")
    assert line(ended, "database").startswith("ok")
    assert line(ended, "Slack").startswith("FAIL")


def test_a_setting_that_cannot_be_used_is_named(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ_DEFAULT", "Mars/Base")
    monkeypatch.setenv("PORT", "many")
    ended = command("check")
    assert ended.code == 1
    assert "TZ_DEFAULT" in ended.out
    assert "PORT" in ended.out


def test_a_database_that_is_not_reached_is_told_without_its_password(
    command: Command, slack: TinySlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hush@127.0.0.1:9/school")
    ended = command("check")
    assert ended.code == 1
    assert line(ended, "database").startswith("FAIL")
    assert "hush" not in ended.out


@pytest.mark.parametrize("url", ["nonsense", "mysql+unheard://x"])
def test_an_address_that_is_no_databases_is_told(
    command: Command, slack: TinySlack, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    ended = command("check")
    assert line(ended, "database").startswith("FAIL")
    assert ended.code == 1


def test_a_refused_token_is_told(command: Command, slack: TinySlack) -> None:
    slack.identity = {"ok": False, "error": "invalid_auth"}
    ended = command("check")
    assert line(ended, "Slack") == "FAIL Slack:    Slack says invalid_auth"
    assert ended.code == 1


def test_a_refused_app_token_is_told(command: Command, slack: TinySlack) -> None:
    slack.refuses_sockets = "not_allowed_token_type"
    assert "not_allowed_token_type" in line(command("check"), "Slack")


def test_a_slack_that_is_down_is_told(
    command: Command, slack: TinySlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:9/api")
    assert "http://127.0.0.1:9/api/ is not reached" in line(command("check"), "Slack")


def test_missing_permissions_are_named(command: Command, slack: TinySlack) -> None:
    slack.scopes = "commands,chat:write,files:write,files:read,users:read,im:write,im:read"
    ended = command("check")
    assert "im:history, users:read.email" in line(ended, "Slack")
    assert "manifest.json" in line(ended, "Slack")


def test_http_mode_needs_no_app_token(
    command: Command, slack: TinySlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SLACK_APP_TOKEN")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "x")
    ended = command("check")
    assert ended.code == 0
    assert "signed HTTP" in line(ended, "settings")
    assert slack.calls == ["auth.test"]


def test_a_mail_server_that_is_down_fails(
    command: Command, slack: TinySlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_URL", "smtp://me:hush@127.0.0.1:9")
    monkeypatch.setenv("MAIL_FROM", "homeroom@school.test")
    ended = command("check")
    assert line(ended, "mail").startswith("FAIL")
    assert "hush" not in ended.out


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"235 hi\r\n", "ok   mail:     127.0.0.1 lets us in, from homeroom@school.test"),
        (b"535 who are you\r\n", "FAIL mail:     127.0.0.1 says 535 who are you"),
    ],
)
def test_a_mail_server_is_good_when_it_lets_us_in(
    command: Command,
    slack: TinySlack,
    monkeypatch: pytest.MonkeyPatch,
    answer: bytes,
    expected: str,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_greet, args=(server, answer), daemon=True).start()
        monkeypatch.setenv("SMTP_URL", f"smtp://me:hush@127.0.0.1:{server.getsockname()[1]}")
        monkeypatch.setenv("MAIL_FROM", "Homeroom <homeroom@school.test>")
        assert line(command("check"), "mail") == expected


def test_without_a_mail_server_it_says_that_none_is_set(command: Command, slack: TinySlack) -> None:
    assert line(command("check"), "mail") == (
        "ok   mail:     not set: no e-mail is sent (SMTP_URL)"
    )


def test_a_mail_server_needs_somebody_to_send_from(
    command: Command, slack: TinySlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:9")
    ended = command("check")
    assert line(ended, "mail").startswith("FAIL mail:     MAIL_FROM is not set")
    assert ended.code == 1


def test_a_password_is_not_said_without_encryption(
    command: Command, slack: TinySlack, mail_server: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMTP_URL", f"smtp://me:hush@0.0.0.0:{mail_server.port}")
    monkeypatch.setenv("MAIL_FROM", "homeroom@school.test")
    assert "offers no encryption" in line(command("check"), "mail")


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("SMTP_URL", "mail.school.test:hush@x", "begins with smtp://"),
        ("SMTP_URL", "http://me:hush@mail.school.test", "begins with smtp://"),
        ("SMTP_URL", "smtp://me:hush@mail.school.test:many", "smtp://user:password@host:587"),
        ("MAIL_FROM", "hush", "Homeroom <homeroom@school.org>"),
    ],
)
def test_mail_settings_that_cannot_be_used_are_named(
    command: Command, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, words: str
) -> None:
    monkeypatch.setenv(variable, value)
    ended = command("check")
    assert ended.code == 1
    assert variable in ended.out
    assert words in ended.out
    assert "hush" not in ended.out


def _greet(server: socket.socket, answer: bytes) -> None:
    connection, _ = server.accept()
    with connection, connection.makefile("rwb", buffering=0) as stream:
        stream.write(b"220 here\r\n")
        for words in stream:
            if words.startswith(b"QUIT"):
                stream.write(b"221 bye\r\n")
                return
            stream.write(b"250-here\r\n250 AUTH PLAIN\r\n" if words.startswith(b"ehlo") else answer)


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (207, "ok   calendar: 127.0.0.1 lets us in; there is no teacher to look for"),
        (404, "ok   calendar: 127.0.0.1 lets us in; there is no teacher to look for"),
        (401, "FAIL calendar: 127.0.0.1 does not let us in: see user and password in CALDAV_URL"),
        (403, "ok   calendar: 127.0.0.1 lets us in; there is no teacher to look for"),
        (503, "FAIL calendar: 127.0.0.1 answers 503"),
    ],
)
def test_a_calendar_server_is_good_when_it_lets_us_in(
    command: Command,
    slack: TinySlack,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    verdict: str,
) -> None:
    with answering(status) as address:
        monkeypatch.setenv("CALDAV_URL", address.replace("//", "//me:hush@"))
        ended = command("check")
    assert line(ended, "calendar") == verdict
    assert "hush" not in ended.out


def test_calendars_of_teachers_are_looked_for(
    command: Command, slack: TinySlack, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("ana", "ben"):
        assert command("link", f"U0{name.upper()}", "--email", f"{name}@school.test").code == 0
    with running(tmp_path) as radicale:
        monkeypatch.setenv("CALDAV_URL", radicale.url)
        assert "has none of the 2 calendars" in line(command("check"), "calendar")
        radicale.make("ben@school.test")
        said = line(command("check"), "calendar")
        assert said == "ok   calendar: 127.0.0.1 lets us in, 1 of 2 calendars looked for are there"
        monkeypatch.setenv("CALDAV_URL", radicale.url.replace("{email}", "ben@school.test"))
        assert line(command("check"), "calendar") == "ok   calendar: 127.0.0.1 lets us in"
        monkeypatch.setenv("CALDAV_URL", radicale.url.replace("{email}", "nobody"))
        assert "has no such calendar" in line(command("check"), "calendar")
    with answering(403) as address:
        monkeypatch.setenv("CALDAV_URL", address)
        assert "but not into the calendars" in line(command("check"), "calendar")


def test_a_calendar_server_that_is_down_fails(
    command: Command, slack: TinySlack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALDAV_URL", "http://me:hush@127.0.0.1:9/{email}/")
    ended = command("check")
    assert "127.0.0.1 is not reached (ConnectionError)" in line(ended, "calendar")
    assert "hush" not in ended.out


KEY = "k" * 40


@pytest.mark.parametrize(
    ("url", "key", "verdict"),
    [
        (None, None, "ok   pages:    not set"),
        ("https://homeroom.school.test", KEY, "ok   pages:    at homeroom.school.test"),
        ("http://localhost:3000", KEY, "ok   pages:    at localhost"),
        ("https://homeroom.school.test", None, "FAIL pages:    PUBLIC_URL is set, and SECRET_KEY"),
        (None, KEY, "FAIL pages:    SECRET_KEY is set, and PUBLIC_URL"),
        ("https://homeroom.school.test", "short", "FAIL pages:    SECRET_KEY has less than"),
        ("http://homeroom.school.test", KEY, "FAIL pages:    PUBLIC_URL does not begin with https"),
        ("homeroom", KEY, "FAIL pages:    PUBLIC_URL is no address"),
    ],
)
def test_pages_need_an_address_and_a_key(
    command: Command,
    slack: TinySlack,
    monkeypatch: pytest.MonkeyPatch,
    url: str | None,
    key: str | None,
    verdict: str,
) -> None:
    for name, value in (("PUBLIC_URL", url), ("SECRET_KEY", key)):
        if value is not None:
            monkeypatch.setenv(name, value)
    ended = command("check")
    assert line(ended, "pages").startswith(verdict)
    assert KEY not in ended.out
