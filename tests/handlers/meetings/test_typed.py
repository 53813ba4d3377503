"""Days, times and lengths as teachers type them after `/homeroom meet`."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers.meetings.typed import (
    MOST_READ,
    TypedMeeting,
    beginnings,
    drop_more,
    drop_odd,
    read_end,
    read_start,
)

NOW = datetime(2026, 11, 18, 16, 20, tzinfo=ZoneInfo("America/New_York"))
"""A Wednesday afternoon."""
D = date


def read(text: str, now: datetime = NOW) -> TypedMeeting:
    return read_end(text, now)


@pytest.mark.parametrize(
    ("words", "day", "at"),
    [
        ("today 17:00", D(2026, 11, 18), time(17)),
        ("tomorrow 14:30", D(2026, 11, 19), time(14, 30)),
        ("tomorrow at 14.30", D(2026, 11, 19), time(14, 30)),
        ("the day after tomorrow, 9:05", D(2026, 11, 20), time(9, 5)),
        ("Fri 2pm", D(2026, 11, 20), time(14)),
        ("on friday at 2:30 p.m.", D(2026, 11, 20), time(14, 30)),
        ("2 PM Fri", D(2026, 11, 20), time(14)),
        ("Mon 12am", D(2026, 11, 23), time(0)),
        ("mon at noon", D(2026, 11, 23), time(12)),
        ("Tues 12 pm", D(2026, 11, 24), time(12)),
        ("this thurs 14h30", D(2026, 11, 19), time(14, 30)),
        ("Thu 14h", D(2026, 11, 19), time(14)),
        ("2026-11-24 14:30", D(2026, 11, 24), time(14, 30)),
        ("24 Nov 14:30", D(2026, 11, 24), time(14, 30)),
        ("the 24th of November, 2026 at 9 o'clock", D(2026, 11, 24), time(9)),
        ("November 24th 10:00", D(2026, 11, 24), time(10)),
        ("Nov 24, 2026 10:00", D(2026, 11, 24), time(10)),
        ("24.11. 10:00", D(2026, 11, 24), time(10)),
        ("24.11.2026 10:00", D(2026, 11, 24), time(10)),
        ("11/24 9am", D(2026, 11, 24), time(9)),
        ("24/11 9am", D(2026, 11, 24), time(9)),
        ("12/12 9am", D(2026, 12, 12), time(9)),
        ("5 Jan 9:00", D(2027, 1, 5), time(9)),
        ("in 20 minutes", D(2026, 11, 18), time(16, 40)),
        ("in an hour", D(2026, 11, 18), time(17, 20)),
        ("in half an hour", D(2026, 11, 18), time(16, 50)),
        ("in 3 days 9:00", D(2026, 11, 21), time(9)),
        ("in two weeks at 9:00", D(2026, 12, 2), time(9)),
    ],
)
def test_days_and_times_are_read_in_the_usual_ways(words: str, day: date, at: time) -> None:
    typed = read(f"Maya Okafor {words}")
    assert (typed.name, typed.found.day, typed.found.at) == ("Maya Okafor", day, at)
    assert not typed.notes


@pytest.mark.parametrize(
    ("words", "day", "at"),
    [("Wed 17:00", D(2026, 11, 18), time(17)), ("Wed 9:00", D(2026, 11, 25), time(9))],
)
def test_the_weekday_of_today_is_today_while_its_time_is_to_come(
    words: str, day: date, at: time
) -> None:
    assert read(f"Maya {words}").found.day == day
    assert read(f"Maya {words}").found.at == at


def test_the_next_weekday_is_that_of_the_next_week_and_said_so() -> None:
    typed = read("Maya next Fri 9:00")
    assert typed.found.day == D(2026, 11, 27)
    assert typed.notes == ("I read “next Fri” as 27 Nov.",)


def test_a_day_that_has_just_passed_is_said_to_be_of_the_next_year() -> None:
    assert read("Maya 16 Nov").notes == ("I read “16 Nov” as 16 Nov 2027.",)
    assert read("Maya 16 Nov 2027").notes == ()
    assert read("Maya 11 Jan").notes == ()


def test_in_minutes_goes_over_a_change_of_clocks() -> None:
    now = datetime(2026, 11, 1, 0, 50, tzinfo=ZoneInfo("America/New_York"))
    typed = read("Maya in 2 hours", now)
    assert (typed.found.day, typed.found.at) == (D(2026, 11, 1), time(1, 50))


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("5/6", "“5/6” may be two days. Please choose which."),
        ("30 Feb", "“30 Feb” is no day. Please choose another."),
        ("2020-01-01", "“2020-01-01” is past. Please choose another."),
        ("yesterday", "“yesterday” is past. Please choose another."),
        ("at 25:00", "“at 25:00” is no time. Please choose one."),
        ("13pm", "“13pm” is no time. Please choose one."),
        (
            "for 600 minutes",
            "A meeting lasts 5 to 480 minutes, not 600 minutes. Please choose.",
        ),
        ("next week", "I could not tell when “next week” is. Please choose."),
        ("afternoon", "I could not tell when “afternoon” is. Please choose."),
    ],
)
def test_what_is_unclear_is_said_and_nothing_is_made_up(words: str, note: str) -> None:
    typed = read(f"Maya {words}")
    assert typed.name == "Maya"
    assert typed.notes == (note,)
    assert typed.found.day is None
    assert typed.found.at is None
    assert typed.found.minutes is None


def test_a_bare_small_hour_is_one_of_the_afternoon_and_said_so() -> None:
    typed = read("Maya tomorrow at 3")
    assert typed.found.at == time(15)
    assert typed.notes == ("I read “at 3” as 15:00.",)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("for 45 minutes", 45), ("45 min", 45), ("for an hour", 60), ("1h", 60), ("half an hour", 30)],
)
def test_lengths_are_read_beside_a_time(words: str, minutes: int) -> None:
    typed = read(f"Maya Fri 2pm {words}")
    assert (typed.name, typed.found.at, typed.found.minutes) == ("Maya", time(14), minutes)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Maya parents Fri", "parent_conference"),
        ("Maya Fri with her parents", "parent_conference"),
        ("Maya in 16 minutes for 15 minutes with parents", "parent_conference"),
        ("Maya Fri with her mother", "parent_conference"),
        ("Maya parent-teacher conference", "parent_conference"),
        ("Maya group Fri", "group"),
        ("Maya 1:1", "one_on_one"),
    ],
)
def test_types_are_read(words: str, kind: str) -> None:
    typed = read(words)
    assert (typed.name, typed.kind) == ("Maya", kind)


def test_each_thing_is_read_once_and_the_rest_stays_in_the_name() -> None:
    assert read("Maya Fri Thu").name == "Maya Fri"
    assert read("Maya 14:30 15:30").name == "Maya 14:30"


def test_quotes_commas_and_smart_marks_do_no_harm() -> None:
    typed = read("“Maya O&amp;Brien”, tomorrow, 14:30")
    assert (typed.name, typed.found.at) == ("Maya O&Brien", time(14, 30))


def test_what_stands_before_the_name_is_read_on_demand() -> None:
    typed = read_start(read("tomorrow at 14:30 with Maya Okafor"), NOW)
    assert (typed.name, typed.found.day, typed.found.at) == (
        "Maya Okafor",
        D(2026, 11, 19),
        time(14, 30),
    )


def test_longer_names_are_kept_for_who_is_called_like_a_day() -> None:
    assert [one.name for one in read("Maya Sun 10:00").longer] == ["Maya Sun 10:00", "Maya Sun"]


def test_so_much_is_read_and_no_more() -> None:
    typed = read(f"Maya {'soon ' * 700}")
    assert len(typed.longer) == len(typed.notes) == MOST_READ


def test_what_no_name_has_is_left_out_and_named() -> None:
    typed = drop_more(read("Maya Okafor 14:30 about her fractions Fri"), NOW)
    assert (typed.name, typed.found.at) == ("Maya Okafor", time(14, 30))
    assert typed.notes == ("I left out “about her fractions”: there is room for it below.",)
    assert drop_more(read("Maya"), NOW) == read("Maya")


def test_only_what_cannot_be_read_is_left_out() -> None:
    typed = drop_more(read("Maya, tomorrow at 14:30 for 45 min in room 12"), NOW)
    assert (typed.name, typed.found.at, typed.found.minutes) == ("Maya", time(14, 30), 45)
    assert typed.notes == ("I left out “in room 12”: there is room for it below.",)
    assert drop_more(read("Maya in 3 hours for 20"), NOW).found.at == time(19, 20)


def test_whose_parents_are_meant_is_read() -> None:
    typed = read_start(read("tomorrow noon with Leo's parents"), NOW)
    assert (typed.name, typed.found.at, typed.kind) == ("Leo", time(12), "parent_conference")
    assert read_start(read("Sam O'Neil's family"), NOW).name == "Sam O'Neil"


def test_a_name_is_looked_for_by_its_beginning_the_longest_first() -> None:
    assert beginnings("Maya Okafor yesterday") == ["Maya Okafor", "Maya"]
    assert beginnings("Leo's aunt") == ["Leo"]
    assert beginnings("Maya") == []
    assert len(beginnings("a " * 700)) < 10


def test_a_last_word_with_a_figure_is_dropped_and_named() -> None:
    typed = drop_odd(read("Maya 1430"))
    assert typed.name == "Maya"
    assert "“1430”" in typed.notes[0]
    assert drop_odd(read("Maya")) == read("Maya")
