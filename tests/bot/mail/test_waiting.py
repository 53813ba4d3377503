"""E-mails while the server is away, slow or told to be: they wait, and hold up nobody else."""

import pytest

from sandbox.mailbox import Mailbox, MailFaultKind
from school.models import Lane
from tests.bot.conftest import Post
from tests.bot.mail.conftest import ended, put


def test_what_never_gets_through_is_given_up(mail_post: Post, mail_server: Mailbox) -> None:
    mail_server.fail(MailFaultKind.ERROR, stage="mail", code=451, times=None)
    mail_post.settings.give_up_after = 0.2
    assert ended(mail_post, put(mail_post)) == ("failed", "smtp 451 4.7.0", 0)


def test_the_rate_holds_over_all_processes(sqlite_mail_post: Post, mail_server: Mailbox) -> None:
    sqlite_mail_post.settings.mails_per_minute = 60
    for n in range(3):
        put(sqlite_mail_post, str(n))
    for outbox in (sqlite_mail_post.outbox(), sqlite_mail_post.outbox()):
        outbox.drain_once()
    assert len(mail_server.mails()) == 1
    sqlite_mail_post.clock.skip(1)
    sqlite_mail_post.outbox().drain_once()
    assert len(mail_server.mails()) == 2


@pytest.mark.parametrize(
    ("unset", "reason"), [("smtp_url", "no_mail_server"), ("mail_from", "no_mail_from")]
)
def test_without_a_server_it_fails_at_once_and_says_why(
    sqlite_mail_post: Post, unset: str, reason: str
) -> None:
    setattr(sqlite_mail_post.settings, unset, None)
    assert ended(sqlite_mail_post, put(sqlite_mail_post)) == ("failed", reason, 0)


def test_the_log_says_once_in_a_while_that_mail_waits(
    sqlite_mail_post: Post, mail_server: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    mail_server.fail(MailFaultKind.ERROR, stage="mail", code=550, times=4)
    put(sqlite_mail_post, "one")
    assert ended(sqlite_mail_post, put(sqlite_mail_post, "two"))[0] == "sent"
    waits = [line for line in caplog.messages if line.startswith("e-mail waits")]
    assert len(waits) <= 2  # once for each outbox that was made here
    assert "smtp 550 5.7.0" in waits[0]


def test_a_slow_server_holds_up_nothing_in_slack(
    sqlite_mail_post: Post, mail_server: Mailbox
) -> None:
    post = sqlite_mail_post
    post.builders = {**post.builders, "said": post.builders["words"]}
    mail_server.fail(MailFaultKind.SLOW, seconds=1, times=None)
    mails = [put(post, str(n), queue=f"mail {n}") for n in range(4)]
    said = post.put(kind="said", lane=Lane.SCHEDULED)
    outbox = post.outbox()
    outbox.start()
    post.slack.wait_until(post.finished(said))
    assert not any(post.row(each).finished_at for each in mails)
    post.slack.wait_until(post.finished(*mails), 20)


def test_a_server_that_is_not_there_is_tried_by_one_and_not_by_all(
    sqlite_mail_post: Post, mail_server: Mailbox
) -> None:
    url, post = sqlite_mail_post.settings.smtp_url, sqlite_mail_post
    post.settings.smtp_url = "smtp://127.0.0.1:9"
    post.settings.retry_base = post.settings.retry_most = 60
    deliveries = [put(post, str(n)) for n in range(12)]
    outbox = post.outbox()
    outbox.drain_once()
    rows = [post.row(each) for each in deliveries]
    assert {row.error for row in rows} == {"ConnectionRefusedError"}
    assert 1 <= sum(row.attempts for row in rows) <= 2  # both senders may have begun at once
    assert all(row.failing_since is not None for row in rows)
    post.clock.skip(61)
    outbox.drain_once()
    assert sum(post.row(each).attempts for each in deliveries) <= 4
    post.settings.smtp_url = url
    post.clock.skip(200)
    post.drain(post.finished(*deliveries))
    assert len(mail_server.mails()) == 12


def test_what_has_waited_too_long_for_a_server_is_given_up(sqlite_mail_post: Post) -> None:
    post = sqlite_mail_post
    post.settings.smtp_url = "smtp://127.0.0.1:9"
    post.settings.give_up_after = 0.3
    deliveries = [put(post, str(n)) for n in range(6)]
    post.drain(post.finished(*deliveries))
    assert {post.row(each).state for each in deliveries} == {"failed"}


def test_an_address_that_is_told_to_wait_holds_up_nobody_else(
    sqlite_mail_post: Post, mail_server: Mailbox
) -> None:
    mail_server.fail(MailFaultKind.ERROR, stage="rcpt", code=450)
    sqlite_mail_post.settings.retry_base = sqlite_mail_post.settings.retry_most = 60
    for n in range(4):
        put(sqlite_mail_post, str(n))
    sqlite_mail_post.outbox().drain_once()
    assert len(mail_server.mails()) == 3
