"""`app.py serve`: the real thing, until SIGTERM or Ctrl-C."""

import logging
import os
import signal
from threading import Event, Timer
from types import FrameType

from bot.server import bind
from handlers.cli.catching_up import catch_up
from handlers.cli.opening import open_school, read_settings
from handlers.cli.process import Process
from handlers.cli.ways import needed_token, ways_in

LAST_SECONDS = 5.0
"""Seconds for threads that still wait for Slack when all has been stopped in order."""
LOG = logging.getLogger(__name__)


def run_serve() -> None:
    """Serve until told to stop. Raises HomeroomError when a token is missing."""
    settings = read_settings()
    token = needed_token(settings)
    told = stop_when_told()
    listening = bind(settings.host, settings.port)
    with open_school(settings) as school:
        process = Process(school, token, listening)
        process.start()
        catch_up(school)
        LOG.info("Ready: %s, %s", ways_in(settings), f"http://{settings.host}:{settings.port}")
        told.wait()
        LOG.info("Stopping")
        process.stop()


def leave_within(seconds: float) -> None:
    """End the process after so many seconds in any case, as a call that Slack answers byte by byte
    may hold it for ever. Nothing is lost: what is in hand keeps its lease, and is settled later.
    """
    end = Timer(seconds, os._exit, (0,))
    end.daemon = True
    end.start()


def stop_when_told() -> Event:
    """An event that SIGTERM and Ctrl-C set; a second signal ends the process at once."""
    told = Event()

    def tell(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, tell)
    return told
