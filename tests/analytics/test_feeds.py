"""A source that stopped is known to have stopped, and turns nobody inactive."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from analytics.calendar import SchoolCalendar
from analytics.feeds import known_days, stopped_days
from analytics.queries.people import Member
from analytics.reports.classes import get_class_performance_report
from analytics.reports.student import get_student_performance_report
from school.days import DateRange
from school.models import Feed
from tests.analytics.school import SmallSchool, day

ZONE = ZoneInfo("America/New_York")
TUESDAY = datetime(2024, 5, 7, 22, tzinfo=UTC)
MAY = DateRange(day("05-01"), day("05-31"))
ANA = Member(1, "Ana", "Ana", "s1", None, None, None, None, None, TUESDAY)


@pytest.mark.parametrize(
    ("now", "silent"),
    [
        (datetime(2024, 5, 8, 12, tzinfo=UTC), 0),  # Wednesday morning
        (datetime(2024, 5, 9, 12, tzinfo=UTC), 0),  # Wednesday alone is over
        (datetime(2024, 5, 10, 12, tzinfo=UTC), 2),
        (datetime(2024, 5, 13, 12, tzinfo=UTC), 3),  # a weekend adds nothing
    ],
)
def test_a_source_has_stopped_after_two_school_days_without_an_answer(
    now: datetime, silent: int
) -> None:
    calendar = SchoolCalendar()
    assert stopped_days(TUESDAY, now=now, zone=ZONE, calendar=calendar) == silent
    assert stopped_days(None, now=now, zone=ZONE, calendar=calendar) == 0
    days_off = SchoolCalendar.of([date(2024, 5, 8), date(2024, 5, 9), date(2024, 5, 10)])
    assert stopped_days(TUESDAY, now=now, zone=ZONE, calendar=days_off) == 0


def test_nothing_is_known_of_a_student_after_their_source_stopped() -> None:
    now, calendar = datetime(2024, 5, 20, 12, tzinfo=UTC), SchoolCalendar()

    def known(one: Member, judged: DateRange | None) -> DateRange | None:
        return known_days(one, judged, now=now, zone=ZONE, calendar=calendar)

    judged = DateRange(day("05-01"), day("05-17"))
    assert known(ANA, judged) == DateRange(day("05-01"), day("05-07"))
    assert known(ANA, DateRange(day("05-08"), day("05-17"))) is None
    assert known(ANA, None) is None
    assert known(replace(ANA, data_through=now), judged) == judged
    assert known(replace(ANA, data_through=None), judged) == judged
    assert known(replace(ANA, starts_on=day("05-06")), judged) == DateRange(
        day("05-06"), day("05-07")
    )


def test_a_class_whose_source_stopped_is_judged_up_to_then_and_says_so(
    school: SmallSchool, session: Session
) -> None:
    maths = school.a_class()
    for name in ("Ana", "Ben"):
        school.practised(school.a_student(name, maths), "05-07", 20, 16)
    school.data_through(TUESDAY)
    now = datetime(2024, 5, 24, 12, tzinfo=UTC)
    report = get_class_performance_report(maths, MAY, session=session, now=now)
    assert (report.on_track, report.concerns, report.struggling) == (2, (), ())
    assert report.coverage.silent_days == 12
    assert report.finding.startswith("All 2 were on track by 7 May; ")


def test_one_source_that_stops_makes_nobody_inactive_while_another_goes_on(
    school: SmallSchool, session: Session
) -> None:
    maths = school.a_class()
    ana, ben, cy = (school.a_student(name, maths) for name in ("Ana", "Ben", "Cy"))
    school.practised(ana, "05-07", 20, 16)
    school.data_through(TUESDAY)
    other = Feed(workspace_id=school.workspace.id, name="other", data_through=None)
    session.add(other)
    session.flush()
    school.feed = other
    school.practised(ben, "05-07", 20, 16)
    school.practised(cy, "05-20", 20, 16)
    school.data_through(datetime(2024, 5, 20, 22, tzinfo=UTC))
    now = datetime(2024, 5, 21, 12, tzinfo=UTC)
    report = get_class_performance_report(maths, MAY, session=session, now=now)
    assert [(one.student, one.reason) for one in report.struggling] == [
        ("Ben", "no practice for 9 school days")
    ]
    assert report.coverage.silent_days == 0
    own = get_student_performance_report(ana, MAY, session=session, now=now)
    assert (own.missed_school_days, own.on_track) == (0, True)
