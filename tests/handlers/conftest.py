"""A whole bot over a sandbox Slack: Bolt, our listeners and the outbox on SQLite."""

import pickle
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import Engine

from bot.bolt import build_bolt_app
from bot.metrics import Metrics
from bot.outbox import Outbox
from bot.outgoing import Job, Picture
from bot.server import HttpServer, bind
from bot.settings import GivenSettings, Settings
from bot.slack import SlackGateway
from handlers.cli.manifest import manifest
from handlers.deliveries import BUILDERS, ENTRIES
from handlers.door import Door
from handlers.http import build_http
from handlers.ids import Command as CommandId
from handlers.registry import register
from handlers.services import Services
from sandbox import AppSpec, Command, Config, Message, Person, SandboxServer, Shortcut
from sandbox import Settings as SandboxSettings
from school.database import SessionFactory, make_engine, make_session_factory
from school.models import Base
from tests.handlers.school import RUIZ, School, lay_out_school

PEOPLE = (
    Person(RUIZ, "Ms Ruiz", "ruiz@school.test"),
    Person("U0MOSS", "Mr Moss", "moss@school.test"),
    Person("U0ADMIN", "Ms Head", "head@school.test"),
    Person("U0NOBODY", "New Here", "new@school.test"),
    Person("U0LEO", "Leo", "leo@school.test"),
    Person("U0GUEST", "Guest", "guest@school.test", is_restricted=True),
)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


class PicklingPool:
    """Draws nothing, but hands each job over as a drawing process would get it."""

    def __init__(self) -> None:
        self.pictures: list[Picture] = []
        self.jobs: list[Job] = []

    def draw(self, picture: Picture) -> "Future[bytes]":
        pickle.dumps((picture.draw, picture.arguments))
        self.pictures.append(picture)
        future: Future[bytes] = Future()
        future.set_result(PNG)
        return future

    def make(self, job: Job) -> "Future[Any]":
        """Documents are made indeed, from what a process would get."""
        run, arguments = pickle.loads(pickle.dumps((job.run, job.arguments)))
        self.jobs.append(job)
        future: Future[Any] = Future()
        future.set_result(run(*arguments))
        return future


@dataclass
class Clock:
    """The wall's clock, and a way to let time pass at once."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class Bot:
    """A running bot, its Slack, and the school that it knows."""

    slack: SandboxServer
    school: School
    session_factory: SessionFactory
    services: Services
    outbox: Outbox
    pool: PicklingPool
    clock: Clock

    def ask(
        self, command: str, text: str = "", *, user: str = RUIZ, channel: str = "#general"
    ) -> Message:
        """Enter a command; the acknowledgement's own message."""
        outcome = self.slack.command(user, channel, command, text)
        assert outcome.ok, outcome.error
        assert outcome.message is not None
        return outcome.message

    def share(self, message: Message) -> Message:
        """The same message in a channel, as somebody might bring it there."""
        workspace = self.slack.workspace
        words = (workspace.new_ts(), "C0GENERAL", "U0BOT", "shared")
        return workspace.post(Message(*words, list(message.blocks), from_app=True))

    def held(self, method: str) -> bool:
        """Whether Slack holds a method back."""
        return self.services.gateway.held_until(self.school.workspace_id, method) is not None

    def report(self, user: str = RUIZ, *, after: str = "") -> Message:
        """The next report in a person's direct messages."""
        return self.slack.wait_for_message(user, "", "Your report is ready", after=after)


def quick(**changes: Any) -> Settings:
    """Settings of a machine in a hurry: no rates, and everything that waits waits for little."""
    short: dict[str, Any] = {
        "send_timeout": 2,
        "settle_wait": 0.1,
        "poll_interval": 0.05,
        "file_poll": 0.02,
        "retry_base": 0.02,
        "retry_most": 0.2,
        "posts_per_channel": 0,
        "posts_per_minute": 0,
        "tier2_per_minute": 0,
        "tier3_per_minute": 0,
        "tier4_per_minute": 0,
        "ban_margin": 0.05,
        "stop_wait": 5,
        "notice_after": 0.2,
        "home_wait": 30,
        "slack_signing_secret": AppSpec.signing_secret,
    }
    return GivenSettings(**{**short, **changes})


