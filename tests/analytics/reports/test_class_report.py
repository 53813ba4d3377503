"""The class's report, worked out by hand for small classes, on both kinds of database."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from analytics.reports.classes import get_class_performance_report
from analytics.reports.data import ClassReport
from school.days import DateRange
from school.errors import NotFound
from tests.analytics.school import SmallSchool, day

MAY = DateRange(day("05-06"), day("05-17"))
"""Two school weeks, a Monday to the Friday of the week after."""
NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)
FRIDAY = datetime(2024, 5, 17, 20, tzinfo=UTC)


@pytest.fixture
def maths(school: SmallSchool) -> int:
    """Ana with 16 of 20, Ben with 5 of 10 on a Saturday, Cy with 9 of 9."""
    maths = school.a_class()
    ana, ben, cy = (school.a_student(name, maths) for name in ("Ana", "Ben", "Cy"))
    school.practised(ana, "05-06", 10, 7, seconds=600)
    school.practised(ana, "05-14", 10, 9, seconds=300)
    school.practised(ben, "05-11", 10, 5, seconds=90.5)
    school.practised(cy, "05-07", 9, 9)
    school.practised(ana, "04-25", 10, 1)
    school.data_through(FRIDAY)
    return maths


@pytest.fixture
def report(maths: int, session: Session) -> ClassReport:
    """The report of these two weeks."""
    return get_class_performance_report(maths, MAY, session=session, now=NOW)


def test_the_class_accuracy_is_the_mean_of_those_with_ten_questions(report: ClassReport) -> None:
    assert report.overall.accuracy == pytest.approx(0.65)
    assert report.overall.judged == 2
    assert report.overall.pooled == pytest.approx(30 / 39)
    # t(1, .975) = 12.7062 and the standard error of .8 and .5 is .15: wider than the scale.
    assert report.overall.interval is not None
    assert (report.overall.interval.low, report.overall.interval.high) == (0.0, 1.0)


def test_the_totals_are_those_of_the_range(report: ClassReport) -> None:
    overall = report.overall
    assert (overall.questions, overall.time) == (39, 1050)
    assert (overall.students, overall.active_students) == (3, 3)
    assert report.coverage.first_day == day("04-25")
    assert report.coverage.last_day == day("05-14")
    assert report.coverage.data_through == FRIDAY


def test_engagement_is_over_school_days_and_weekends_stand_beside(report: ClassReport) -> None:
    # Ana 2 of 10 school days, Ben none (a Saturday), Cy 1.
    assert report.overall.engagement == pytest.approx((0.2 + 0.0 + 0.1) / 3)
    assert report.overall.days_a_week == pytest.approx(0.5)
    assert report.overall.weekend_days == pytest.approx(1 / 3)


def test_a_holiday_is_no_school_day(school: SmallSchool, maths: int, session: Session) -> None:
    school.holiday("05-14")
    report = get_class_performance_report(maths, MAY, session=session, now=NOW)
    assert report.overall.engagement == pytest.approx((1 / 9 + 0 + 1 / 9) / 3)


def test_days_after_the_newest_data_are_no_missed_ones(
    school: SmallSchool, maths: int, session: Session
) -> None:
    school.data_through(datetime(2024, 5, 9, 20, tzinfo=UTC))
    report = get_class_performance_report(maths, MAY, session=session, now=NOW)
    assert report.overall.engagement == pytest.approx((1 / 4 + 0 + 1 / 4) / 3)
    assert [line.missed_school_days for line in report.ranking] == [0, 0, 2]


def test_a_range_that_goes_on_is_judged_up_to_yesterday(maths: int, session: Session) -> None:
    tomorrow = DateRange(day("05-13"), day("05-24"))
    noon = datetime(2024, 5, 15, 16, tzinfo=UTC)
    report = get_class_performance_report(maths, tomorrow, session=session, now=noon)
    assert report.overall.engagement == pytest.approx((1 / 2 + 0 + 0) / 3)
    assert [point.start for point in report.trends] == [day("05-13")]


def test_who_comes_or_goes_counts_while_enrolled(school: SmallSchool, session: Session) -> None:
    maths = school.a_class()
    late = school.a_student("Late", maths, starts="05-16")
    gone = school.a_student("Gone", maths, ends="05-07")
    school.a_student("Before", maths, ends="05-05")
    school.a_student("After", maths, starts="05-18")
    school.practised(late, "05-16", 10, 5)
    school.practised(gone, "05-06", 10, 9)
    school.data_through(FRIDAY)
    report = get_class_performance_report(maths, MAY, session=session, now=NOW)
    assert report.overall.students == 2
    assert report.overall.engagement == pytest.approx((1 / 2 + 1 / 2) / 2)
    assert report.overall.accuracy == pytest.approx(0.7)


def test_who_has_left_counts_but_is_not_named(school: SmallSchool, session: Session) -> None:
    maths = school.a_class()
    stays = school.a_student("Stays", maths)
    left = school.a_student("Left", maths, ends="05-17")
    skill = school.a_skill("Fractions")
    for student in (stays, left):
        school.practised(student, "05-16", 10, 5)
        school.on_skill(student, skill, "05-16", 10, 5, "needs work", 0.5)
    school.data_through(FRIDAY)
    report = get_class_performance_report(maths, MAY, session=session, now=NOW)
    assert (report.overall.students, report.left_since) == (2, 1)
    assert report.distribution[5] == 2
    named = [*report.ranking, *report.top, *report.struggling]
    assert {line.student for line in named} == {"Stays"}
    assert report.heatmap.students == ("Stays",)


def test_a_student_in_two_classes_counts_wholly_in_both(
    school: SmallSchool, session: Session
) -> None:
    maths, art = school.a_class("Maths"), school.a_class("Art")
    both = school.a_student("Both", maths, art)
    school.practised(both, "05-16", 12, 6)
    school.data_through(FRIDAY)
    for class_id in (maths, art):
        report = get_class_performance_report(class_id, MAY, session=session, now=NOW)
        assert (report.overall.questions, report.overall.accuracy) == (12, 0.5)


def test_the_previous_range_has_its_own_figures_and_members(
    school: SmallSchool, maths: int, session: Session
) -> None:
    earlier = school.a_student("Earlier", maths, ends="05-03")
    school.practised(earlier, "05-03", 10, 8)
    school.practised(earlier, "05-10", 10, 0)
    report = get_class_performance_report(maths, MAY, session=session, now=NOW)
    assert report.overall.students == 3
    assert report.previous is not None
    assert report.previous.students == 4
    assert report.previous.accuracy == pytest.approx((0.1 + 0.8) / 2)
    assert report.previous.questions == 20


def test_all_is_compared_with_nothing(maths: int, session: Session) -> None:
    everything = DateRange(day("04-25"), day("05-17"), "all")
    report = get_class_performance_report(maths, everything, session=session, now=NOW)
    assert report.previous is None
    assert report.overall.questions == 49


def test_weeks_are_judged_by_themselves_and_gaps_stay_gaps(report: ClassReport) -> None:
    first, second = report.trends
    assert (first.start, first.students, first.questions) == (day("05-06"), 2, 29)
    assert first.accuracy == pytest.approx((0.7 + 0.5) / 2)
    assert (second.start, second.students, second.accuracy) == (day("05-13"), 1, 0.9)
    assert second.interval is None
    assert report.trends_by == "week"


def test_the_ranking_and_the_distribution_hold_the_judged(report: ClassReport) -> None:
    assert [(line.student, line.place) for line in report.ranking] == [
        ("Ana", 1),
        ("Ben", 2),
        ("Cy", None),
    ]
    assert report.distribution == (0, 0, 0, 0, 0, 1, 0, 0, 1, 0)


def test_who_misses_five_school_days_is_among_the_struggling(report: ClassReport) -> None:
    # Ben's last practice is Saturday the 11th: five school days to Friday the 17th.
    reasons = {line.student: line.reason for line in report.struggling}
    assert reasons == {
        "Ben": "no practice for 5 school days",
        "Cy": "no practice for 8 school days",
    }
    assert [line.missed_school_days for line in report.struggling] == [8, 5]


def test_practice_before_the_range_is_not_forgotten(
    school: SmallSchool, maths: int, session: Session
) -> None:
    idle = school.a_student("Idle", maths)
    school.a_student("Never", maths)
    school.practised(idle, "03-01", 10, 10)
    report = get_class_performance_report(maths, MAY, session=session, now=NOW)
    lines = {line.student: line for line in report.ranking}
    assert lines["Idle"].last_practised == day("03-01")
    assert lines["Idle"].missed_school_days == 55
    assert lines["Never"].missed_school_days == 56


def test_what_came_after_the_range_is_not_used(
    school: SmallSchool, maths: int, session: Session
) -> None:
    ana = next(
        line.student_id
        for line in get_class_performance_report(maths, MAY, session=session, now=NOW).ranking
        if line.student == "Ana"
    )
    skill = school.a_skill("Fractions")
    school.on_skill(ana, skill, "05-14", 10, 9, "mastered", 0.85)
    school.on_skill(ana, skill, "05-19", 10, 0, "needs work", 0.4, total=20)
    report = get_class_performance_report(maths, MAY, session=session, now=NOW)
    assert report.ranking[0].skills_mastered == 1
    assert report.heatmap.labels[0] == ("mastered",)


def test_namesakes_are_told_apart(school: SmallSchool, session: Session) -> None:
    maths = school.a_class()
    for code in ("s1", "s2"):
        school.a_student("Maya Okafor", maths, source_id=code)
    school.a_student("Ben Stone", maths, source_id="s3")
    report = get_class_performance_report(maths, MAY, session=session, now=NOW)
    assert report.heatmap.students == ("Ben Stone", "Maya Okafor (s1)", "Maya Okafor (s2)")


def test_names_that_only_look_alike_are_told_apart_too(
    school: SmallSchool, session: Session
) -> None:
    maths = school.a_class()
    for code, name in (("s1", "Zoë Adams"), ("s2", "Zoe\u0308 adams")):
        school.a_student(name, maths, source_id=code)
    report = get_class_performance_report(maths, MAY, session=session, now=NOW)
    assert sorted(one[-4:] for one in report.heatmap.students) == ["(s1)", "(s2)"]


def test_a_class_without_practice_has_no_figures(school: SmallSchool, session: Session) -> None:
    maths = school.a_class()
    school.a_student("Ana", maths)
    report = get_class_performance_report(maths, MAY, session=session, now=NOW)
    overall = report.overall
    assert (overall.accuracy, overall.interval, overall.pooled) == (None, None, None)
    assert (overall.engagement, overall.days_a_week, overall.questions) == (None, None, 0)
    assert (report.trends, report.struggling, report.top) == ((), (), ())
    assert report.finding == "Nobody has practised yet."


def test_an_empty_class_has_an_empty_report(school: SmallSchool, session: Session) -> None:
    report = get_class_performance_report(school.a_class(), MAY, session=session, now=NOW)
    assert (report.overall.students, report.overall.weekend_days) == (0, None)
    assert report.finding == "Nobody is enrolled in these 12 days."


def test_rows_waiting_to_be_made_again_are_said(
    school: SmallSchool, maths: int, report: ClassReport, session: Session
) -> None:
    assert not report.replaying
    school.stale(report.ranking[0].student_id, "05-01")
    assert get_class_performance_report(maths, MAY, session=session, now=NOW).replaying


def test_a_long_range_goes_by_month(maths: int, session: Session) -> None:
    year = DateRange(day("2023-08-01"), day("05-17"))
    report = get_class_performance_report(maths, year, session=session, now=NOW)
    assert report.trends_by == "month"
    assert [point.start.month for point in report.trends] == [8, 9, 10, 11, 12, 1, 2, 3, 4, 5]


def test_the_report_is_plain_data(report: ClassReport) -> None:
    plain = report.as_dict()
    assert plain["overall"]["accuracy"] == pytest.approx(0.65)
    assert plain["range"]["start"] == "2024-05-06"
    assert plain["ranking"][0]["student"] == "Ana"


def test_an_unknown_class_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        get_class_performance_report(12345, MAY, session=session, now=NOW)
