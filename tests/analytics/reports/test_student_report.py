"""The student's report, worked out by hand for small classes, on both kinds of database."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from analytics.reports.data import StudentReport
from analytics.reports.student import get_student_performance_report
from school.days import DateRange
from school.errors import NotFound
from tests.analytics.school import SmallSchool, day

MAY = DateRange(day("05-06"), day("05-19"))
NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)
FRIDAY = datetime(2024, 5, 17, 20, tzinfo=UTC)


@pytest.fixture
def maths(school: SmallSchool) -> int:
    """Four classmates, each with 20 questions on the 7th; one mastered a skill."""
    maths = school.a_class("Maths")
    ratio = school.a_skill("Ratio")
    for name, correct in (("Ben", 16), ("Cy", 10), ("Dee", 20), ("Eve", 12)):
        student = school.a_student(name, maths)
        school.practised(student, "05-07", 20, correct)
        label = "mastered" if name == "Dee" else "in progress"
        school.on_skill(student, ratio, "05-07", 20, correct, label, 0.8)
    school.data_through(FRIDAY)
    return maths


@pytest.fixture
def ana(school: SmallSchool, maths: int) -> int:
    """Ana with 16 of 20 right in the range and 1 of 5 before."""
    ana = school.a_student("Ana Ruiz", maths)
    school.practised(ana, "05-06", 10, 7, seconds=100.4, estimated=20)
    school.practised(ana, "05-14", 10, 9, seconds=50.2)
    school.practised(ana, "04-25", 5, 1, seconds=10)
    fractions = school.a_skill("Fractions")
    school.on_skill(ana, fractions, "04-25", 5, 1, "needs work", 0.4)
    school.on_skill(ana, fractions, "05-14", 10, 9, "mastered", 0.82, total=15)
    return ana


@pytest.fixture
def report(ana: int, session: Session) -> StudentReport:
    """Ana's report of two weeks."""
    return get_student_performance_report(ana, MAY, session=session, now=NOW)


def test_the_summary_holds_the_range_alone(report: StudentReport) -> None:
    overall = report.overall
    assert (overall.questions, overall.correct, overall.accuracy) == (20, 16, 0.8)
    assert (overall.time, overall.time_estimated, overall.active_days) == (151, 20, 2)
    assert overall.interval is not None
    assert overall.interval.low == pytest.approx(0.5840, abs=1e-4)
    assert overall.interval.high == pytest.approx(0.9193, abs=1e-4)


def test_skills_mastered_are_of_those_that_the_class_has_practised(report: StudentReport) -> None:
    assert (report.overall.skills_mastered, report.overall.skills_total) == (1, 2)


def test_the_previous_range_is_equally_long_and_just_before(report: StudentReport) -> None:
    before = report.previous
    assert before is not None
    assert (before.questions, before.accuracy) == (5, 0.2)
    assert (before.skills_mastered, before.skills_total) == (0, 1)


def test_all_is_compared_with_nothing(ana: int, session: Session) -> None:
    everything = DateRange(day("04-25"), day("05-17"), "all")
    report = get_student_performance_report(ana, everything, session=session, now=NOW)
    assert report.previous is None
    assert report.overall.questions == 25


def test_the_percentile_is_mid_rank_with_the_student_counted(report: StudentReport) -> None:
    # Below: Cy and Eve; tied: Ana and Ben. 100 x (2 + 1) / 5.
    assert report.comparison.percentile == pytest.approx(60)
    assert report.comparison.quarter == "upper middle"
    assert report.comparison.rough


def test_the_class_stands_beside_each_figure(report: StudentReport) -> None:
    beside = report.comparison
    assert beside.class_average == pytest.approx((0.8 + 0.8 + 0.5 + 1 + 0.6) / 5)
    assert (beside.students, beside.enrolled, beside.average_questions) == (5, 5, 20)
    assert beside.average_time == pytest.approx((150.6 + 4 * 60) / 5)
    assert beside.average_skills_mastered == pytest.approx(2 / 5)
    assert (report.class_title, report.student) == ("Maths", "Ana Ruiz")


def test_below_ten_questions_there_is_no_percentile(
    school: SmallSchool, maths: int, session: Session
) -> None:
    few = school.a_student("Few", maths)
    school.practised(few, "05-07", 9, 9)
    report = get_student_performance_report(few, MAY, session=session, now=NOW)
    assert (report.comparison.percentile, report.comparison.quarter) == (None, None)
    assert report.comparison.class_average == pytest.approx(2.9 / 4)
    assert report.finding.startswith("Only 9 questions in these 14 days: too little to judge.")


