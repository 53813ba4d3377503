"""What the demo is made of: its port, its settings, its people, its database."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.cli import demo_school
from handlers.cli.demo import APP_TOKEN, demo_settings, local_slack_plan, page_port
from handlers.cli.demo_school import demo_database
from handlers.cli.manifest import MANIFEST
from handlers.cli.opening import open_school
from sandbox.config import parse_config
from school.errors import InvalidInput


@pytest.mark.parametrize(("given", "port"), [(None, 8000), ("", 8000), ("9001", 9001)])
def test_the_page_is_on_the_port_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, given: str | None, port: int
) -> None:
    monkeypatch.delenv("PORT", raising=False)
    if given is not None:
        monkeypatch.setenv("PORT", given)
    assert page_port() == port


@pytest.mark.parametrize("given", ["many", "0", "65535", "-1", "８０００"])
def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("PORT", given)
    with pytest.raises(InvalidInput, match="PORT is"):
        page_port()


def test_nothing_of_the_environment_reaches_the_demo(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("SLACK_APP_TOKEN=xapp-real\n")
    monkeypatch.setenv("SMTP_URL", "smtp://real")
    settings = demo_settings(Path("a.db"), 8000, 8025)
    assert (settings.slack_app_token, settings.smtp_url) == (APP_TOKEN, "smtp://127.0.0.1:8025")
    assert (settings.port, settings.slack_api_url) == (8001, "http://127.0.0.1:8000/api/")


def test_the_school_is_made_once_a_day_and_older_ones_go(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_school, "utc_now", lambda: datetime(2026, 3, 2, 12, tzinfo=UTC))
    monday = demo_database(folder)
    made = monday.stat().st_mtime_ns
    assert demo_database(folder).stat().st_mtime_ns == made
    monkeypatch.setattr(demo_school, "utc_now", lambda: datetime(2026, 3, 3, 12, tzinfo=UTC))
    tuesday = demo_database(folder)
    assert list(folder.glob("*.db")) == [tuesday] != [monday]
    assert demo_database(folder, fresh=True).stat().st_mtime_ns > made


def test_the_local_slack_has_the_schools_people_a_guest_and_the_apps_commands(
    folder: Path,
) -> None:
    with open_school(demo_settings(demo_database(folder), 8000, 8025)) as school:
        plan = local_slack_plan(school)
    config = parse_config(plan)
    assert {person.title for person in config.people} == {
        "Administrator",
        "Teacher",
        "Student",
        "Guest",
    }
    assert config.people[0].name == "Elena Ruiz"
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    declared = [one["command"] for one in manifest["features"]["slash_commands"]]
    assert [command.name for command in config.app.commands] == declared
