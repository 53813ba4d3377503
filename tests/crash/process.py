"""The process under test: it drains deliveries and ticks until it is killed, or kills itself."""

import logging
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from bot.clock import Clock
from bot.outbox import Outbox
from bot.settings import Settings
from bot.slack import SlackGateway, utc_now
from school.database import make_engine, make_session_factory
from tests.bot.support import InlinePool, quick_settings
from tests.crash.builders import CRASH_BUILDERS, CRASH_MAILS, RING
from tests.crash.diary import Diary
from tests.crash.doom import Doom, Reaper, lay_out
from tests.crash.processes import end_with_the_test
from tests.crash.watch import tell_of_first_call, watch

TOKEN = "xoxb-sandbox"


@dataclass(frozen=True, slots=True)
class Life:
    """What a process is given: where its database, Slack and diary are, and how it ends."""

    database_url: str
    slack_api_url: str
    smtp_url: str
    diary: Path
    doom: Doom | None = None


def crash_settings(life: Life) -> Settings:
    """Short durations whose order is the real ones': a lease outlasts a call, settling a late one.

    `settle_wait` is longer than what a loaded machine keeps a call waiting that Slack still takes.
    """
    return quick_settings(
        slack_api_url=life.slack_api_url,
        smtp_url=life.smtp_url,
        mail_from="homeroom@school.test",
        mail_timeout=1.0,
        mails_per_minute=0,
        mail_copies=100,
        tick_every=0.2,
        send_timeout=1.0,
        settle_wait=2.5,
        lease=2.5,
        posts_per_minute=2400,
        ban_margin=0.1,
        retry_most=0.5,
        scheduled_senders=4,
        background_senders=4,
    )


def drain(life: Life, line: Connection) -> None:
    """Drain for ever; say so on the line before the first call to Slack."""
    end_with_the_test()
    logging.basicConfig(filename=life.diary.with_suffix(".log"), level=logging.WARNING)
    diary = Diary(life.diary)
    watch(diary)
    tell_of_first_call(line)
    engine = make_engine(life.database_url)
    lay_out(Reaper(life.doom, diary), engine)
    factory = make_session_factory(engine)
    settings = crash_settings(life)
    gateway = SlackGateway(settings, factory, lambda _id: TOKEN)
    outbox = Outbox(factory, gateway, CRASH_BUILDERS, InlinePool(), settings, mails=CRASH_MAILS)
    outbox.start()
    Clock(factory, [RING], settings, now=utc_now, wake=outbox.wake).start()
    diary.write("started")
    threading.Event().wait()
