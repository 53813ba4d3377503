"""Opening the page in Chromium."""

import shutil

from playwright.sync_api import Page, expect

from sandbox import SandboxServer
from tests.sandbox.support import RUIZ

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)


def visit(page: Page, slack: SandboxServer, channel: str = "", user: str = RUIZ) -> None:
    """Open the page as somebody, in a channel or in their messages with the app."""
    where = channel or slack.where(user).id
    page.goto(f"{slack.url}/#user={user}&channel={where}")
    expect(page.locator("#header h1")).not_to_be_empty()
