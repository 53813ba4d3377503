"""A whole school that meets: database, clock, outbox, Slack and mail server, in made-up time.

Time stands still until it is let pass. The processes of the bot can be killed in the midst of what
they do: whatever they had in hand stays in the database as it was.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.clock import Clock, Job
from bot.mail.client import Mailer
from bot.outbox import Outbox
from bot.settings import Settings
from bot.slack import SlackGateway
from handlers.deliveries import BUILDERS, mails
from handlers.jobs.meetings import MEETING_JOBS, MeetingPlan
from sandbox import SandboxServer
from sandbox.mailbox import Mailbox
from school.database import make_engine, make_session_factory
from school.models import (
    Class,
    ClassTeacher,
    Delivery,
    Enrolment,
    Guardian,
    Student,
    Timer,
    User,
    Workspace,
)
from tests.bot.support import InlinePool, quick_settings

START = datetime(2026, 1, 12, 13, tzinfo=UTC)
"""A Monday, 8:00 in the school's zone; before today, as Slack's own clock is not made up."""
ZONE = "America/New_York"
TEACHER, GUARDIAN_ADDRESS = 1, "ana@home.test"
INSTANT = timedelta(milliseconds=1)
GIVE_UP = timedelta(hours=1)


class Killed(BaseException):
    """The process ends here, as by kill -9."""


@dataclass
class Doom:
    """Where the process is to be killed; nowhere once it was."""

    point: str | None = None

    def reach(self, point: str) -> None:
        """The process stands at a point."""
        if self.point == point:
            self.point = None
            raise Killed


class DoomedGateway(SlackGateway):
    """A gateway whose process may be killed before a call, or before its answer is saved."""

    doom: Doom

    def call_reserved(self, workspace_id: int, method: str, /, **arguments: Any) -> dict[str, Any]:
        self.doom.reach("before a call")
        answer = super().call_reserved(workspace_id, method, **arguments)
        self.doom.reach("after a call")
        return answer


class DoomedMailer(Mailer):
    """The same for mail. The outbox makes its own, so the doom is that of all of them."""

    doom: ClassVar[Doom] = Doom()

    def send(self, message: EmailMessage, date: datetime) -> None:
        self.doom.reach("before a mail")
        super().send(message, date)
        self.doom.reach("after a mail")


POINTS = ("before a call", "after a call", "before a mail", "after a mail", "in a tick")


class World:
    """The real thing, and shortcuts to look at what came of it."""

    def __init__(self, database: Path, slack: SandboxServer, mailbox: Mailbox) -> None:
        self.now, self.slack, self.mailbox = START, slack, mailbox
        self.doom = DoomedMailer.doom = Doom()
        self.session_factory = make_session_factory(make_engine(f"sqlite:///{database}"))
        self.settings = _settings(slack, mailbox)
        self.outbox, self.clock = self._process()

    def close(self) -> None:
        """Let go of everything."""
        self.outbox.stop()
        self.session_factory.kw["bind"].dispose()

    @contextmanager
    def saving(self) -> Iterator[Session]:
        """A transaction, as a handler opens it."""
        with self.session_factory.begin() as session:
            yield session

    def step(self) -> None:
        """Do all that is due at this moment; a process that is killed over it is started anew."""
        if not self._survives(self._work):
            self.restart()
            self._work()

    def restart(self) -> None:
        """Another process, and the leases of the one before it have run out."""
        self.outbox.stop()
        self.outbox, self.clock = self._process()
        self.now += self.settings.lease_time + timedelta(seconds=1)

    def next_event(self) -> datetime | None:
        """When something is due next by the database, after this moment."""
        timer = select(func.min(Timer.next_attempt_at)).where(
            Timer.state == "waiting", Timer.next_attempt_at > self.now
        )
        delivery = select(func.min(Delivery.next_attempt_at)).where(
            Delivery.finished_at.is_(None), Delivery.next_attempt_at > self.now
        )
        with self.session_factory() as session:
            moments = [session.scalar(timer), session.scalar(delivery)]
        return min((each for each in moments if each is not None), default=None)

    def deliveries(self) -> dict[int, Delivery]:
        """Every delivery that there is, by id."""
        with self.session_factory() as session:
            return {each.id: each for each in session.scalars(select(Delivery))}

    def posts(self) -> list[tuple[int, str]]:
        """Each message that the teacher sees: the delivery that it bears, and its words."""
        found = []
        for message in self.slack.messages("U1"):
            keys = [str(block.get("block_id")) for block in message.blocks]
            key = next((each for each in keys if each.startswith("d-")), "d-0")
            found.append((int(key[2:]), str(message.blocks)))
        return found

    def mails(self) -> list[tuple[int, str]]:
        """Each e-mail that was taken: the delivery that it is of, and its words."""
        return [
            (int(mail.message_id.partition("-")[2].partition("@")[0]), mail.text)
            for mail in self.mailbox.mails()
        ]

    def _work(self) -> None:
        while self.clock.tick():
            pass
        self.outbox.drain_once()
        self.doom.point = None

    def _survives(self, work: Callable[[], None]) -> bool:
        armed = self.doom.point is not None
        with suppress(Killed):
            while self.clock.tick():
                pass
            self.outbox.drain_once()
            # A thread of the outbox that was killed says so by the doom that has come.
            return not (armed and self.doom.point is None)
        return False

    def _process(self) -> tuple[Outbox, Clock]:
        token = self.slack.workspace.config.app.bot_token
        gateway = DoomedGateway(
            self.settings, self.session_factory, lambda _id: token, now=lambda: self.now
        )
        gateway.doom = self.doom
        outbox = Outbox(
            self.session_factory,
            gateway,
            BUILDERS,
            InlinePool(),
            self.settings,
            mails=mails(None),
            now=lambda: self.now,
        )
        jobs = [self._doomed(job) for job in MEETING_JOBS]
        clock = Clock(
            self.session_factory, jobs, self.settings, now=lambda: self.now, wake=lambda: None
        )
        return outbox, clock

    def _doomed(self, job: Job) -> Job:
        """The job, whose process may be killed when it has acted and nothing is committed yet."""

        def act(session: Session, timer: Timer, now: datetime) -> None:
            job.act(session, timer, now)
            self.doom.reach("in a tick")

        plan = MeetingPlan() if job.plan is not None else None
        return replace(job, act=act, plan=plan)


def _settings(slack: SandboxServer, mailbox: Mailbox) -> Settings:
    return quick_settings(
        slack_api_url=slack.api_url,
        smtp_url=mailbox.url,
        mail_from="Homeroom <homeroom@school.test>",
        mail_timeout=2,
        mails_per_minute=0,
        give_up_after=GIVE_UP.total_seconds(),
        retry_base=60,
        retry_most=900,
        clock_slack=60,
    )


def lay_out_school(session: Session) -> None:
    """A teacher, a class, and a student whose mother can be reached by e-mail."""
    made = {"workspace_id": 1}
    was = START - timedelta(days=30)
    session.add(Workspace(id=1, name="school", timezone=ZONE, created_at=was))
    session.flush()  # all the others refer to it
    teacher = User(**made, id=TEACHER, email="ruiz@school.test", name="Ms Ruiz", created_at=was)
    teacher.slack_user_id = "U1"
    session.add(teacher)
    session.add(Class(**made, id=1, source_id="c1", title="Maths", created_at=was))
    session.add(Student(**made, id=1, source_id="s1", given_name="Leo", created_at=was))
    session.flush()  # they are joined by id
    session.add(ClassTeacher(**made, class_id=1, user_id=TEACHER))
    session.add(Enrolment(**made, class_id=1, student_id=1))
    session.add(Guardian(**made, id=1, student_id=1, name="Ana", email=GUARDIAN_ADDRESS))