def test_a_skill_has_the_standing_of_the_range_s_end(report: StudentReport) -> None:
    (line,) = report.skills
    assert (line.skill, line.mastery, line.questions, line.accuracy) == (
        "Fractions",
        "mastered",
        10,
        0.9,
    )
    assert (line.total_questions, line.estimate) == (15, 0.82)


def test_progress_goes_by_day_in_a_short_range_with_gaps(report: StudentReport) -> None:
    assert report.progress_by == "day"
    by_day = {point.start: point for point in report.progress}
    # The range goes to the 19th, the data to the 17th.
    assert (min(by_day), max(by_day), len(by_day)) == (day("05-06"), day("05-17"), 12)
    assert (by_day[day("05-06")].accuracy, by_day[day("05-06")].questions) == (0.7, 10)
    assert (by_day[day("05-08")].accuracy, by_day[day("05-08")].questions) == (None, 0)
    assert by_day[day("05-07")].class_accuracy == pytest.approx(2.9 / 4)
    assert by_day[day("05-08")].class_accuracy is None
    assert by_day[day("05-08")].interval is None


def test_one_student_alone_is_no_class_to_stand_beside(
    school: SmallSchool, ana: int, session: Session
) -> None:
    report = get_student_performance_report(ana, MAY, session=session, now=NOW)
    alone = next(point for point in report.progress if point.start == day("05-06"))
    assert (alone.questions, alone.class_accuracy) == (10, None)
    school.practised(school.a_student("Finn", report.class_id or 0), "05-06", 10, 3)
    report = get_student_performance_report(ana, MAY, session=session, now=NOW)
    beside = next(point for point in report.progress if point.start == day("05-06"))
    assert beside.class_accuracy == pytest.approx((0.7 + 0.3) / 2)


def test_progress_goes_by_week_in_a_longer_range(ana: int, session: Session) -> None:
    days = DateRange(day("04-24"), day("05-19"))
    report = get_student_performance_report(ana, days, session=session, now=NOW)
    assert report.progress_by == "week"
    assert [(point.start, point.questions) for point in report.progress] == [
        (day("04-22"), 5),
        (day("04-29"), 0),
        (day("05-06"), 10),
        (day("05-13"), 10),
    ]


def test_trends_are_the_last_30_days_of_the_range_by_day(ana: int, session: Session) -> None:
    days = DateRange(day("01-01"), day("05-15"))
    report = get_student_performance_report(ana, days, session=session, now=NOW)
    assert (report.trends[0].start, report.trends[-1].start) == (day("04-16"), day("05-15"))
    known = {point.start: point.accuracy for point in report.trends if point.accuracy is not None}
    assert known == {day("04-25"): 0.2, day("05-06"): 0.7, day("05-14"): 0.9}


def test_recent_sessions_are_the_last_five_of_the_range(
    school: SmallSchool, ana: int, session: Session
) -> None:
    fractions = 0
    for number in range(7):
        on = day("05-13") if number < 6 else day("05-20")
        school.a_session(
            ana,
            datetime(2024, 5, on.day, 12, number, tzinfo=UTC),
            [fractions] if number != 5 else [],
            day=on,
            questions=number,
            correct=min(number, 3),
            seconds=90.0 * number,
            seconds_estimated=float(number == 4),
            session_key=f"s{number}",
        )
    report = get_student_performance_report(ana, MAY, session=session, now=NOW)
    assert [line.questions for line in report.recent] == [5, 4, 3, 2, 1]
    assert (report.recent[1].accuracy, report.recent[1].minutes) == (0.75, 6.0)
    assert [line.estimated for line in report.recent] == [False, True, False, False, False]
    assert report.recent[0].skill == ""


def test_a_session_bears_the_name_of_its_main_skill(
    school: SmallSchool, ana: int, report: StudentReport, session: Session
) -> None:
    school.a_session(
        ana,
        datetime(2024, 5, 14, 12, tzinfo=UTC),
        [report.skills[0].skill_id],
        day=day("05-14"),
        questions=0,
        correct=0,
        seconds=30.0,
        seconds_estimated=0.0,
    )
    again = get_student_performance_report(ana, MAY, session=session, now=NOW)
    assert (again.recent[0].skill, again.recent[0].accuracy) == ("Fractions", None)


