"""A real Chromium, as it is installed on this machine."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)


def chromium_path() -> str | None:
    """Where Chromium is, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), headless=True, args=list(FLAGS)
        )
        yield browser
        browser.close()


def enter(page: Page, text: str) -> None:
    """Type into the composer and send."""
    composer = page.locator("#composer-text")
    expect(composer).to_have_attribute("data-place", re.compile(".+/.+"))
    composer.fill(text)
    composer.press("Enter")
    expect(composer).to_have_value("")
