"""`app.py serve`: the real thing, until SIGTERM or Ctrl-C."""

import logging
import signal
from threading import Event
from types import FrameType

from bot.server import bind
from bot.settings import Settings
from handlers.cli.opening import open_school, read_settings
from handlers.cli.process import Process
from school.errors import HomeroomError

LOG = logging.getLogger(__name__)
WHERE = "from your app's settings at https://api.slack.com/apps (docs/slack-app.md says how)"


def run_serve() -> None:
    """Serve until told to stop. Raises HomeroomError when a token is missing."""
    settings = read_settings()
    token = needed_token(settings)
    told = stop_when_told()
    listening = bind(settings.host, settings.port)
    with open_school(settings) as school:
        process = Process(school, token, listening)
        process.start()
        LOG.info("Ready: %s, %s", ways_in(settings), f"http://{settings.host}:{settings.port}")
        told.wait()
        LOG.info("Stopping")
        process.stop()


def needed_token(settings: Settings) -> str:
    """The bot token. Raises HomeroomError, in one line, where it or the way in is missing."""
    missing = []
    if not settings.slack_bot_token:
        missing.append("SLACK_BOT_TOKEN (xoxb-…)")
    if not settings.slack_app_token and not settings.slack_signing_secret:
        missing.append("SLACK_APP_TOKEN (xapp-…, Socket Mode) or SLACK_SIGNING_SECRET (HTTP)")
    if missing or settings.slack_bot_token is None:
        raise HomeroomError(
            f"Set {' and '.join(missing)}, in the environment or in .env, {WHERE}; "
            "or try `python app.py demo`, which needs none."
        )
    return settings.slack_bot_token


def ways_in(settings: Settings) -> str:
    """Over which ways Slack reaches this process, in words."""
    ways = ["Socket Mode"] if settings.slack_app_token else []
    ways += ["signed HTTP at /slack/events"] if settings.slack_signing_secret else []
    return " and ".join(ways)


def stop_when_told() -> Event:
    """An event that SIGTERM and Ctrl-C set; a second signal ends the process at once."""
    told = Event()

    def tell(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_DFL)
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, tell)
    return told
