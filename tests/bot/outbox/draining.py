"""A process that drains deliveries until it is killed: `python -m ... DATABASE_URL API_URL`."""

import sys
import threading

from bot.outbox import Outbox
from bot.slack import SlackGateway
from school.database import make_engine, make_session_factory
from tests.bot.support import BUILDERS, InlinePool, hasty_settings


def main(database_url: str, api_url: str) -> None:
    """Drain for ever."""
    factory = make_session_factory(make_engine(database_url))
    settings = hasty_settings(slack_api_url=api_url)
    gateway = SlackGateway(settings, factory, lambda _id: "xoxb-sandbox")
    Outbox(factory, gateway, BUILDERS, InlinePool(), settings).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
