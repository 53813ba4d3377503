"""Ranges as people say them, for a student and for a class, on both kinds of database."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from analytics.queries.people import members
from analytics.ranges import ranges_with_practice, resolve_range
from school.days import DateRange
from school.errors import InvalidInput, NotFound
from tests.analytics.school import SmallSchool, day

NOW = datetime(2024, 5, 21, 3, 30, tzinfo=UTC)
"""The 20th, 23:30, in New York."""


@pytest.fixture
def maths(school: SmallSchool) -> int:
    """A class of two: Ana from 10 February to 15 May, Ben from 5 March."""
    maths = school.a_class()
    ana, ben = school.a_student("Ana", maths), school.a_student("Ben", maths)
    for student, text in ((ana, "02-10"), (ana, "05-15"), (ben, "03-05"), (ben, "04-02")):
        school.practised(student, text, 5, 4)
    school.data_through(datetime(2024, 5, 16, 3, tzinfo=UTC))
    return maths


def student(session: Session, maths: int, name: str) -> int:
    """The id of a student by name."""
    everyone = members(session, maths, DateRange(day("01-01"), day("12-31")))
    return {one.name: one.student_id for one in everyone}[name]


def test_without_a_word_it_is_the_last_30_days_in_the_school_s_zone(
    session: Session, maths: int
) -> None:
    for word in (None, "", "30d"):
        found = resolve_range(word, session=session, now=NOW, class_id=maths)
        assert found == DateRange(day("04-21"), day("05-20"), "days")


def test_the_zone_is_that_of_the_workspace(session: Session) -> None:
    tokyo = SmallSchool(session, zone="Asia/Tokyo")
    found = resolve_range("1d", session=session, now=NOW, class_id=tokyo.a_class())
    assert found == DateRange(day("05-21"), day("05-21"), "days")


@pytest.mark.parametrize(
    ("now", "today"),
    [
        (datetime(2024, 3, 10, 4, 59, tzinfo=UTC), "03-09"),  # 23:59, before the clocks change
        (datetime(2024, 3, 11, 3, 59, tzinfo=UTC), "03-10"),  # 23:59 on the day of 23 hours
        (datetime(2024, 3, 11, 4, 0, tzinfo=UTC), "03-11"),
        (datetime(2024, 11, 4, 4, 59, tzinfo=UTC), "11-03"),  # 23:59 on the day of 25 hours
    ],
)
def test_days_are_local_also_where_the_clocks_change(
    session: Session, maths: int, now: datetime, today: str
) -> None:
    found = resolve_range("30d", session=session, now=now, class_id=maths)
    assert (found.end, found.days) == (day(today), 30)


def test_all_goes_from_the_first_practice_to_the_newest_data(session: Session, maths: int) -> None:
    of_class = resolve_range("All", session=session, now=NOW, class_id=maths)
    assert of_class == DateRange(day("02-10"), day("05-15"), "all")
    ben = student(session, maths, "Ben")
    own = resolve_range("all", session=session, now=NOW, student_id=ben)
    assert own == DateRange(day("03-05"), day("05-15"), "all")


def test_all_without_practice_is_the_last_120_days(school: SmallSchool, session: Session) -> None:
    ana = school.a_student("Ana")
    found = resolve_range("all", session=session, now=NOW, student_id=ana)
    assert (found.days, found.end, found.kind) == (120, day("05-20"), "all")


def test_a_custom_range_is_taken_as_it_is(session: Session, maths: int) -> None:
    found = resolve_range("2024-02-16..2024-12-31", session=session, now=NOW, class_id=maths)
    assert found == DateRange(day("02-16"), day("12-31"))


def test_the_term_is_the_shortest_session_that_holds_today(
    school: SmallSchool, session: Session, maths: int
) -> None:
    assert resolve_range("term", session=session, now=NOW, class_id=maths).days == 120
    school.a_term("Year", "2023-08-01", "2024-06-30")
    school.a_term("Spring", "2024-02-01", "2024-06-14")
    school.a_term("Autumn", "2023-08-01", "2023-12-20")
    SmallSchool(school.session, zone="Asia/Tokyo").a_term("Short", "2024-05-01", "2024-05-31")
    found = resolve_range("term", session=session, now=NOW, class_id=maths)
    assert found == DateRange(day("02-01"), day("05-20"), "term")


def test_a_class_s_own_term_comes_before_shorter_ones(
    school: SmallSchool, session: Session
) -> None:
    year = school.a_term("Year", "2023-08-01", "2024-06-30")
    school.a_term("Spring", "2024-02-01", "2024-06-14")
    maths = school.a_class(term=year)
    ana = school.a_student("Ana", maths)
    found = resolve_range("term", session=session, now=NOW, student_id=ana)
    assert found.start == day("2023-08-01")


def test_an_unknown_word_is_refused(session: Session, maths: int) -> None:
    with pytest.raises(InvalidInput, match="A range is"):
        resolve_range("lately", session=session, now=NOW, class_id=maths)


def test_a_range_needs_somebody_known(session: Session) -> None:
    with pytest.raises(InvalidInput):
        resolve_range("30d", session=session, now=NOW)
    with pytest.raises(NotFound):
        resolve_range("30d", session=session, now=NOW, student_id=12345)
    with pytest.raises(NotFound):
        resolve_range("30d", session=session, now=NOW, class_id=12345)


def test_ranges_that_hold_practice_are_offered(session: Session, maths: int) -> None:
    ben = student(session, maths, "Ben")
    offer = ranges_with_practice(session=session, now=NOW, student_id=ben, class_id=maths)
    assert offer.last_day == day("04-02")
    assert [one.code() for one in offer.ranges] == ["2024-03-04..2024-04-02", "all"]
    of_class = ranges_with_practice(session=session, now=NOW, class_id=maths)
    assert of_class.last_day == day("05-15")
    assert of_class.ranges[0].code() == "2024-04-16..2024-05-15"


def test_without_practice_nothing_is_offered(school: SmallSchool, session: Session) -> None:
    offer = ranges_with_practice(session=session, now=NOW, class_id=school.a_class())
    assert (offer.last_day, offer.ranges) == (None, ())
