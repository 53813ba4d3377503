"""The outbox: one thread that claims what is due, and threads for each lane that send it."""

import logging
import os
import socket
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from secrets import token_hex
from threading import Event, Thread

from sqlalchemy.exc import SQLAlchemyError

from bot.calendar.client import CalendarServer
from bot.mail.client import Mailer
from bot.outbox.alarm import Alarm
from bot.outbox.book import Book
from bot.outbox.build import Builder, Builds
from bot.outbox.claim import claim, recover
from bot.outbox.entries import Entries, EntryBuilder
from bot.outbox.held import Held
from bot.outbox.lane import LaneThreads
from bot.outbox.mails import MailBuilder, Mails
from bot.outbox.making import Maker
from bot.outbox.metrics import OutboxMetrics, backlog, backlog_lines
from bot.outbox.notices import Notices
from bot.outbox.sweep import MOST, close_past_use
from bot.outbox.telling import FAILURE_NOTICE
from bot.outbox.worker import Pool, Worker
from bot.settings import Settings
from bot.slack import SlackGateway, utc_now
from school.database import SessionFactory
from school.models import Delivery, DeliveryState, Lane, Medium

LOG = logging.getLogger(__name__)
RECOVER_EACH = 0.1
"""How often leases that ran out are looked for, as a part of the lease."""
SWEEP_EACH = timedelta(seconds=1)
"""How often what is past its use is looked for."""


class Outbox:
    """Drains deliveries. As many processes as wanted may run one each on the same database."""

    def __init__(
        self,
        session_factory: SessionFactory,
        gateway: SlackGateway,
        builders: Mapping[str, Builder],
        pool: Pool,
        settings: Settings,
        *,
        mails: Mapping[str, MailBuilder] | None = None,
        entries: Mapping[str, EntryBuilder] | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.metrics = OutboxMetrics()
        self._session_factory = session_factory
        self._settings = settings
        self._now = now
        self._alarm = Alarm(now)
        self._owner = f"{socket.gethostname()[:60]}:{os.getpid()}:{token_hex(4)}"
        self._stopping = Event()
        self._recover_next: datetime | None = None
        self._sweep_next: datetime | None = None
        self._thread: Thread | None = None
        self._book = self._new_book(has_notes=FAILURE_NOTICE in builders)
        builds = Builds(session_factory, builders, now=now)
        self._held = Held()
        post = self._post(pool, gateway, mails or {})
        diary = Entries(self._book, gateway, CalendarServer.of(settings), entries or {})

        def worker(gateway: SlackGateway) -> Worker:
            parts = self._book, gateway, builds, pool, self._held, post, diary
            return Worker(*parts, stopping=self._stopping.is_set)

        self._lanes = self._all_lanes(worker, gateway)

    def _post(
        self, pool: Pool, gateway: SlackGateway, builders: Mapping[str, MailBuilder]
    ) -> Mails:
        notices = Notices(self._book, gateway)
        maker = Maker(self._book, pool, notices, stopping=self._stopping.is_set)
        return Mails(self._book, gateway, Mailer(self._settings), builders, maker)

    def _all_lanes(
        self, worker: Callable[[SlackGateway], Worker], gateway: SlackGateway
    ) -> list[LaneThreads]:
        """The threads of each lane, each with a worker of their own."""

        def lane(lane: Lane, threads: int, gateway: SlackGateway, *media: Medium) -> LaneThreads:
            media, done = media or tuple(Medium), self._alarm.ring
            return LaneThreads(lane, threads, worker(gateway), self._book, media=media, done=done)

        settings, patient = self._settings, gateway.patient()
        # A mail or calendar server may take long each time: nothing in Slack is to wait for that.
        return [
            lane(Lane.INTERACTIVE, settings.interactive_senders, gateway),
            lane(Lane.SCHEDULED, settings.scheduled_senders, patient, Medium.SLACK),
            lane(Lane.SCHEDULED, settings.mail_senders, patient, Medium.MAIL),
            lane(Lane.SCHEDULED, settings.calendar_senders, patient, Medium.CALENDAR),
            lane(Lane.BACKGROUND, settings.background_senders, patient),
        ]

    def _new_book(self, *, has_notes: bool) -> Book:
        return Book(
            self._session_factory,
            self._settings,
            now=self._now,
            later=self._alarm.ring_at,
            metrics=self.metrics,
            has_notes=has_notes,
        )

    def start(self) -> None:
        """Begin to drain, in threads of its own."""
        self._thread = Thread(target=self._run, name="outbox", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        """Something new was committed: look at once instead of at the next poll."""
        self._alarm.ring()

    def stop(self) -> None:
        """Claim nothing more and finish what is in hand; what takes too long keeps its lease."""
        self._stopping.set()
        self._alarm.ring()
        if self._thread is not None:
            self._thread.join()
        for lane in self._lanes:
            lane.stop(self._settings.stop_wait)

    @property
    def is_running(self) -> bool:
        """Whether deliveries are being claimed."""
        return self._thread is not None and self._thread.is_alive()

    def drain_once(self) -> int:
        """Advance everything that is due until nothing is, for tests; returns how many claims."""
        self._recover()
        self._sweep()
        total = 0
        while claimed := self._fill():
            total += claimed
            for lane in self._lanes:
                lane.finish()
        return total

    def metrics_lines(self) -> list[str]:
        """Counters of this process and the backlog of all, in Prometheus' text format."""
        waiting = backlog(self._session_factory, self._now())
        return [*self.metrics.lines(), *backlog_lines(waiting)]

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._recover()
                self._sweep()
                self._fill()
            except SQLAlchemyError as trouble:
                LOG.warning("the outbox waits for the database: %s", type(trouble).__name__)
            self._alarm.wait(self._settings.poll_interval)

    def _fill(self) -> int:
        """Claim what is due for every free thread; returns how many."""
        claimed = 0
        for lane in self._lanes:
            if (free := lane.free) > 0:
                deliveries = self._claim(lane, free)
                claimed += len(deliveries)
                for delivery in deliveries:
                    lane.give(delivery)
        return claimed

    def _claim(self, threads: LaneThreads, limit: int) -> list[Delivery]:
        lane, now = threads.lane, self._now()
        return claim(
            self._session_factory,
            lane,
            self._held.most(lane, limit, now),
            owner=self._owner,
            now=now,
            lease=self._settings.lease_time,
            without=self._held.now(lane, now),
            media=threads.media,
        )

    def _recover(self) -> None:
        now = self._now()
        if self._recover_next is not None and now < self._recover_next:
            return
        recover(self._session_factory, settings=self._settings, now=now)
        self._recover_next = now + self._settings.lease_time * RECOVER_EACH

    def _sweep(self) -> None:
        """Close what is past its use; where there is much of it, more at each turn."""
        now = self._now()
        if self._sweep_next is not None and now < self._sweep_next:
            return
        closed = close_past_use(self._session_factory, now=now)
        for lane in closed:
            self.metrics.finished(DeliveryState.CLOSED.value, lane)
        if closed:
            LOG.info("%s deliveries closed: past their use", len(closed))
        self._sweep_next = now if len(closed) == MOST else now + SWEEP_EACH
