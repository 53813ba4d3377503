"""A small workspace, a client of the real SDK, and a toy bot on the real Bolt, both ways."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from slack_sdk import WebClient

from sandbox import SandboxServer
from tests.sandbox.support import CONFIG, HttpBot, SocketBot, bot_client


@pytest.fixture
def slack() -> Iterator[SandboxServer]:
    """A sandbox with short durations; its app speaks Socket Mode until told otherwise."""
    with SandboxServer(CONFIG) as server:
        yield server


@pytest.fixture
def limited() -> Iterator[SandboxServer]:
    """The same with Slack's rate limits on."""
    settings = replace(CONFIG.settings, rate_limits=True)
    with SandboxServer(replace(CONFIG, settings=settings)) as server:
        yield server


@pytest.fixture
def client(slack: SandboxServer) -> WebClient:
    """The app's Web API client, which repeats nothing by itself."""
    return bot_client(slack)


@pytest.fixture(params=[SocketBot, HttpBot], ids=["socket", "http"])
def bot(request: pytest.FixtureRequest, slack: SandboxServer) -> Iterator[SocketBot | HttpBot]:
    """The toy bot, over Socket Mode and over signed HTTP."""
    with request.param(slack) as running:
        yield running


@pytest.fixture
def http_bot(slack: SandboxServer) -> Iterator[HttpBot]:
    """The toy bot over signed HTTP alone, for what is the same either way."""
    with HttpBot(slack) as running:
        yield running
