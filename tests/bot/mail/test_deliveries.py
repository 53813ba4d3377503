"""Deliveries by e-mail through the outbox: sent once, named when not, sent again when unclear."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outgoing import Mail, Obsolete
from sandbox.mailbox import Mailbox, MailFaultKind
from school.deliveries import withdraw
from school.errors import InvalidInput, NotAllowed, NotFound
from school.models import AuditEntry, Delivery
from tests.bot.conftest import Post
from tests.bot.mail.conftest import ANA, a_mail, ended, put


def test_it_is_sent_and_nobody_stands_in_its_row(mail_post: Post, mail_server: Mailbox) -> None:
    delivery = put(mail_post)
    assert ended(mail_post, delivery) == ("sent", None, 0)
    [mail] = mail_server.mails()
    assert (mail.to, mail.subject, mail.text) == (ANA, "A message: hello", "hello\n")
    assert mail.message_id == f"<d-{delivery.id}@school.test>"
    row = mail_post.row(delivery)
    assert (row.message_channel, row.attempts) == ("", 0)
    assert ANA not in str(vars(row))


@pytest.mark.parametrize(("stage", "code"), [("rcpt", 550), ("data", 554)])
def test_what_is_refused_for_good_fails_at_once(
    mail_post: Post, mail_server: Mailbox, caplog: pytest.LogCaptureFixture, stage: str, code: int
) -> None:
    mail_server.fail(MailFaultKind.ERROR, stage=stage, code=code)
    assert ended(mail_post, put(mail_post)) == ("failed", f"smtp {code} 5.7.0", 0)
    assert mail_server.mails() == []
    assert ANA not in caplog.text


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
def test_what_is_refused_for_now_is_tried_again(
    mail_post: Post, mail_server: Mailbox, stage: str
) -> None:
    mail_server.fail(MailFaultKind.ERROR, stage=stage, code=451, times=2)
    delivery = put(mail_post)
    assert ended(mail_post, delivery) == ("sent", None, 0)
    assert mail_post.row(delivery).attempts == 2
    assert len(mail_server.mails()) == 1


def test_an_unclear_one_is_sent_again_as_the_same_mail(
    mail_post: Post, mail_server: Mailbox
) -> None:
    mail_server.fail(MailFaultKind.DROP)
    delivery = put(mail_post)
    assert ended(mail_post, delivery) == ("sent", None, 1)
    first, second = mail_server.mails()
    assert first.message_id == second.message_id == f"<d-{delivery.id}@school.test>"
    assert first.message["Date"] == second.message["Date"]


def test_its_date_is_when_it_went_out_and_a_copys_that_of_the_first(
    sqlite_mail_post: Post, mail_server: Mailbox
) -> None:
    post = sqlite_mail_post
    post.settings.retry_base = post.settings.retry_most = 60
    mail_server.fail(MailFaultKind.ERROR, code=451)
    delivery = put(post)
    outbox = post.outbox()
    outbox.drain_once()
    post.clock.skip(3600)
    sent_at = post.clock()
    mail_server.fail(MailFaultKind.DROP, times=2)
    outbox.drain_once()
    for _ in range(2):
        post.clock.skip(600)
        outbox.drain_once()
    assert post.row(delivery).state == "sent"
    dates = [mail.message["Date"].datetime for mail in mail_server.mails()]
    assert len(dates) == 3
    assert len(set(dates)) == 1
    assert abs(dates[0] - sent_at) < timedelta(seconds=60)


def test_an_unclear_one_waits_for_the_settling_pause(
    sqlite_mail_post: Post, mail_server: Mailbox
) -> None:
    mail_server.fail(MailFaultKind.DROP)
    delivery = put(sqlite_mail_post)
    outbox = sqlite_mail_post.outbox()
    outbox.drain_once()
    row = sqlite_mail_post.row(delivery)
    assert (row.state, row.unclear) == ("uncertain", 1)
    wait = sqlite_mail_post.settings.send_timeout + sqlite_mail_post.settings.settle_wait
    assert row.uncertain_at is not None
    assert row.next_attempt_at - row.uncertain_at == timedelta(seconds=wait)
    outbox.drain_once()
    assert len(mail_server.mails()) == 1
    sqlite_mail_post.clock.skip(wait)
    outbox.drain_once()
    assert len(mail_server.mails()) == 2


def test_one_that_was_lost_with_its_answer_arrives_the_second_time(
    mail_post: Post, mail_server: Mailbox
) -> None:
    mail_server.fail(MailFaultKind.REFUSE, stage="data")
    assert ended(mail_post, put(mail_post)) == ("sent", None, 1)
    assert len(mail_server.mails()) == 1


def test_a_server_that_never_answers_gets_so_many_copies_and_no_more(
    sqlite_mail_post: Post, mail_server: Mailbox
) -> None:
    mail_server.fail(MailFaultKind.DROP, times=None)
    sqlite_mail_post.settings.mail_copies = 3
    sqlite_mail_post.settings.send_timeout = 0.6
    delivery = put(sqlite_mail_post)
    assert ended(sqlite_mail_post, delivery) == ("failed", "mail_unsettled", 3)
    assert len(mail_server.mails()) == 3


def test_one_that_a_person_tries_again_goes_out_again(
    sqlite_mail_post: Post, mail_server: Mailbox
) -> None:
    sqlite_mail_post.settings.mail_copies = 1
    delivery = put(sqlite_mail_post)
    sqlite_mail_post.change(delivery, unclear=1, retried=1)
    assert ended(sqlite_mail_post, delivery) == ("sent", None, 1)


def test_one_whose_worker_died_while_sending_is_sent_again(
    mail_post: Post, mail_server: Mailbox
) -> None:
    delivery = put(mail_post)
    now = mail_post.clock()
    mail_post.change(
        delivery,
        state="sending",
        fence=1,
        lease_owner="gone",
        lease_until=now + timedelta(seconds=1),
        first_attempt_at=now,
    )
    mail_post.outbox().drain_once()
    assert mail_server.mails() == []
    mail_post.clock.skip(mail_post.settings.lease + 2)
    assert ended(mail_post, delivery) == ("sent", None, 1)
    [mail] = mail_server.mails()
    assert mail.message_id == f"<d-{delivery.id}@school.test>"


def test_two_processes_send_each_once(mail_post: Post, mail_server: Mailbox) -> None:
    deliveries = [put(mail_post, str(n)) for n in range(24)]
    outboxes = [mail_post.outbox(), mail_post.outbox()]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda outbox: outbox.drain_once(), outboxes))
    mail_post.drain(mail_post.finished(*deliveries), outboxes[0])
    told = sorted(mail.message_id for mail in mail_server.mails())
    assert told == sorted(f"<d-{delivery.id}@school.test>" for delivery in deliveries)


def raising(error: Exception) -> Callable[[Session, Delivery, datetime], Mail]:
    def build(_session: Session, _delivery: Delivery, _now: datetime) -> Mail:
        raise error

    return build


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (Obsolete("no_address"), "no_address"),
        (NotFound("gone"), "no_access"),
        (NotAllowed("not yours"), "no_access"),
    ],
)
def test_one_that_nobody_is_to_get_any_more_is_closed(
    sqlite_mail_post: Post, mail_server: Mailbox, error: Exception, why: str
) -> None:
    sqlite_mail_post.mails = {"words": raising(error)}
    assert ended(sqlite_mail_post, put(sqlite_mail_post)) == ("closed", why, 0)
    assert mail_server.mails() == []


@pytest.mark.parametrize("error", [ValueError("Ana's secret"), InvalidInput("x", "Ana's secret")])
def test_one_that_breaks_on_our_side_fails_with_a_reference(
    sqlite_mail_post: Post, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    sqlite_mail_post.mails = {"words": raising(error)}
    delivery = put(sqlite_mail_post)
    state, why, _ = ended(sqlite_mail_post, delivery)
    assert (state, why) == ("failed", f"broke: {type(error).__name__}")
    assert sqlite_mail_post.row(delivery).reference is not None
    assert "secret" not in caplog.text


def test_a_kind_that_nobody_knows_yet_waits_for_who_does(
    sqlite_mail_post: Post, mail_server: Mailbox
) -> None:
    sqlite_mail_post.mails = {}
    delivery = put(sqlite_mail_post)
    sqlite_mail_post.outbox().drain_once()
    assert sqlite_mail_post.row(delivery).error == "unknown_kind"
    sqlite_mail_post.mails = {"words": a_mail}
    assert ended(sqlite_mail_post, delivery)[0] == "sent"


def test_what_is_past_its_use_is_not_sent(mail_post: Post, mail_server: Mailbox) -> None:
    delivery = put(mail_post, expires_at=mail_post.clock() - timedelta(seconds=1))
    assert ended(mail_post, delivery)[0] == "closed"
    assert mail_server.mails() == []


def test_one_that_was_tried_in_vain_until_its_use_was_gone_has_failed_and_its_sender_hears(
    mail_post: Post, mail_server: Mailbox
) -> None:
    mail_server.fail(MailFaultKind.ERROR, stage="rcpt", code=451, times=None)
    expires_at = mail_post.clock() + timedelta(hours=1)
    given: dict[str, object] = {"sender_id": 2, "expires_at": expires_at, "about": "meeting 7"}
    mails = [put(mail_post, say, **given) for say in ("to Ana", "to Joe")]
    mail_post.outbox().drain_once()
    mail_post.clock.skip(3601)
    for mail in mails:
        assert ended(mail_post, mail) == ("failed", "smtp 451 4.7.0", 0)
    with mail_post.session_factory() as session:
        # Once for all of a kind about a record: nobody can try them again.
        told = session.scalars(select(Delivery).where(Delivery.kind == "failure_notice")).one()
    assert told.recipient_id == 2
    assert told.payload["delivery"] in [mail.id for mail in mails]


@pytest.mark.parametrize("change", ["withdrawn", "expired"])
def test_an_unclear_one_is_not_sent_again_once_its_use_is_gone(
    mail_post: Post, mail_server: Mailbox, change: str
) -> None:
    mail_server.fail(MailFaultKind.DROP)
    delivery = put(mail_post, about="meeting 7")
    mail_post.outbox().drain_once()
    if change == "withdrawn":
        with mail_post.session_factory.begin() as session:
            withdraw(session, mail_post.workspace_id, "meeting 7", now=mail_post.clock())
    else:
        mail_post.change(delivery, expires_at=mail_post.clock())
    assert ended(mail_post, delivery)[0] == "closed"
    assert len(mail_server.mails()) == 1


def test_a_late_one_says_so(sqlite_mail_post: Post, mail_server: Mailbox) -> None:
    put(sqlite_mail_post)
    sqlite_mail_post.clock.skip(sqlite_mail_post.settings.late_after + 1)
    sqlite_mail_post.outbox().drain_once()
    [mail] = mail_server.mails()
    assert mail.text == "Sent late <sorry>.\n\nhello\n"
    assert mail.html == '<p class="late">Sent late &lt;sorry&gt;.</p><p>hello</p>\n'


def audited(session: Session, delivery: Delivery, now: datetime) -> Mail:
    row = AuditEntry(workspace_id=delivery.workspace_id, user_id=1, purpose="mail", happened_at=now)
    session.add(row)
    return a_mail(session, delivery, now)


def test_the_builders_rows_are_written_once_with_the_first_try(
    mail_post: Post, mail_server: Mailbox
) -> None:
    mail_post.mails = {"words": audited}
    mail_server.fail(MailFaultKind.DROP)
    assert ended(mail_post, put(mail_post)) == ("sent", None, 1)
    assert mail_post.count(AuditEntry) == 1


def to_nobody(session: Session, delivery: Delivery, now: datetime) -> Mail:
    return replace(a_mail(session, delivery, now), to="nobody at all")


def test_what_is_no_address_fails_at_once_and_says_nothing_of_the_server(
    sqlite_mail_post: Post, mail_server: Mailbox
) -> None:
    sqlite_mail_post.mails = {"words": to_nobody}
    delivery = put(sqlite_mail_post)
    assert ended(sqlite_mail_post, delivery) == ("failed", "bad_address", 0)
    assert sqlite_mail_post.row(delivery).first_attempt_at is None
