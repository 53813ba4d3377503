"""A small workspace, a client of the real SDK, and a toy bot on the real Bolt, both ways."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from slack_sdk import WebClient

from sandbox import SandboxServer
from tests.sandbox.chromium import CHROMIUM, FLAGS
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a file."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=[1280, 380], ids=["desktop", "phone"])
def width(request: pytest.FixtureRequest) -> int:
    """Widths that the page is made for."""
    return int(request.param)


@pytest.fixture
def page(browser: Browser, slack: SandboxServer) -> Iterator[Page]:
    """A page whose console stays clean and which fetches nothing from elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert troubles == []
    assert [url for url in asked if not url.startswith((slack.url, "data:"))] == []
