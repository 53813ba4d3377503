"""The whole product for one flow: our process, a local Slack, a mail server and a calendar."""

import json
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
        page = self.browser.new_page(viewport={"width": 1280, "height": 1000})
        page.set_default_timeout(PATIENCE)
        page.goto(self.slack.url)
        page.locator("#person").select_option(person)
        page.set_viewport_size({"width": width, "height": 1000})
        return page

    def practice(self, name: str, *, right: int, wrong: int, begun: int = 0) -> None:
        """A student answers questions, and the platform hands them over."""
        path = self.folder / "later.csv"
        school.write_later_practice(path, name, right, wrong, begun)
        taken = run_app("import", "practice", str(path), folder=self.folder, variables=self.own)
        assert taken.returncode == 0, taken.stderr

    def heard(self, person: str, words: str) -> int:
        """How many messages of ours that say this somebody has."""
        ours = self.slack.workspace.config.app.bot_user_id
        found = [one for one in self.slack.messages(person) if one.author == ours]
        return sum(words in json.dumps(one.blocks, ensure_ascii=False) for one in found)

    @property
    def own(self) -> dict[str, str]:
        """What the command line needs to know."""
        return {"TZ_DEFAULT": self.zone}


def last(page: Page, words: str) -> Locator:
    """The newest message that says `words`."""
    return page.locator("#panel .message").filter(has_text=words).last


@pytest.fixture(scope="module")  # Playwright's event loop runs meanwhile: other modules have theirs
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database as the command line makes it, and the school's zone."""
    folder, zone = tmp_path_factory.mktemp("flows"), school.noon_zone()
    school.write_practice(folder / "practice.csv", zone)
    school.write_contacts(folder / "contacts.csv")
    roster = school.write_roster(folder / "roster")
    for words in (
        ("import", "roster", str(roster)),
        ("import", "practice", str(folder / "practice.csv")),
        ("import", "contacts", str(folder / "contacts.csv")),
        ("link", school.TEACHER, "--email", school.TEACHER_MAIL),
    ):
        taken = run_app(*words, folder=folder, variables={"TZ_DEFAULT": zone})
        assert taken.returncode == 0, taken.stderr
    return folder / "homeroom.db", zone


def plan(zone: str) -> dict[str, object]:
    """The local Slack's people and its app."""
    people = [
        {"id": school.TEACHER, "name": "Ms Ruiz", "email": school.TEACHER_MAIL, "tz": zone},
        {"id": school.LEOS, "name": school.LEO, "tz": zone},
        {"id": school.NIAS, "name": school.NIA, "tz": zone},
    ]
    people += [
        {"id": school.slack_of(name), "name": name, "tz": zone} for name in school.CLASSMATES
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
        SandboxServer(parse_config(plan(zone)), mailbox=mailbox) as slack,
        serving_a_school(tmp_path, zone, slack, mailbox, calendar) as bot,
    ):
        calendar.make(school.TEACHER_MAIL)
        until(lambda: slack.sockets.count == 1)
        yield World(tmp_path, zone, slack, mailbox, calendar, bot, browser)
        assert bot.stop() == 0
        assert "ERROR" not in bot.log
        assert not [name for name in (school.LEO, school.NIA, "sick") if name in bot.log]


def serving_a_school(
    folder: Path, zone: str, slack: SandboxServer, mailbox: Mailbox, calendar: Radicale
) -> Running:
    """Our process, with all that it talks to and short durations."""
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
        HOMEROOM_TICK_EVERY="0.5",
        HOMEROOM_PLAN_EVERY="1",
    )
    bot.variables = {**bot.variables, "PUBLIC_URL": bot.url}
    return bot
