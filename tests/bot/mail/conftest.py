"""The sending half over a real mail server, and a builder of small e-mails."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from bot.mail.client import Mailer
from bot.outgoing import Mail
from bot.settings import GivenSettings, Settings
from sandbox import SandboxServer
from sandbox.mailbox import Mailbox
from school.database import SessionFactory
from school.models import Delivery, Lane, Medium
from tests.bot.conftest import Clock, Post, lay_out_school
from tests.bot.support import quick_settings

ANA = "ana@home.test"
SENDER = "Homeroom <homeroom@school.test>"
SENT_AT = datetime(2026, 11, 24, 14, 30, 5, tzinfo=UTC)
PLAIN = Mail(ANA, "A subject", "Hello\n")


def a_mail(_session: Session, delivery: Delivery, _now: datetime) -> Mail:
    """A builder of plain words to whoever the payload says."""
    said = str(delivery.payload["say"])
    return Mail(
        to=ANA,
        subject=f"A message: {said}",
        text=f"{said}\n",
        html=f"<!-- late --><p>{said}</p>",
        late="Sent late <sorry>.",
    )


def to_server(server: Mailbox, **changes: object) -> Settings:
    """Settings of a machine in a hurry that sends its mail there."""
    quick: dict[str, object] = {
        "smtp_url": server.url,
        "mail_from": SENDER,
        "mail_timeout": 2,
        "mails_per_minute": 0,
        **changes,
    }
    return quick_settings(**quick)


def only(server: Mailbox, **changes: object) -> Settings:
    """Settings that say nothing but where mail goes."""
    given: dict[str, Any] = {"mail_from": SENDER, "mail_timeout": 2}
    given = {**given, "smtp_url": server.url, **changes}
    return GivenSettings(**given)


def send(server: Mailbox, mail: Mail = PLAIN, *, late: bool = False, **settings: object) -> None:
    """Hand a mail over, without an outbox."""
    mailer = Mailer(only(server, **settings))
    mailer.send(mailer.message(mail, delivery_id=7, late=late), SENT_AT)


def put(post: Post, say: str = "hello", **more: Any) -> Delivery:
    """Save a delivery by e-mail to somebody outside the school."""
    given = {"medium": Medium.MAIL, "recipient_id": None, "queue": f"mail {say}", **more}
    return post.put(say, lane=Lane.SCHEDULED, **given)


def ended(post: Post, delivery: Delivery) -> tuple[str, str | None, int]:
    """How it ended, why, and how often it was handed over without an answer."""
    post.drain(post.finished(delivery))
    row = post.row(delivery)
    return row.state, row.error, row.unclear


def mailing(slack: SandboxServer, factory: SessionFactory, server: Mailbox) -> Post:
    """The sending half of a bot that sends mail."""
    made = Post(slack, factory, lay_out_school(factory), Clock(), to_server(server))
    made.mails = {"words": a_mail}
    return made


@pytest.fixture
def mail_post(
    slack: SandboxServer, session_factory: SessionFactory, mail_server: Mailbox
) -> Iterator[Post]:
    """It over SQLite and over PostgreSQL."""
    made = mailing(slack, session_factory, mail_server)
    yield made
    for outbox in made.made:
        outbox.stop()


@pytest.fixture
def sqlite_mail_post(
    slack: SandboxServer, sqlite_factory: SessionFactory, mail_server: Mailbox
) -> Iterator[Post]:
    """It over SQLite, for what has nothing to do with the database."""
    made = mailing(slack, sqlite_factory, mail_server)
    yield made
    for outbox in made.made:
        outbox.stop()
