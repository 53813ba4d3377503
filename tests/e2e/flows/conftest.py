"""The whole product for one flow: our process, a local Slack, a mail server and a calendar."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from handlers.cli.manifest import local_slack_app
from sandbox import SandboxServer
from sandbox.config import parse_config
from sandbox.mailbox import Mailbox
from tests.bot.calendar.radicale import Radicale
from tests.bot.calendar.radicale import running as running_calendar
from tests.e2e.browser import chromium
from tests.e2e.flows import school
from tests.e2e.running import Running, run_app, serving, until

PATIENCE = 30_000
"""Milliseconds that anything on a page may take on a busy machine."""


@dataclass
class World:
    """One school's evening with Homeroom."""

    folder: Path
    zone: str
    slack: SandboxServer
    mailbox: Mailbox
    calendar: Radicale
    bot: Running
    browser: Browser

    def seat(self, person: str, *, width: int = 1280) -> Page:
        """Slack's page as one person sees it."""
        page = self.browser.new_page(viewport={"width": width, "height": 1000})
        page.set_default_timeout(PATIENCE)
        page.goto(self.slack.url)
        page.locator("#person").select_option(person)
        return page

    def practice(self, name: str, *, right: int, wrong: int) -> None:
        """A student answers questions, and the platform hands them over."""
        path = self.folder / "later.csv"
        school.write_later_practice(path, name, right, wrong)
        taken = run_app("import", "practice", str(path), folder=self.folder, variables=self.own)
        assert taken.returncode == 0, taken.stderr

    @property
    def own(self) -> dict[str, str]:
        """What the command line needs to know."""
        return {"TZ_DEFAULT": self.zone}


def enter(page: Page, text: str) -> None:
    """Type into the composer and send."""
    composer = page.locator("#composer-text")
    expect(composer).to_have_attribute("data-place", re.compile(".+/.+"))
    composer.fill(text)
    composer.press("Enter")
    expect(composer).to_have_value("")


def last(page: Page, words: str) -> Locator:
    """The newest message that says `words`."""
    return page.locator("#panel .message").filter(has_text=words).last


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database as the command line makes it, and the school's zone."""
    folder, zone = tmp_path_factory.mktemp("flows"), school.noon_zone()
    school.write_practice(folder / "practice.csv", zone)
    school.write_contacts(folder / "contacts.csv")
    for words in (
        ("import", "practice", str(folder / "practice.csv"), "--class", school.CLASS),
        ("import", "contacts", str(folder / "contacts.csv")),
        ("link", school.TEACHER, "--email", school.TEACHER_MAIL, "--class", school.CLASS),
    ):
        taken = run_app(*words, folder=folder, variables={"TZ_DEFAULT": zone})
        assert taken.returncode == 0, taken.stderr
    return folder / "homeroom.db", zone


def plan() -> dict[str, object]:
    """The local Slack's people and its app."""
    people = [
        {"id": school.TEACHER, "name": "Ms Ruiz", "email": school.TEACHER_MAIL},
        {"id": school.LEOS, "name": school.LEO},
        {"id": school.NIAS, "name": school.NIA},
    ]
    everyone = [one["id"] for one in people]
    channels = [{"id": "C0GENERAL", "name": "general", "members": everyone}]
    app = {"signing_secret": "flows", **local_slack_app()}
    settings = {"file_ready_seconds": 0.2}
    return {"people": people, "channels": channels, "app": app, "settings": settings}


@pytest.fixture
def world(imported: tuple[Path, str], browser: Browser, tmp_path: Path) -> Iterator[World]:
    """Everything runs, and nothing has happened yet."""
    database, zone = imported
    (tmp_path / "homeroom.db").write_bytes(database.read_bytes())
    expect.set_options(timeout=PATIENCE)
    kept = tmp_path / "calendars"
    kept.mkdir()
    with (
        Mailbox() as mailbox,
        running_calendar(kept) as calendar,
        SandboxServer(parse_config(plan()), mailbox=mailbox) as slack,
        _serving(tmp_path, zone, slack, mailbox, calendar) as bot,
    ):
        calendar.make(school.TEACHER_MAIL)
        until(lambda: slack.sockets.count == 1)
        yield World(tmp_path, zone, slack, mailbox, calendar, bot, browser)
        assert bot.stop() == 0
        assert "ERROR" not in bot.log
        assert not [name for name in (school.LEO, school.NIA, "sick") if name in bot.log]


def _serving(
    folder: Path, zone: str, slack: SandboxServer, mailbox: Mailbox, calendar: Radicale
) -> Running:
    bot = serving(
        folder,
        slack.api_url,
        TZ_DEFAULT=zone,
        SLACK_APP_TOKEN=slack.workspace.config.app.app_token,
        SMTP_URL=mailbox.url,
        MAIL_FROM="Homeroom <homeroom@school.test>",
        CALDAV_URL=calendar.url,
        SECRET_KEY="a key of the flows alone",
        HOMEROOM_TAKE_BACK="2",
    )
    bot.variables = {**bot.variables, "PUBLIC_URL": bot.url}
    return bot
