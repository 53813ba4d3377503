"""A place that calls itself Slack, and what a test must know of it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from slack_sdk import WebClient

from sandbox import AppSpec, ChannelSpec, Config, Person, SandboxServer, Settings
from sandbox.config import DEFAULT_SCOPES
from tests.contract import emulate
from tests.contract.differences import EMULATE, Difference

RUIZ, PARK = "ruiz@school.test", "park@school.test"
SCOPES = [*DEFAULT_SCOPES, "channels:read", "channels:history"]


@dataclass(frozen=True)
class Place:
    """Clients of one stand-in, who is there, and in what it is known to differ from Slack.

    `trigger` gives a trigger_id of the person, or of the person in a view; `say` writes as the
    person and returns the message's timestamp.
    """

    bot: WebClient
    weak: WebClient
    bot_user: str
    person: str
    other: str
    channel: str
    trigger: Callable[[str | None], str]
    say: Callable[[str, str], str]
    known: Mapping[str, Difference]

    def expected(self, name: str, as_slack: Any) -> Any:
        """What to expect here: Slack's documented behaviour unless the table says otherwise."""
        return self.known[name].there if name in self.known else as_slack

    def with_token(self, token: str) -> WebClient:
        """A client with another token."""
        return client(token, self.bot.base_url)


def client(token: str, api_url: str) -> WebClient:
    """A client that repeats nothing by itself."""
    return WebClient(token=token, base_url=api_url, retry_handlers=[], timeout=10)


@contextmanager
def our_sandbox() -> Iterator[Place]:
    """Our own; a second one has granted its app next to nothing."""
    people = (Person("U0RUIZ", "Ms Ruiz", RUIZ), Person("U0PARK", "Mr Park", PARK))
    channels = (ChannelSpec("C0STAFF", "staff-room"),)
    settings = Settings(file_ready_seconds=0.1)
    app = AppSpec(scopes=tuple(SCOPES))
    config = Config(people, channels, app, settings)
    poor = Config(people, channels, AppSpec(scopes=("commands",)), settings)
    with SandboxServer(config) as slack, SandboxServer(poor) as other:
        yield Place(
            bot=client(app.bot_token, slack.api_url),
            weak=client(app.bot_token, other.api_url),
            bot_user=app.bot_user_id,
            person="U0RUIZ",
            other="U0PARK",
            channel="C0STAFF",
            trigger=lambda view: slack.workspace.new_trigger("U0RUIZ", view),
            say=lambda channel, text: slack.say("U0RUIZ", channel, text).ts,
            known={},
        )


@contextmanager
def npm_emulate(folder: Path) -> Iterator[Place]:
    """npm's `emulate`, on a free port."""
    config = emulate.seed(SCOPES, {"ruiz": RUIZ, "park": PARK})
    with emulate.running(folder, config) as address:
        bot = client(emulate.BOT_TOKEN, f"{address}/api/")
        person = client(emulate.PERSON_TOKEN, f"{address}/api/")
        ids = {
            email: str(bot.users_lookupByEmail(email=email)["user"]["id"]) for email in (RUIZ, PARK)
        }
        channels = bot.api_call("conversations.list")["channels"]

        def trigger(view: str | None) -> str:
            wanted = {"view_id": view} if view else {"user_id": ids[RUIZ]}
            return str(bot.api_call("views.generateTriggerId", json=wanted)["trigger_id"])

        yield Place(
            bot=bot,
            weak=client(emulate.WEAK_TOKEN, f"{address}/api/"),
            bot_user=emulate.BOT,
            person=ids[RUIZ],
            other=ids[PARK],
            channel=next(str(c["id"]) for c in channels if c["name"] == "staff-room"),
            trigger=trigger,
            say=lambda channel, text: str(
                person.chat_postMessage(channel=channel, text=text)["ts"]
            ),
            known=EMULATE,
        )
