"""The bot learns who it is without anything waiting for it, and belongs to one team."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from threading import Thread

import pytest
from sqlalchemy import text

from bot.bolt import build_bolt_app, slack_client
from bot.installs import SingleInstall
from bot.settings import GivenSettings
from school.database import SessionFactory
from school.models import Workspace
from school.workspaces import ensure_workspace
from tests.e2e.tiny_slack import BOT_TOKEN, TEAM, TinySlack

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
NOBODY = "http://127.0.0.1:9/api/"


@pytest.fixture
def slack() -> Iterator[TinySlack]:
    with TinySlack() as slack:
        yield slack


@pytest.fixture
def workspace_id(sqlite_factory: SessionFactory) -> int:
    with sqlite_factory.begin() as session:
        return ensure_workspace(session, zone="Europe/London", now=NOW).id


@pytest.fixture
def install(
    sqlite_factory: SessionFactory, workspace_id: int
) -> Iterator[Callable[[str], SingleInstall]]:
    made: list[SingleInstall] = []

    def make(address: str) -> SingleInstall:
        client = slack_client(GivenSettings(slack_api_url=address), BOT_TOKEN)
        made.append(SingleInstall(BOT_TOKEN, sqlite_factory, workspace_id, client, pause=0.05))
        made[-1].start()
        return made[-1]

    yield make
    for one in made:
        one.stop()


def team_of(sessions: SessionFactory, workspace_id: int) -> str | None:
    with sessions() as session:
        return session.get_one(Workspace, workspace_id).slack_team_id


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_workspace_is_bound_to_slacks_team_at_the_first_connection(
    slack: TinySlack,
    install: Callable[[str], SingleInstall],
    sqlite_factory: SessionFactory,
    workspace_id: int,
) -> None:
    install(slack.address)
    until(lambda: team_of(sqlite_factory, workspace_id) == TEAM)


def test_the_first_request_finds_the_workspace_bound(
    slack: TinySlack,
    install: Callable[[str], SingleInstall],
    sqlite_factory: SessionFactory,
    workspace_id: int,
) -> None:
    answer = install(slack.address).authorize(None, TEAM)
    assert team_of(sqlite_factory, workspace_id) == TEAM
    assert (answer.bot_token, answer.bot_user_id, answer.bot_id) == (BOT_TOKEN, "U9BOT", "B9")


def test_slack_is_asked_once_for_many_requests(
    slack: TinySlack, install: Callable[[str], SingleInstall]
) -> None:
    known = install(slack.address)
    requests = [Thread(target=known.authorize, args=(None, TEAM)) for _ in range(20)]
    for request in requests:
        request.start()
    for request in requests:
        request.join()
    assert slack.calls == ["auth.test"]


def test_a_slack_that_does_not_say_its_team_is_told_it_by_the_request(
    slack: TinySlack,
    install: Callable[[str], SingleInstall],
    sqlite_factory: SessionFactory,
    workspace_id: int,
) -> None:
    slack.identity = {"ok": True}
    install(slack.address).authorize(None, "T7")
    assert team_of(sqlite_factory, workspace_id) == "T7"


@pytest.mark.parametrize("lacking", [(404, "not found"), (200, "<html>"), (501, "")])
def test_a_slack_that_does_not_know_the_bot_is_told_its_team_by_the_request(
    slack: TinySlack,
    install: Callable[[str], SingleInstall],
    sqlite_factory: SessionFactory,
    workspace_id: int,
    lacking: tuple[int, str],
) -> None:
    slack.identity, slack.lacking = None, lacking
    install(slack.address).authorize(None, "T7")
    assert team_of(sqlite_factory, workspace_id) == "T7"


def test_a_request_from_a_slack_that_came_up_just_now_waits_for_no_pause(
    slack: TinySlack, sqlite_factory: SessionFactory, workspace_id: int
) -> None:
    slack.identity = {"ok": False, "error": "invalid_auth"}
    client = slack_client(GivenSettings(slack_api_url=slack.address), BOT_TOKEN)
    install = SingleInstall(BOT_TOKEN, sqlite_factory, workspace_id, client, pause=600)
    install.start()
    until(lambda: len(slack.calls) == 1)
    slack.identity = {"ok": True, "team_id": TEAM}

    def is_bound() -> bool:
        install.authorize(None, TEAM)
        return team_of(sqlite_factory, workspace_id) == TEAM

    until(is_bound)
    install.stop()


def test_a_request_is_let_through_while_slack_is_down_and_binds_nothing(
    install: Callable[[str], SingleInstall], sqlite_factory: SessionFactory, workspace_id: int
) -> None:
    assert install(NOBODY).authorize(None, "T7").bot_token == BOT_TOKEN
    assert team_of(sqlite_factory, workspace_id) is None


def test_a_refused_token_is_told_in_the_log_and_tried_again(
    slack: TinySlack, install: Callable[[str], SingleInstall], caplog: pytest.LogCaptureFixture
) -> None:
    slack.identity = {"ok": False, "error": "invalid_auth"}
    install(slack.address)
    until(lambda: len(slack.calls) > 1)
    assert "SLACK_BOT_TOKEN (invalid_auth)" in caplog.text
    assert BOT_TOKEN not in caplog.text


def test_another_teams_token_changes_nothing_and_the_log_says_so(
    slack: TinySlack,
    install: Callable[[str], SingleInstall],
    sqlite_factory: SessionFactory,
    workspace_id: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with sqlite_factory.begin() as session:
        session.get_one(Workspace, workspace_id).slack_team_id = "T1"
    install(slack.address).authorize(None, TEAM)
    assert team_of(sqlite_factory, workspace_id) == "T1"
    assert "belongs to the Slack team T1" in caplog.text


def test_its_one_token_serves_every_workspace_and_bolt(
    slack: TinySlack, install: Callable[[str], SingleInstall]
) -> None:
    known = install(slack.address)
    assert known.token_for(1) == BOT_TOKEN
    # Bolt takes the method as it is.
    build_bolt_app(GivenSettings(slack_api_url=slack.address), known.authorize)


def test_a_database_that_is_busy_is_asked_again(
    slack: TinySlack,
    install: Callable[[str], SingleInstall],
    sqlite_factory: SessionFactory,
    workspace_id: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with sqlite_factory.begin() as session:
        session.execute(text("ALTER TABLE workspaces RENAME TO taken"))
    install(slack.address)
    until(lambda: "waits for the database" in caplog.text)
    with sqlite_factory.begin() as session:
        session.execute(text("ALTER TABLE taken RENAME TO workspaces"))
    until(lambda: team_of(sqlite_factory, workspace_id) == TEAM)
