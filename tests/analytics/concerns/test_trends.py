"""The last 8 calendar weeks: which they are, who may matter, and when a class falls together."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from analytics import trend
from analytics.concerns import may_matter, recent_trends, recent_weeks
from analytics.trend import Week
from school.days import DateRange

FALLING = [Week(n, 30, right) for n, right in enumerate((27, 26, 24, 23, 21, 20, 18, 17))]
STEADY = [Week(n, 30, right) for n, right in enumerate((21, 22, 20, 21, 22, 21, 20, 21))]


def test_eight_calendar_weeks_end_with_the_one_that_holds_the_day() -> None:
    assert recent_weeks(date(2024, 5, 15)) == DateRange(date(2024, 3, 25), date(2024, 5, 15))
    assert recent_weeks(date(2024, 5, 13)).start == date(2024, 3, 25)


def test_who_cannot_have_a_verdict_does_not_matter() -> None:
    assert may_matter(FALLING)
    assert not may_matter(STEADY)
    assert not may_matter(FALLING[:5])
    assert not may_matter([Week(n, 10, 10) for n in range(8)])


WEEKS = st.lists(
    st.tuples(st.integers(5, 40), st.floats(0, 1)).map(
        lambda two: (two[0], round(two[0] * two[1]))
    ),
    min_size=8,
    max_size=8,
)


@given(WEEKS, st.lists(WEEKS, max_size=5))
def test_nobody_who_does_not_matter_has_a_sure_verdict(
    own: list[tuple[int, int]], others: list[list[tuple[int, int]]]
) -> None:
    everyone = {
        number: [Week(n, *week) for n, week in enumerate(weeks)]
        for number, weeks in enumerate([own, *others])
    }
    found = recent_trends(everyone)[0].trend
    assert found == trend.judge(everyone[0], everyone.values())
    if not may_matter(everyone[0]):
        assert found.p is None or found.p >= 0.05


def test_a_class_falls_together_where_the_mean_slope_is_clearly_below() -> None:
    together = recent_trends(dict.fromkeys(range(6), FALLING))
    assert together[0].shared
    alone = recent_trends({0: FALLING} | dict.fromkeys(range(1, 6), STEADY))
    assert not alone[0].shared
    few = recent_trends(dict.fromkeys(range(5), FALLING))
    assert not few[0].shared
