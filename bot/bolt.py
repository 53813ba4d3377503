"""Slack's Bolt, set up so that it asks nobody before it acknowledges and starts without Slack."""

import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.logs import BOLT
from bot.settings import Settings

# With these in the environment Bolt silently swaps the one bot token for a store of many, or warns
# about a token that it was not given; with one token pair they are none of its business.
MISLEADING = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")

Authorize = Callable[[str | None, str | None], AuthorizeResult]
"""From a request's enterprise and team to the token that it is answered with."""


class PlainClient(WebClient):
    """The SDK's client, but a call without arguments does not claim that its empty body is JSON.

    Slack does not mind; a server that takes the claim at its word breaks over it.
    """

    def _build_urllib_request_headers(
        self, token: str, has_json: bool, has_files: bool, additional_headers: dict[str, str]
    ) -> dict[str, str]:
        # Where there is JSON, the SDK says so once more when it writes the body.
        return super()._build_urllib_request_headers(token, False, has_files, additional_headers)


def slack_client(settings: Settings, token: str | None = None) -> WebClient:
    """A client at `SLACK_API_URL` that never sends twice on its own."""
    client = PlainClient(
        token=token,
        base_url=settings.slack_api_url,
        timeout=max(1, round(settings.send_timeout)),
        retry_handlers=[],
        logger=logging.getLogger(BOLT),
    )
    if proxy_bypass(urlsplit(settings.slack_api_url).netloc):
        # The SDK takes a proxy from the environment without looking at NO_PROXY.
        client.proxy = None
    return client


def build_bolt_app(settings: Settings, authorize: Authorize) -> App:
    """The Bolt app, without listeners. It makes no call to Slack.

    `authorize(enterprise_id, team_id)` says with which token a request is answered.
    """

    def ask(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        # Bolt reads the names of the arguments, and a method's own `self` confuses it.
        return authorize(enterprise_id, team_id)

    with _without(MISLEADING):
        return App(
            name="homeroom",
            logger=logging.getLogger(BOLT),
            client=slack_client(settings),
            authorize=ask,
            signing_secret=settings.slack_signing_secret or "",
            token_verification_enabled=False,
            listener_executor=ThreadPoolExecutor(settings.listener_threads, "listener"),
        )


@contextmanager
def _without(variables: tuple[str, ...]) -> Iterator[None]:
    taken = {name: os.environ.pop(name) for name in variables if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(taken)
