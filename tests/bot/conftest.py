"""A bot's sending half: an outbox over a real database, posting to a sandbox Slack."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.outbox import Builder, Outbox
from bot.outbox.entries import EntryBuilder
from bot.outbox.mails import MailBuilder
from bot.settings import Settings
from bot.slack import SlackGateway
from sandbox import Config, Person, SandboxServer
from sandbox import Settings as SandboxSettings
from sandbox.webapi.gate import Gate as SandboxGate
from school.database import SessionFactory, reading
from school.deliveries import enqueue
from school.models import Base, Delivery, User, Workspace
from tests.bot.support import BUILDERS, InlinePool, quick_settings

PEOPLE = tuple(Person(f"U{n}", f"Teacher {n}", f"t{n}@school.test") for n in range(1, 7))


class Clock:
    """The wall's clock, and a way to let time pass at once."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def skip(self, seconds: float) -> None:
        self.ahead += timedelta(seconds=seconds)


@dataclass
class Post:
    """The sending half of one bot, and shortcuts to look at what it did."""

    slack: SandboxServer
    session_factory: SessionFactory
    workspace_id: int
    clock: Clock
    settings: Settings = field(default_factory=quick_settings)
    builders: Mapping[str, Builder] = field(default_factory=lambda: BUILDERS)
    mails: Mapping[str, MailBuilder] = field(default_factory=dict)
    entries: Mapping[str, EntryBuilder] = field(default_factory=dict)
    pool: InlinePool = field(default_factory=InlinePool)
    made: list[Outbox] = field(default_factory=list)

    def gateway(self) -> SlackGateway:
        settings = self.settings.model_copy(update={"slack_api_url": self.slack.api_url})
        token = self.slack.workspace.config.app.bot_token
        return SlackGateway(settings, self.session_factory, lambda _id: token, now=self.clock)

    def outbox(self, gateway: SlackGateway | None = None) -> Outbox:
        """One more process' outbox on the same database."""
        gateway = gateway or self.gateway()
        args = (self.session_factory, gateway, self.builders, self.pool, self.settings)
        outbox = Outbox(*args, mails=self.mails, entries=self.entries, now=self.clock)
        self.made.append(outbox)
        return outbox

    def put(self, say: str = "hello", *, to: int = 1, kind: str = "words", **more: Any) -> Delivery:
        """Save a delivery to teacher `to`."""
        now = self.clock()
        given: dict[str, Any] = {"channel": None, "recipient_id": to, "unique_key": f"{kind} {say}"}
        with self.session_factory.begin() as session:
            workspace = self.workspace_id
            given |= more
            return enqueue(
                kind, {"say": say}, session=session, workspace_id=workspace, now=now, **given
            )

    def row(self, delivery: Delivery) -> Delivery:
        """The delivery as the database has it now."""
        with self.session_factory() as session:
            return reading(session).get_one(Delivery, (delivery.workspace_id, delivery.id))

    def change(self, delivery: Delivery, **values: Any) -> None:
        """Write over a delivery's row, as time or another process would."""
        with self.session_factory.begin() as session:
            row = session.get_one(Delivery, (delivery.workspace_id, delivery.id))
            for name, value in values.items():
                setattr(row, name, value)

    def count(self, model: type[Base]) -> int:
        with self.session_factory() as session:
            return len(list(session.scalars(select(model))))

    def drain(self, until: Callable[[], bool], outbox: Outbox | None = None) -> None:
        """Drain again and again until something holds; the clock is skipped to get there."""
        outbox = outbox or self.outbox()
        for _turn in range(200):
            outbox.drain_once()
            if until():
                return
            self.clock.skip(0.05)
        raise AssertionError("it never came to hold")

    def leave_unclear(self, delivery: Delivery, fault: str = "drop") -> Outbox:
        """Have it posted without an answer; it is not looked for before the clock is skipped on."""
        self.settings = self.settings.model_copy(update={"settle_wait": 60})
        outbox = self.outbox()
        self.slack.faults.set("chat.postMessage", fault)
        self.drain(lambda: self.row(delivery).state == "uncertain", outbox)
        return outbox

    def finished(self, *deliveries: Delivery) -> Callable[[], bool]:
        return lambda: all(self.row(each).finished_at is not None for each in deliveries)

    def seen(self, teacher: int = 1) -> list[str]:
        """The words of each message that a teacher sees."""
        return [_words(message.blocks) for message in self.slack.messages(f"U{teacher}")]


def _words(blocks: list[dict[str, Any]]) -> str:
    return " | ".join(str(_text(block)) for block in blocks)


def _text(block: dict[str, Any]) -> str:
    if block["type"] == "context":
        return str(block["elements"][0]["text"])
    return str(block["text"]["text"]) if "text" in block else str(block["type"])


@pytest.fixture(scope="session")
def running_slack() -> Iterator[SandboxServer]:
    settings = SandboxSettings(file_ready_seconds=0.05)
    with SandboxServer(Config(people=PEOPLE, settings=settings)) as server:
        yield server


@pytest.fixture
def slack(running_slack: SandboxServer) -> Iterator[SandboxServer]:
    """A sandbox in which nothing has happened yet; starting one for each test would take long."""
    workspace, api_url = running_slack.workspace, running_slack.api_url
    yield running_slack
    running_slack.api_url = api_url
    running_slack.api.gate = SandboxGate(workspace.settings, workspace.clock)
    workspace.faults.clear()
    workspace.ledger.clear()
    workspace.bans.clear()
    with workspace.change():
        workspace.files.clear()
        for conversation in list(workspace.conversations.values()):
            conversation.messages.clear()
            if conversation.is_im:
                del workspace.conversations[conversation.id]


def lay_out_school(session_factory: SessionFactory) -> int:
    """A workspace with as many teachers as the sandbox has; returns its id."""
    now = datetime(2026, 9, 1, tzinfo=UTC)
    with session_factory.begin() as session:
        session.add(Workspace(id=1, name="school", timezone="America/New_York", created_at=now))
        session.flush()  # the teachers refer to it
        for n, person in enumerate(PEOPLE, start=1):
            user = User(workspace_id=1, email=person.email, name=person.name, created_at=now)
            user.id, user.slack_user_id = n, person.id
            session.add(user)
    return 1


@pytest.fixture
def post(slack: SandboxServer, session_factory: SessionFactory) -> Iterator[Post]:
    """The sending half over SQLite and over PostgreSQL."""
    made = Post(slack, session_factory, lay_out_school(session_factory), Clock())
    yield made
    for outbox in made.made:
        outbox.stop()


@pytest.fixture
def sqlite_post(slack: SandboxServer, sqlite_factory: SessionFactory) -> Iterator[Post]:
    """The sending half over SQLite, for what has nothing to do with the database."""
    made = Post(slack, sqlite_factory, lay_out_school(sqlite_factory), Clock())
    yield made
    for outbox in made.made:
        outbox.stop()
