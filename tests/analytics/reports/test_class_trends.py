"""A class's trends, worked out by hand for small classes, on both kinds of database."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from analytics.reports.classes import get_class_performance_report
from school.models import Answer, Feed
from tests.analytics.reports import may
from tests.analytics.reports.may import MAY, NOW, of_class, values
from tests.analytics.school import SmallSchool, day

maths, ana = may.maths, may.ana


def test_a_class_s_amounts_add_up(session: Session, maths: int, ana: int) -> None:
    report = of_class(session, maths, "questions")
    assert values(report) == [None, 40, 0, 24]
    assert [point.rests_on for point in report.points] == [0, 2, 0, 2]
    assert (report.total, report.rests_on, report.students) == (64, 2, 2)
    assert values(of_class(session, maths, "time")) == [None, 1000, 0, 640]
    assert values(of_class(session, maths, "xp")) == [None, 272, 0, 192]


def test_a_class_s_accuracy_by_month(session: Session, maths: int, ana: int) -> None:
    report = of_class(session, maths, "accuracy", by="month")
    assert [point.start for point in report.points] == [day("05-01")]
    # Ben 24 of 40, Ana 18 of 24.
    assert values(report) == [pytest.approx((24 / 40 + 18 / 24) / 2)]
    assert report.points[0].rests_on == 2


def test_a_week_of_holidays_is_a_gap_for_engagement(
    session: Session, school: SmallSchool, maths: int, ana: int
) -> None:
    for number in range(13, 18):
        school.holiday(f"05-{number}")
    report = of_class(session, maths, "engagement")
    # 1 to 3 May; then Ben 1 and Ana 2 of 5 days; then a week off; then Ben 1 and Ana 1 of 3.
    assert values(report) == [0, pytest.approx(0.3), None, pytest.approx(1 / 3)]
    assert [point.rests_on for point in report.points] == [2, 2, 0, 2]


def test_a_class_s_completion_by_week(
    session: Session, school: SmallSchool, maths: int, ana: int
) -> None:
    one = school.an_assignment(maths, datetime(2024, 5, 10, 20, tzinfo=UTC))
    school.assign(one, ana, completed_at=datetime(2024, 5, 9, 20, tzinfo=UTC))
    school.assign(one, _ben(school, maths))
    report = of_class(session, maths, "completion")
    assert values(report) == [None, 0.5, None, None]
    assert (report.total, report.rests_on) == (0.5, 2)
    assert report.finding == "50 % of what was due in these 31 days has been done: 1 of 2."
    assert [one.completed for one in report.completion] == [1]


def _ben(school: SmallSchool, class_id: int) -> int:
    return school.a_student("Ben Two", class_id)


def test_a_class_s_states_before_and_at_the_end(
    session: Session, school: SmallSchool, maths: int, ana: int
) -> None:
    ratio = school.a_skill("Ratio")
    school.on_skill(ana, ratio, "04-20", 10, 5, "needs work", 0.5)
    school.on_skill(ana, ratio, "05-08", 10, 9, "mastered", 0.84, total=20)
    before, now = of_class(session, maths, "accuracy").shares
    assert dict(before.counts)["needs work"] == 1
    assert dict(now.counts)["mastered"] == 1
    assert dict(before.counts)["too little practice"] == 1
    assert (before.day, now.day) == (day("04-30"), day("05-31"))


def test_a_class_is_judged_by_week_at_the_shortest_unless_asked_otherwise(
    session: Session, maths: int, ana: int
) -> None:
    assert of_class(session, maths, "accuracy", days=7).by == "week"
    assert of_class(session, maths, "completion", days=7).by == "week"
    assert of_class(session, maths, "questions", days=7).by == "day"
    assert of_class(session, maths, "accuracy", days=7, by="day").by == "day"


def test_both_reports_of_a_class_say_the_same_of_the_whole_range(
    session: Session, school: SmallSchool, maths: int, ana: int
) -> None:
    school.a_student("Late", maths, starts="05-15")
    given = school.an_assignment(maths, datetime(2024, 5, 10, 20, tzinfo=UTC))
    school.assign(given, ana, completed_at=datetime(2024, 5, 11, 20, tzinfo=UTC))
    overall = get_class_performance_report(maths, MAY, session=session, now=NOW).overall
    assert of_class(session, maths, "accuracy").total == overall.accuracy
    assert of_class(session, maths, "accuracy").interval == overall.interval
    assert of_class(session, maths, "questions").total == overall.questions
    assert of_class(session, maths, "time").total == pytest.approx(overall.time)
    assert of_class(session, maths, "engagement").total == overall.engagement
    assert of_class(session, maths, "completion").total == overall.completion == 1.0


def test_days_after_a_student_s_own_source_stopped_are_not_judged(
    session: Session, school: SmallSchool, maths: int, ana: int
) -> None:
    before = of_class(session, maths, "engagement")
    assert before.points[-1].rests_on == 2
    other = Feed(
        workspace_id=school.workspace.id,
        name="other",
        data_through=datetime(2024, 5, 10, 20, tzinfo=UTC),
    )
    session.add(other)
    session.flush()
    session.execute(update(Answer).where(Answer.student_id == ana).values(feed_id=other.id))
    report = of_class(session, maths, "engagement")
    assert report.points[-1].rests_on == 1
    overall = get_class_performance_report(maths, MAY, session=session, now=NOW).overall
    assert report.total == overall.engagement
