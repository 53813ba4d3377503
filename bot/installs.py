"""The app's install in Slack: its token, who the bot is there, and which workspace that fills.

With one token pair there is one workspace, bound to Slack's team at the first connection. Many
workspaces, each with its own install and token, are to come; they answer the same questions.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from threading import Event, Lock, Thread

from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.exc import SQLAlchemyError

from bot.slack import lacks_method
from school.database import SessionFactory
from school.errors import NotAllowed
from school.workspaces import bind_team

LOG = logging.getLogger(__name__)
PAUSE, LONGEST_PAUSE = 5.0, 300.0
"""Seconds between attempts to learn from Slack who the bot is: doubled up to the longest."""
FIRST_ANSWER = 1.5
"""Seconds that the very first request waits for Slack to say whose team it is."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in Slack, as `auth.test` says; a thin Slack may leave parts out."""

    team_id: str | None = None
    user_id: str | None = None
    bot_id: str | None = None


def ask_identity(client: WebClient) -> Identity:
    """Ask Slack who the bot is. Raises SlackApiError, or OSError where Slack is not reached."""
    try:
        answer = client.auth_test()
    except SlackApiError as refusal:
        if not lacks_method(refusal):
            raise
        LOG.warning("This Slack does not say who the bot is")
        return Identity()
    return Identity(answer.get("team_id"), answer.get("user_id"), answer.get("bot_id"))


class SingleInstall:
    """The one install of a single token pair.

    Asks Slack who the bot is in the background, so that nothing waits for it and a Slack that is
    down at the start only delays it.
    """

    def __init__(
        self,
        token: str,
        session_factory: SessionFactory,
        workspace_id: int,
        client: WebClient,
        *,
        pause: float = PAUSE,
    ) -> None:
        self._token, self._client = token, client
        self._session_factory, self._workspace_id = session_factory, workspace_id
        self._pause = pause
        self._identity: Identity | None = None
        self._bound = False
        self._lock = Lock()
        self._stopped, self._asked, self._hurry = Event(), Event(), Event()
        self._thread = Thread(target=self._learn, name="identity", daemon=True)

    def start(self) -> None:
        """Begin to ask Slack who the bot is; returns at once."""
        self._thread.start()

    def stop(self) -> None:
        """Stop asking."""
        self._stopped.set()
        self._hurry.set()

    def token_for(self, workspace_id: int) -> str:
        """The token with which Slack is called for a workspace: here there is one."""
        return self._token

    def authorize(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        """Bolt's question before each request: which token, and which bot not to listen to."""
        if not self._bound:
            self._first_request(team_id)
        known = self._identity or Identity()
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=team_id,
            bot_user_id=known.user_id,
            bot_id=known.bot_id,
            bot_token=self._token,
        )

    def _first_request(self, team_id: str | None) -> None:
        if self._identity is None:
            # Slack is there by now, since it asks: no pause until the next attempt.
            self._asked.clear()
            self._hurry.set()
            self._asked.wait(FIRST_ANSWER)
        if self._identity is not None:
            # A thin Slack may not say its team; then the request does, which is signed or came
            # over our own connection.
            self._bind(self._identity.team_id or team_id)

    def _learn(self) -> None:
        pause = self._pause
        while not self._stopped.is_set():
            identity = _identity_or_none(lambda: ask_identity(self._client))
            self._identity = identity
            saved = identity is not None and self._has_bound(identity)
            self._asked.set()
            if saved:
                return
            self._hurry.wait(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            self._hurry.clear()

    def _has_bound(self, identity: Identity) -> bool:
        try:
            self._bind(identity.team_id)
        except SQLAlchemyError as trouble:
            LOG.warning("Whose team it is waits for the database (%s)", type(trouble).__name__)
            return False
        return True

    def _bind(self, team_id: str | None) -> None:
        if team_id is None:
            return
        with self._lock:
            if self._bound:
                return
            try:
                with self._session_factory.begin() as session:
                    bind_team(session, self._workspace_id, team_id)
            except NotAllowed as refusal:
                # People of that team are told that they are not set up; the log says why.
                LOG.error("%s", refusal)
            self._bound = True


def _identity_or_none(ask: Callable[[], Identity]) -> Identity | None:
    try:
        return ask()
    except SlackApiError as refusal:
        LOG.error(
            "Slack refuses SLACK_BOT_TOKEN (%s). Is it the xoxb- token of this app?",
            refusal.response.get("error"),
        )
    except (SlackClientError, OSError, HTTPException, ValueError) as failure:
        LOG.warning("Slack is not reached (%s). Trying again.", type(failure).__name__)
    return None
