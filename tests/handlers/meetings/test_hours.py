"""The hours in which a teacher can be met: set in Slack, and kept to by the form."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from handlers.ids import Action
from sandbox import View, full_text
from school.models import Pause
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import (
    CARD,
    elements,
    error_on,
    form,
    shows,
    time_in,
    words_in,
)
from tests.handlers.meetings.test_calendar import free
from tests.handlers.school import RUIZ

USUAL = ["0", "1", "2", "3", "4"]


def settings(bot: Bot) -> View:
    assert bot.slack.command(RUIZ, "#general", "/homeroom", "settings").ok
    return bot.slack.wait_for_modal(RUIZ)


def test_the_hours_that_are_set_are_shown_and_kept_to(bot: Bot) -> None:
    view = settings(bot)
    shown = elements(view)
    assert [one["value"] for one in shown[Action.WORK_DAYS]] == USUAL
    assert (shown[Action.WORK_FROM], shown[Action.WORK_TO]) == ("08:00", "16:00")
    values = {"work_days": ["5"], "work_from": "10:00", "work_to": "11:00"}
    assert bot.slack.submit(RUIZ, view, values).ok
    bot.slack.close(RUIZ)
    shown = elements(settings(bot))
    assert [one["value"] for one in shown[Action.WORK_DAYS]] == ["5"]
    opened = form(bot)
    assert date.fromisoformat(elements(opened)[Action.MEETING_DAY]).weekday() == 5
    assert free(opened) == ["10:00", "10:15", "10:30"]
    assert time_in(opened) == "10:00"


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"work_to": "08:00"}, Action.WORK_TO, "after the one they begin at"),
        ({"work_from": "16:30"}, Action.WORK_TO, "after the one they begin at"),
        ({"work_days": []}, Action.WORK_DAYS, "required"),
    ],
)
def test_hours_that_are_none_land_on_their_field(
    bot: Bot, values: dict[str, object], field: Action, words: str
) -> None:
    outcome = bot.slack.submit(RUIZ, settings(bot), values)
    assert words in error_on(outcome, field)


def test_a_pause_is_kept_shown_and_taken_away_again(bot: Bot) -> None:
    today = bot.clock().date()
    first, last = today + timedelta(10), today + timedelta(20)
    values = {"pause_from": first.isoformat(), "pause_to": last.isoformat()}
    assert bot.slack.submit(RUIZ, settings(bot), values).ok
    with bot.session_factory() as session:
        [row] = session.scalars(select(Pause))
        assert (row.starts_on, row.ends_on) == (first, last)
    bot.slack.close(RUIZ)
    view = settings(bot)
    assert elements(view)[Action.PAUSE_FROM] == first.isoformat()
    assert bot.slack.submit(RUIZ, view, {"pause_from": None, "pause_to": None}).ok
    with bot.session_factory() as session:
        assert session.scalars(select(Pause)).all() == []


@pytest.mark.parametrize(
    ("first", "last", "field", "words"),
    [
        (3, None, Action.PAUSE_TO, "the last day too"),
        (None, 3, Action.PAUSE_FROM, "the first day too"),
        (5, 4, Action.PAUSE_TO, "or a later one"),
        (-9, -5, Action.PAUSE_TO, "has passed"),
        (0, 400, Action.PAUSE_TO, "a year at most"),
    ],
)
def test_a_pause_that_is_none_lands_on_its_field(
    bot: Bot, first: int | None, last: int | None, field: Action, words: str
) -> None:
    days = {"pause_from": first, "pause_to": last}
    values = {
        name: (bot.clock().date() + timedelta(ahead)).isoformat()
        for name, ahead in days.items()
        if ahead is not None
    }
    assert words in error_on(bot.slack.submit(RUIZ, settings(bot), values), field)


def test_a_time_outside_the_hours_is_taken_and_said_to_be_outside(bot: Bot) -> None:
    view = form(bot, "Maya Tue 19:00")
    assert time_in(view) == "19:00"
    assert elements(view)[Action.MEETING_TIME] == "19:00"
    words = "19:00 for 30 minutes is outside your hours; you can meet all the same."
    assert words in words_in(view)
    bot.slack.choose(RUIZ, view, Action.MEETING_TIME, "12:00")
    bot.slack.wait_until(lambda: "outside your hours" not in words_in(bot.slack.modal(RUIZ)))
    bot.slack.choose(RUIZ, bot.slack.wait_for_modal(RUIZ), Action.MEETING_TIME, "19:30")
    shows(bot, "19:30 for 30 minutes is outside your hours;")
    assert bot.slack.submit(RUIZ).ok
    card = bot.slack.wait_for_message(RUIZ, "", CARD)
    assert "19:30" in full_text(card)
    assert "outside" not in full_text(card)


def test_a_day_without_free_times_says_when_the_next_is(bot: Bot) -> None:
    view = form(bot, "Maya Saturday")
    words = "is not one of your working days; you can meet all the same. The next free time is Mon"
    assert words in words_in(view)
    assert elements(view)[Action.MEETING_TIME] == "15:00"