def test_a_steady_rise_over_weeks_is_said(school: SmallSchool, session: Session) -> None:
    rising = school.a_student("Rising", school.a_class())
    for week, text in enumerate(("04-15", "04-22", "04-29", "05-06", "05-13")):
        school.practised(rising, text, 60, 30 + 5 * week)
    school.data_through(FRIDAY)
    days = DateRange(day("04-15"), day("05-19"))
    report = get_student_performance_report(rising, days, session=session, now=NOW)
    assert report.trend is not None
    assert (report.trend.direction, report.trend.weeks, report.trend.span) == ("improving", 5, 5)
    assert report.finding == "Rising is improving: 49 to 82 % in five weeks."


def test_missed_school_days_end_with_the_range_and_the_data(
    school: SmallSchool, ana: int, session: Session
) -> None:
    def missed(days: DateRange) -> int | None:
        found = get_student_performance_report(ana, days, session=session, now=NOW)
        return found.missed_school_days

    assert missed(MAY) == 3  # after Tuesday the 14th, up to Friday the 17th
    assert missed(DateRange(day("05-01"), day("05-12"))) == 4
    assert missed(DateRange(day("01-01"), day("02-12"))) is None
    school.holiday("05-16")
    assert missed(MAY) == 2


def test_the_class_asked_from_is_the_one_compared_with(
    school: SmallSchool, ana: int, maths: int, session: Session
) -> None:
    art = school.a_class("Art")
    school.enrol(ana, art)
    of_itself = get_student_performance_report(ana, MAY, session=session, now=NOW)
    assert of_itself.class_title == "Maths"
    asked = get_student_performance_report(ana, MAY, session=session, now=NOW, class_id=art)
    assert (asked.class_title, asked.comparison.enrolled) == ("Art", 1)
    assert asked.overall.questions == of_itself.overall.questions
    busy = school.a_student("Busy", art)
    school.practised(busy, "05-08", 500, 100)
    again = get_student_performance_report(ana, MAY, session=session, now=NOW)
    assert again.class_title == "Art"


def test_a_student_not_yet_enrolled_is_no_classmate(
    school: SmallSchool, maths: int, session: Session
) -> None:
    new = school.a_student("New", maths, starts="06-01")
    school.practised(new, "05-10", 30, 30)
    report = get_student_performance_report(new, MAY, session=session, now=NOW, class_id=maths)
    assert (report.comparison.students, report.comparison.percentile) == (4, None)
    assert report.overall.questions == 30


def test_a_student_without_practice_has_an_empty_report(
    school: SmallSchool, maths: int, session: Session
) -> None:
    silent = school.a_student("Silent", maths)
    report = get_student_performance_report(silent, MAY, session=session, now=NOW)
    assert (report.overall.accuracy, report.overall.interval) == (None, None)
    assert (report.skills, report.recent, report.coverage.last_day) == ((), (), None)
    assert report.finding == "Silent has not practised yet."


def test_rows_waiting_to_be_made_again_are_said_also_of_classmates(
    school: SmallSchool, ana: int, maths: int, session: Session
) -> None:
    ben = school.a_student("Late", maths)
    school.stale(school.a_student("Elsewhere"), "05-01")
    assert not get_student_performance_report(ana, MAY, session=session, now=NOW).replaying
    school.stale(ben, "05-01")
    assert get_student_performance_report(ana, MAY, session=session, now=NOW).replaying


def test_the_specified_names_are_plain_data(report: StudentReport) -> None:
    plain = report.as_dict()
    assert plain["overall"]["accuracy"] == 0.8
    assert plain["overall"]["time"] == 151
    assert plain["skills"][0]["mastery"] == "mastered"
    assert plain["comparison"]["percentile"] == pytest.approx(60)
    assert plain["trends"][0].keys() >= {"start", "accuracy", "questions"}


def test_an_unknown_student_or_class_is_not_found(ana: int, session: Session) -> None:
    with pytest.raises(NotFound):
        get_student_performance_report(12345, MAY, session=session, now=NOW)
    with pytest.raises(NotFound):
        get_student_performance_report(ana, MAY, session=session, now=NOW, class_id=12345)