@pytest.fixture(scope="session")
def stopping() -> Iterator[Callable[[Callable[[], object]], None]]:
    """Stop a server beside the next test; all have stopped when the tests end."""
    with ThreadPoolExecutor(8, "stopping") as threads:

        def later(stop: Callable[[], object]) -> None:
            threads.submit(stop)

        yield later


@pytest.fixture
def slack(stopping: Callable[[Callable[[], object]], None]) -> Iterator[SandboxServer]:
    commands = tuple(Command(name.value) for name in CommandId)
    shortcuts = tuple(Shortcut(**one) for one in manifest()["features"]["shortcuts"])
    app = AppSpec(commands=commands, shortcuts=shortcuts)
    # What is answered counts here; how soon is measured by bench/load.py, on a machine at rest.
    settings = SandboxSettings(file_ready_seconds=0.02, ack_seconds=10)
    server = SandboxServer(Config(people=PEOPLE, app=app, settings=settings))
    yield server.__enter__()
    stopping(lambda: server.__exit__(None, None, None))


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, School]:
    """A database with a school of two classes, laid out by hand once; each test gets a copy."""
    path = tmp_path_factory.mktemp("school") / "homeroom.db"
    engine = make_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    school = lay_out_school(make_session_factory(engine), datetime.now(UTC))
    engine.dispose()
    return path, school


@pytest.fixture
def school(laid_out: tuple[Path, School]) -> School:
    """Who is who in the school."""
    return laid_out[1]


@pytest.fixture
def factory(laid_out: tuple[Path, School], tmp_path: Path) -> Iterator[SessionFactory]:
    """Sessions on a copy of the school's database."""
    path = tmp_path / "homeroom.db"
    shutil.copy(laid_out[0], path)
    engine = make_engine(f"sqlite:///{path}")
    yield make_session_factory(engine)
    engine.dispose()


@pytest.fixture
def start_bot(
    slack: SandboxServer,
    factory: SessionFactory,
    school: School,
    stopping: Callable[[Callable[[], object]], None],
) -> Iterator[Callable[..., Bot]]:
    """Start a bot with changed settings; it is stopped after the test."""
    stops: list[Callable[[], None]] = []

    def start(**changes: Any) -> Bot:
        settings = quick(slack_api_url=slack.api_url, **changes)
        clock, pool = Clock(), PicklingPool()
        token = slack.workspace.config.app.bot_token
        gateway = SlackGateway(settings, factory, lambda _id: token, now=clock)
        outbox = Outbox(factory, gateway, BUILDERS, pool, settings, entries=ENTRIES, now=clock)
        services = Services(factory, gateway, settings, clock, outbox.wake)
        app = build_bolt_app(settings, authorizing(token))
        register(app, services)
        listening = bind("127.0.0.1", 0)
        http = HttpServer(build_http(door(factory, app, settings)), listening)
        outbox.start()
        http.start()
        stops.extend((outbox.stop, lambda: stopping(http.stop)))
        slack.workspace.app_url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        return Bot(slack, school, factory, services, outbox, pool, clock)

    yield start
    for stop in reversed(stops):
        stop()


@pytest.fixture
def bot(start_bot: Callable[..., Bot]) -> Bot:
    """A running bot."""
    return start_bot()


def door(factory: SessionFactory, app: App, settings: Settings) -> Door:
    with factory() as session:
        engine = session.get_bind()
    assert isinstance(engine, Engine)
    return Door(engine, app, settings.slack_signing_secret, Metrics(), lambda: datetime.now(UTC))


def authorizing(token: str) -> Callable[..., AuthorizeResult]:
    def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_token=token,
            bot_user_id="U0BOT",
            bot_id="B0SANDBOX",
        )

    return authorize
