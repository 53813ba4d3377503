"""Trends of small classes, worked out by hand, on both kinds of database."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from analytics.measures import periods
from analytics.reports.data import TOO_LITTLE
from analytics.reports.data.trends import Metric
from school.days import DateRange
from school.errors import InvalidInput, NotFound
from school.models import Answer, Class, Feed
from tests.analytics.reports import may
from tests.analytics.reports.may import NOW, of_class, of_student, values
from tests.analytics.school import SmallSchool, day

maths, ana = may.maths, may.ana


def test_a_week_without_practice_is_a_gap_for_accuracy(session: Session, ana: int) -> None:
    report = of_student(session, ana, "accuracy")
    assert [point.start for point in report.points] == [
        day("04-29"), day("05-06"), day("05-13"), day("05-20")
    ]  # fmt: skip
    assert values(report) == [None, 0.7, None, 1.0]
    assert [point.questions for point in report.points] == [0, 20, 0, 4]
    assert [point.class_value for point in report.points] == [None, 0.6, None, None]
    assert report.points[0].interval is None
    first = report.points[1].interval
    assert first is not None
    assert first.low == pytest.approx(0.4810, abs=1e-4)
    assert first.high == pytest.approx(0.8545, abs=1e-4)


def test_counts_are_0_where_the_data_reach_and_unknown_before_them(
    session: Session, ana: int
) -> None:
    # Nobody practised before the week from 6 May: whether there were data is not known.
    assert values(of_student(session, ana, "questions")) == [None, 20, 0, 4]
    assert values(of_student(session, ana, "time")) == [None, 400, 0, 40]
    assert values(of_student(session, ana, "xp")) == [None, 152, 0, 40]


def test_the_class_s_mean_stands_beside_a_student_s_counts(session: Session, ana: int) -> None:
    report = of_student(session, ana, "questions")
    assert [point.class_value for point in report.points] == [0, 20, 0, 12]
    assert (report.total, report.class_total, report.rests_on) == (24, 32, 3)


def test_the_first_and_the_last_period_say_when_they_are_not_whole(
    session: Session, ana: int
) -> None:
    report = of_student(session, ana, "questions")
    assert [point.partial for point in report.points] == [True, False, False, True]
    assert report.points[0].days == DateRange(day("05-01"), day("05-05"))
    # The data end on the 22nd: what lies after it is not known.
    assert report.points[-1].days == DateRange(day("05-20"), day("05-22"))


def test_a_student_who_joined_late_has_no_zeros_before(
    session: Session, school: SmallSchool, maths: int
) -> None:
    late = school.a_student("Late", maths, starts="05-15")
    school.practised(late, "05-21", 10, 5)
    report = of_student(session, late, "questions")
    assert values(report) == [None, None, 0, 10]
    assert [point.partial for point in report.points] == [True, False, True, True]


def test_practice_before_joining_is_still_shown(
    session: Session, school: SmallSchool, maths: int
) -> None:
    late = school.a_student("Late", maths, starts="05-20")
    school.practised(late, "05-08", 10, 5)
    assert values(of_student(session, late, "questions")) == [None, 10, None, 0]


def test_after_a_student_s_own_source_stopped_there_are_no_zeros(
    session: Session, school: SmallSchool, ana: int
) -> None:
    through = datetime(2024, 5, 10, 20, tzinfo=UTC)
    other = Feed(workspace_id=school.workspace.id, name="other", data_through=through)
    session.add(other)
    session.flush()
    ben = school.a_student("Cy", *session.scalars(select(Class.id)))
    school.practised(ben, "05-08", 10, 5)
    session.execute(update(Answer).where(Answer.student_id == ben).values(feed_id=other.id))
    report = of_student(session, ben, "questions")
    assert values(report) == [None, 10, None, None]
    assert [point.partial for point in report.points][1] is True


def test_who_has_left_is_no_mean_s_part_any_more(
    session: Session, school: SmallSchool, maths: int, ana: int
) -> None:
    school.a_student("Gone", maths, ends="05-12")
    report = of_student(session, ana, "questions")
    assert [point.class_value for point in report.points] == [0, pytest.approx(40 / 3), 0, 12]


def test_a_class_of_one_is_compared_with_nobody(school: SmallSchool, session: Session) -> None:
    only = school.a_class("Tutorial")
    maya = school.a_student("Maya", only)
    school.practised(maya, "05-07", 20, 20)
    school.data_through(NOW)
    report = of_student(session, maya, "questions")
    assert report.class_total is None
    assert {point.class_value for point in report.points} == {None}
    accuracy = of_class(session, only, "accuracy")
    assert (accuracy.total, accuracy.interval, accuracy.rests_on) == (1.0, None, 1)


def test_all_right_is_steady_and_without_a_line(school: SmallSchool, session: Session) -> None:
    maths = school.a_class()
    maya = school.a_student("Maya", maths)
    for text in ("05-01", "05-07", "05-14", "05-21"):
        school.practised(maya, text, 10, 10)
    school.data_through(NOW)
    report = of_student(session, maya, "accuracy")
    assert report.trend is not None
    assert (report.trend.direction, report.trend.slope) == ("steady", None)
    assert report.finding == (
        "Maya is steady: 100 % right, and no clear rise or fall over 4 weeks."
    )


def test_what_is_long_past_is_said_in_the_past(school: SmallSchool, session: Session) -> None:
    maths = school.a_class()
    maya = school.a_student("Maya", maths)
    for text in ("04-02", "04-09", "04-16", "04-23"):
        school.practised(maya, text, 10, 10)
    school.data_through(NOW)
    april = DateRange(day("04-01"), day("04-30"))
    report = of_student(session, maya, "accuracy", days=april)
    assert report.finding.startswith("Maya was steady: 100 % right")


def test_two_weeks_are_too_little_for_a_verdict(session: Session, ana: int) -> None:
    report = of_student(session, ana, "accuracy")
    assert report.trend is not None
    assert (report.trend.direction, report.trend.weeks) == (TOO_LITTLE, 1)
    assert of_student(session, ana, "questions").trend is None


def test_no_practice_at_all(school: SmallSchool, session: Session) -> None:
    maths = school.a_class()
    maya = school.a_student("Maya Okafor", maths)
    report = of_student(session, maya, "accuracy")
    assert (report.points, report.total, report.finding) == (
        (),
        None,
        "Maya has not practised yet.",
    )
    for metric in ("accuracy", "questions", "time", "xp", "engagement"):
        assert of_class(session, maths, metric).finding == "Nobody has practised yet."
    assert of_class(session, maths, "completion").finding.startswith("No assignment was due")


def test_a_student_of_no_class(school: SmallSchool, session: Session) -> None:
    maya = school.a_student("Maya Okafor")
    school.practised(maya, "05-07", 20, 10)
    school.data_through(NOW)
    report = of_student(session, maya, "questions")
    assert (report.class_id, report.class_total, values(report)) == (None, None, [None, 20, 0, 0])


def test_skills_before_the_range_and_at_its_end(
    session: Session, school: SmallSchool, ana: int
) -> None:
    ratio, fractions = school.a_skill("Ratio"), school.a_skill("Fractions")
    old = school.a_skill("Old")
    school.on_skill(ana, ratio, "04-20", 10, 5, "needs work", 0.5)
    school.on_skill(ana, ratio, "05-08", 10, 9, "mastered", 0.84, total=20)
    school.on_skill(ana, fractions, "05-09", 10, 6, "needs work", 0.6)
    school.on_skill(ana, old, "04-20", 10, 5, "in progress", 0.7)
    moves = {one.skill: one for one in of_student(session, ana, "accuracy").skills}
    assert moves.keys() == {"Ratio", "Fractions"}
    assert (moves["Ratio"].before, moves["Ratio"].now) == (0.5, 0.84)
    assert (moves["Ratio"].mastery_before, moves["Ratio"].mastery) == ("needs work", "mastered")
    assert (moves["Fractions"].before, moves["Fractions"].now) == (None, 0.6)
    assert of_student(session, ana, "questions").skills == ()


def test_what_stands_beside(session: Session, maths: int, ana: int) -> None:
    beside = of_student(session, ana, "questions", by="day").beside
    assert [(one.metric, one.by) for one in beside] == [
        (Metric.ACCURACY, "day"),
        (Metric.ACTIVE_DAYS, "week"),
    ]
    assert [point.value for point in beside[1].points] == [None, 2, 0, 1]
    of_all = of_class(session, maths, "questions").beside
    assert [point.value for point in of_all[1].points] == [None, 1.5, 0, 1]


def test_a_day_that_is_still_running_is_not_whole(
    session: Session, school: SmallSchool, ana: int
) -> None:
    school.practised(ana, "05-23", 5, 5)
    school.data_through(NOW)
    report = of_student(session, ana, "questions", days=3)
    assert report.by == "day"
    assert [point.partial for point in report.points] == [False, False, True]
    assert values(report) == [4, 0, 5]


def test_a_week_is_whole_from_the_morning_of_its_last_day_on() -> None:
    sunday = DateRange(day("05-13"), day("05-26"))
    assert [one.partial for one in periods(sunday, "week", day("05-26"))] == [False, False]
    saturday = DateRange(day("05-13"), day("05-25"))
    assert [one.partial for one in periods(saturday, "week", day("05-25"))] == [False, True]


def test_a_future_range_has_no_points(session: Session, maths: int, ana: int) -> None:
    future = DateRange(NOW.date() + timedelta(days=9), NOW.date() + timedelta(days=20))
    assert of_student(session, ana, "accuracy", days=future).points == ()
    assert of_class(session, maths, "engagement", days=future).total is None


def test_an_unknown_metric_or_period_is_refused_with_those_that_there_are(
    session: Session, maths: int, ana: int
) -> None:
    with pytest.raises(InvalidInput, match="accuracy, questions, time, xp\\."):
        of_student(session, ana, "engagement")
    with pytest.raises(InvalidInput, match="accuracy, questions, time, xp, engagement, completion"):
        of_class(session, maths, "active_days")
    with pytest.raises(InvalidInput, match="day, week, month"):
        of_class(session, maths, "accuracy", by="year")


def test_there_has_to_be_such_a_student_or_class(session: Session) -> None:
    with pytest.raises(NotFound):
        of_student(session, 1, "accuracy")
    with pytest.raises(NotFound):
        of_class(session, 1, "accuracy")


def test_the_report_is_plain_data(session: Session, ana: int) -> None:
    plain = of_student(session, ana, "accuracy").as_dict()
    assert plain["points"][1]["value"] == 0.7
    assert plain["points"][1]["start"] == "2024-05-06"
