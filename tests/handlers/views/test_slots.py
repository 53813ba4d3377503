"""The fields of a time: what is free, what else can be chosen, and what is not known."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.views.meetings.slots import (
    ANOTHER_TIME,
    HIDE,
    NEXT_WEEK,
    NOT_KNOWN,
    OTHER,
    Calendar,
    FreeDay,
    FreeTimes,
    When,
    when_fields,
)
from handlers.views.modals import View, modal
from interventions.slots import Odd
from tests.handlers.views.meetings import NEW_YORK, words_of
from tests.handlers.views.test_limits import sound_view

TUESDAY, MONDAY = date(2026, 11, 24), date(2026, 11, 23)
QUARTERS = tuple(
    (datetime(2026, 1, 1, tzinfo=UTC) + number * timedelta(minutes=15)).time()
    for number in range(95)
)
FREE = FreeTimes((time(8), time(8, 15), time(14, 30)), MONDAY)


def shown(at: time = time(14, 30), free: FreeTimes | None = FREE) -> View:
    when = When(TUESDAY, at, 30, NEW_YORK, free)
    view = modal(Modal.MEETING, "Meeting", when_fields(when), ref=Ref(), submit="Schedule")
    sound_view(view)
    return view


def element(view: View, name: str) -> dict[str, Any] | None:
    found = (one["element"] for one in view["blocks"] if "element" in one)
    return next((one for one in found if one["action_id"] == name), None)


def test_the_free_times_of_the_day_and_another_are_offered() -> None:
    menu = element(shown(), Action.MEETING_SLOT)
    assert menu is not None
    assert [one["text"]["text"] for one in menu["options"]] == [
        "8:00",
        "8:15",
        "14:30",
        ANOTHER_TIME,
    ]
    assert menu["initial_option"]["value"] == "14:30"
    assert element(shown(), Action.MEETING_TIME) is None


def test_another_time_has_a_field_of_its_own() -> None:
    view = shown(time(19), replace(FREE, other=True))
    menu, field = element(view, Action.MEETING_SLOT), element(view, Action.MEETING_TIME)
    assert menu is not None
    assert field is not None
    assert (menu["initial_option"]["value"], field["initial_time"]) == (OTHER, "19:00")


def test_what_was_entered_is_kept_only_while_it_fits() -> None:
    names = [one["block_id"] for one in shown()["blocks"][:2]]
    assert names == [one["block_id"] for one in shown()["blocks"][:2]]
    others = [one["block_id"] for one in shown(time(8))["blocks"][:2]]
    assert not set(names) & set(others)


@pytest.mark.parametrize("calendar", list(Calendar))
def test_what_is_not_known_of_the_calendar_is_said(calendar: Calendar) -> None:
    words = words_of(shown(free=replace(FREE, calendar=calendar))["blocks"])
    said = [one for one in NOT_KNOWN.values() if one in words]
    assert said == ([NOT_KNOWN[calendar]] if calendar in NOT_KNOWN else [])


def test_a_day_without_free_times_says_so_and_when_the_next_is() -> None:
    none = FreeTimes((), MONDAY, other=True)
    assert "You have no free time on Tue 24 Nov." in words_of(shown(free=none)["blocks"])
    with_next = replace(none, next_at=datetime(2026, 11, 30, 8, 5, tzinfo=UTC))
    assert "The next free time is Mon 30 Nov 8:05." in words_of(shown(free=with_next)["blocks"])


def test_a_week_shows_the_free_stretches_of_each_day_and_takes_a_start() -> None:
    week = (
        FreeDay(TUESDAY, (time(8), time(8, 15), time(14, 30))),
        FreeDay(date(2026, 11, 25), ()),
        FreeDay(date(2026, 11, 26), QUARTERS),
    )
    view = shown(free=replace(FREE, shown=NEXT_WEEK, week=week))
    words = words_of(view["blocks"])
    assert "Tue 24 Nov: 8:00–8:45, 14:30–15:00" in words
    assert "Nothing free: Wed 25 Nov." in words
    assert HIDE in words
    rows = [one for one in view["blocks"] if "accessory" in one]
    assert rows[0]["accessory"]["options"][2]["value"] == "2026-11-24.1430"


def test_the_longest_day_stays_within_slacks_limits() -> None:
    shown(time(0), FreeTimes(QUARTERS, MONDAY))
    empty = shown(free=replace(FREE, shown=NEXT_WEEK))
    assert "No working day is left in this week." in words_of(empty["blocks"])


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        (
            Odd.HOLIDAY,
            "Tue 24 Nov is a school holiday; you can meet all the same. The next free time is Mon",
        ),
        (Odd.PAUSE, "Tue 24 Nov is in your pause; "),
        (Odd.DAY_OFF, "Tue 24 Nov is not one of your working days; "),
        (Odd.HOURS, "14:30 for 30 minutes is outside your hours; you can meet all the same."),
        (Odd.BUSY, "Your calendar has something at 14:30; you can meet all the same."),
        (Odd.MEETING, "You have another meeting at 14:30.\n"),
    ],
)
def test_what_speaks_against_a_time_is_said_before_it_is_sent(odd: Odd, words: str) -> None:
    free = FreeTimes((), MONDAY, next_at=datetime(2026, 11, 30, 8, 5, tzinfo=UTC), odd=odd)
    said = words_of(shown(free=free)["blocks"])
    assert words in said
    field = next(one for one in shown(free=free)["blocks"] if "Time" in str(one.get("label")))
    assert field["dispatch_action"] is True
