"""What Slack says of a person is remembered; that it could not be asked is soon forgotten."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot.slack import Unreachable
from handlers.standing import Standings
from school.access import SlackStanding

MS_RUIZ = (1, "U0RUIZ")
GUEST: dict[str, Any] = {"user": {"is_restricted": True}}


def failing(error: Exception) -> Callable[[], dict[str, Any]]:
    def ask() -> dict[str, Any]:
        raise error

    return ask


@pytest.mark.parametrize(
    "error",
    [OperationalError("SELECT", {}, Exception("locked")), Unreachable("users.info", "gaierror")],
)
def test_a_failure_is_no_standing_and_is_soon_asked_again(error: Exception) -> None:
    standings = Standings()
    assert standings.of(MS_RUIZ, failing(error), patience=2, kept=0.1) is None
    time.sleep(0.02)
    found = standings.of(MS_RUIZ, lambda: GUEST, patience=2, kept=0.1)
    assert found == SlackStanding(restricted=True)


def test_what_slack_said_is_not_asked_again() -> None:
    standings = Standings()
    standings.of(MS_RUIZ, lambda: GUEST, patience=2, kept=60)
    asked_again = failing(AssertionError())
    assert standings.of(MS_RUIZ, asked_again, patience=2, kept=60) == SlackStanding(restricted=True)


def test_a_fault_of_ours_comes_up_once_and_not_for_ever() -> None:
    standings = Standings()
    with pytest.raises(RuntimeError):
        standings.of(MS_RUIZ, failing(RuntimeError()), patience=2, kept=0.1)
    time.sleep(0.02)
    found = standings.of(MS_RUIZ, lambda: GUEST, patience=2, kept=0.1)
    assert found == SlackStanding(restricted=True)
