"""What may be typed after `/homeroom trend`."""

import pytest

from handlers.trend_words import TypedTrend, read_end, read_start


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maya", TypedTrend("Maya")),
        ("Maya Okafor questions", TypedTrend("Maya Okafor", "questions")),
        ("Maya questions 60d by week", TypedTrend("Maya", "questions", "week", "60d")),
        ("Maya by week 60d questions", TypedTrend("Maya", "questions", "week", "60d")),
        ("Maya weekly", TypedTrend("Maya", by="week")),
        ("Maya Daily term", TypedTrend("Maya", by="day", range="term")),
        ("Maya per month", TypedTrend("Maya", by="month")),
        ("Maya by months all", TypedTrend("Maya", by="month", range="all")),
        ("Maya last 60 days XP", TypedTrend("Maya", "xp", range="60d")),
        (
            "Maya time 2024-02-16..2024-05-12",
            TypedTrend("Maya", "time", None, "2024-02-16..2024-05-12"),
        ),
        ("Grade 5 Maths assignments", TypedTrend("Grade 5 Maths", "completion")),
        ("  Grade  5 Maths  ", TypedTrend("Grade 5 Maths")),
        ("Time Travel questions", TypedTrend("Time Travel", "questions")),
        ("Maya time time", TypedTrend("Maya time", "time")),
        ("weekly questions", TypedTrend("", "questions", "week")),
        ("", TypedTrend("")),
    ],
)
def test_what_stands_at_the_end_is_read_in_any_order(text: str, expected: TypedTrend) -> None:
    assert read_end(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("questions Maya", TypedTrend("Maya", "questions")),
        ("weekly Maya questions", TypedTrend("Maya", "questions", "week")),
        ("by month Maya", TypedTrend("Maya", by="month")),
        ("60d by week xp Maya Okafor", TypedTrend("Maya Okafor", "xp", "week", "60d")),
        ("last 60 days accuracy Maya", TypedTrend("Maya", "accuracy", range="60d")),
        ("term Maya time", TypedTrend("Maya", "time", range="term")),
        ("Maya Okafor", TypedTrend("Maya Okafor")),
    ],
)
def test_what_stands_before_the_name_is_read_too(text: str, expected: TypedTrend) -> None:
    assert read_start(read_end(text)) == expected
