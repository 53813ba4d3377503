"""`app.py serve`: the real thing, until SIGTERM or Ctrl-C."""

import logging
import signal
from threading import Event
from types import FrameType

from bot.server import bind
from handlers.cli.catching_up import catch_up
from handlers.cli.opening import open_school, read_settings
from handlers.cli.process import Process
from handlers.cli.ways import needed_token, ways_in

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


def stop_when_told() -> Event:
    """An event that SIGTERM and Ctrl-C set; a second signal ends the process at once."""
    told = Event()

    def tell(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, tell)
    return told
