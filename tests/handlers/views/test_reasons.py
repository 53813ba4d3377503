"""Each code that the outbox, Slack or the mail server leaves has words; kinds have names."""

import pytest

from bot.mail.client import BAD_ADDRESS as BAD_MAIL_ADDRESS
from bot.mail.client import NO_SENDER, NO_SERVER
from bot.outbox import mails
from bot.outbox.book import UNSETTLED
from bot.outbox.files import NO_ENTRY
from bot.outbox.message import BAD_CONTENT
from bot.outbox.telling import NO_CHANNEL, NOBODY
from bot.slack import LACKING, RATE_LIMITED, UNCLEAR, UNREADABLE
from handlers.ids import Kind
from handlers.views.kinds import kind_words, kinds_words
from handlers.views.reports import reasons
from handlers.views.reports.reasons import reason_of
from school.models import Medium

UNKNOWN = "a word that I do not know"
OURS = (
    *("unknown_kind", "database_trouble", "unsettled", "uncertain", "worker_lost"),
    *("broke: KeyError", "no_upload_address", "invalid_upload_url", "http_503"),
    *("TimeoutError", "RemoteDisconnected", "ConnectionRefusedError", "gaierror"),
)
BY_MAIL = ("unknown_kind", "database_trouble", "worker_lost", "broke: KeyError", "gaierror")


@pytest.mark.parametrize(
    "code",
    sorted(
        {*NOBODY, *NO_ENTRY, *BAD_CONTENT, *LACKING, *RATE_LIMITED, *UNCLEAR, *OURS}
        | {NO_CHANNEL, UNSETTLED, UNREADABLE}
    ),
)
def test_every_code_of_a_message_has_words(code: str) -> None:
    reason = reason_of(code)
    assert UNKNOWN not in reason.why
    assert code not in reason.why + reason.to_do


@pytest.mark.parametrize(
    "code", [NO_SERVER, NO_SENDER, BAD_MAIL_ADDRESS, mails.UNSETTLED, *BY_MAIL]
)
def test_every_code_of_an_e_mail_has_words(code: str) -> None:
    reason = reason_of(code, Medium.MAIL)
    assert UNKNOWN not in reason.why
    assert code not in reason.why + reason.to_do


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("smtp 550 5.1.1", reasons.BAD_ADDRESS),
        ("smtp 550", reasons.BAD_ADDRESS),
        ("smtp 550 5.7.1", reasons.MAIL_REFUSED),
        ("smtp 552", reasons.MAILBOX_FULL),
        ("smtp 554 5.6.0", reasons.MAIL_REFUSED),
        ("smtp 535 5.7.8", reasons.MAIL_LOGIN),
        ("smtp 421 4.3.2", reasons.MAIL_LATER),
        ("no_encryption", reasons.NO_ENCRYPTION),
        ("TimeoutError", reasons.MAIL_LATER),
        ("no_answer", reasons.MAIL_UNCLEAR),
    ],
)
def test_the_mail_servers_answers_are_told_apart(code: str, reason: reasons.Reason) -> None:
    assert reason_of(code, Medium.MAIL) is reason


@pytest.mark.parametrize("medium", Medium)
def test_an_unknown_code_is_shown_as_it_is(medium: Medium) -> None:
    assert "strange_word" in reason_of("strange_word", medium).why
    assert "–" in reason_of("", medium).why


def test_a_teacher_is_told_what_a_teacher_can_do() -> None:
    reason = reason_of("invalid_auth")
    assert "SLACK_BOT_TOKEN" in reason.advice(is_administrator=True)
    assert reason.advice(is_administrator=False) == "Ask your administrator."


def test_kinds_are_named_alone_and_in_numbers() -> None:
    assert kind_words(Kind.STUDENT_REPORT) == "student report"
    assert kind_words("meeting_reminder_mail", Medium.MAIL) == "meeting reminder (e-mail)"
    assert kinds_words(1, Kind.EXPORT_NOTICE) == "1 note about a file"
    assert kinds_words(3, Kind.EXPORT_NOTICE) == "3 notes about a file"
    assert kinds_words(1200, Kind.CLASS_REPORT) == "1,200 class reports"


@pytest.mark.parametrize("kind", Kind)
def test_no_kind_is_named_as_it_is_stored(kind: Kind) -> None:
    assert "_" not in kind_words(kind)
