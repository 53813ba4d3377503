"""The demo school is whole, the same every time, and its stories come out in the reports."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from sqlalchemy import func, select

from analytics.reports.classes import get_class_performance_report
from analytics.reports.data import (
    DECLINING,
    IMPROVING,
    ClassReport,
    SkillLine,
    StudentReport,
    TrendPoint,
)
from analytics.reports.student import get_student_performance_report
from school.access import open_student, viewer_for_slack, visible_classes
from school.days import last_days, local_day
from school.demo.people import INES
from school.models import (
    Answer,
    Class,
    Enrolment,
    Feed,
    Role,
    Skill,
    SkillPrerequisite,
    StaleProgress,
    Student,
    Term,
    User,
)
from school.names import match_students
from tests.school.days import school_days
from tests.school.demo.conftest import Built

DAY = timedelta(days=1)


@pytest.fixture
def class_report(built: Built) -> ClassReport:
    """Grade 5 over the last 30 days."""
    session_factory, _, now = built
    with session_factory() as session:
        class_id = session.scalars(select(Class.id).where(Class.grade == "5")).one()
        days = last_days(30, _today(now))
        return get_class_performance_report(class_id, days, session=session, now=now)


def _today(now: datetime) -> date:
    return local_day(now, ZoneInfo("America/New_York"))


def report(built: Built, name: str, days: int = 60) -> StudentReport:
    session_factory, _, now = built
    given, family = name.split()
    with session_factory() as session:
        student_id = session.scalars(
            select(Student.id).filter_by(given_name=given, family_name=family)
        ).one()
        return get_student_performance_report(
            student_id, last_days(days, _today(now)), session=session, now=now
        )


def skill(report: StudentReport, name: str) -> SkillLine:
    return next(one for one in report.skills if one.skill == name)


def fitted(points: tuple[TrendPoint, ...]) -> tuple[float, float]:
    """The ends of a line through the accuracies, weighted by questions, in points."""
    used = [one for one in points if one.accuracy is not None]
    days = np.array([(one.start - used[0].start).days for one in used])
    accuracy = np.array([100 * (one.accuracy or 0) for one in used])
    weights = np.sqrt([one.questions for one in used])
    slope, level = np.polyfit(days, accuracy, 1, w=weights)
    return float(level), float(level + slope * days[-1])


def test_three_teachers_and_an_administrator_a_hundred_students_and_a_term_that_ends_today(
    built: Built,
) -> None:
    session_factory, school, now = built
    with session_factory() as session:
        counts = [
            session.scalar(select(func.count()).select_from(model))
            for model in (User, Class, Student, Enrolment, Skill)
        ]
        term = session.scalars(select(Term)).one()
        edges = session.scalar(select(func.count()).select_from(SkillPrerequisite))
    assert counts == [4, 4, 100, 100, 20]
    assert term.ends_on == _today(now)
    assert edges is not None
    assert edges > 18
    assert [one.name for one in school.teachers] == ["Elena Ruiz", "Omar Haddad", "Hana Mori"]


def test_one_class_is_taught_by_two(built: Built) -> None:
    session_factory, school, now = built
    titles = []
    with session_factory() as session:
        for one in school.teachers:
            viewer = viewer_for_slack(
                session, school.workspace_id, one.slack_user_id, None, now=now
            )
            titles.append([found.title for found in visible_classes(session, viewer)])
    assert titles == [
        ["Grade 5 Maths", "Grade 6 Maths"],
        ["Grade 6 Maths", "Grade 7 Maths"],
        ["Grade 4 Maths"],
    ]


def test_an_administrator_sees_every_class(built: Built) -> None:
    session_factory, school, now = built
    with session_factory() as session:
        viewer = viewer_for_slack(session, school.workspace_id, INES.slack_user_id, None, now=now)
        assert viewer.role is Role.ADMINISTRATOR
        assert len(visible_classes(session, viewer)) == 4


def test_maya_is_found_at_once_and_emma_leaves_a_choice(built: Built) -> None:
    session_factory, school, now = built
    with session_factory.begin() as session:
        slack_id = school.teachers[0].slack_user_id
        viewer = viewer_for_slack(session, school.workspace_id, slack_id, None, now=now)
        (maya,) = match_students(session, viewer, "Maya").found
        assert open_student(session, viewer, maya.id, "test", now=now).name == "Maya Okafor"
        emmas = match_students(session, viewer, "Emma Novak").found
    assert [one.class_title for one in emmas] == ["Grade 5 Maths", "Grade 6 Maths"]


def test_practice_reaches_the_morning_and_nothing_is_left_to_work_out(built: Built) -> None:
    session_factory, _, now = built
    with session_factory() as session:
        newest = session.scalar(select(func.max(Answer.answered_at)))
        feed = session.scalars(select(Feed)).one()
        assert session.scalars(select(StaleProgress)).all() == []
    assert newest is not None
    assert newest <= now
    assert feed.data_through == newest
    assert now - newest < timedelta(days=2)


def test_maya_improves_but_fractions_need_work(built: Built) -> None:
    maya = report(built, "Maya Okafor")
    before, after = fitted(maya.progress)
    assert 55 < before < 68
    assert 70 < after < 88
    assert maya.trend is not None
    assert maya.trend.direction == IMPROVING
    assert "improving" in maya.finding
    assert "need work" in maya.finding or "needs work" in maya.finding
    assert [skill(maya, name).mastery for name in ("Fractions", "Equivalent fractions")] == [
        "needs work",
        "needs work",
    ]
    assert skill(maya, "Multiplication").mastery == "mastered"


def test_leo_has_not_practised_for_ten_school_days(built: Built, class_report: ClassReport) -> None:
    _, _, now = built
    last = report(built, "Leo Park").coverage.last_day
    assert last is not None
    assert school_days(last + DAY, _today(now) - DAY, ()) == 10
    assert "Leo Park" in [one.student for one in class_report.struggling]


def test_ana_needs_work_on_division(built: Built) -> None:
    division = skill(report(built, "Ana Ruiz", 28), "Division")
    assert division.mastery == "needs work"
    assert division.questions >= 35
    assert division.accuracy == pytest.approx(0.46, abs=0.04)


def test_sam_declines(built: Built) -> None:
    sam = report(built, "Sam O'Neil")
    before, after = fitted(sam.progress)
    assert before - after > 14
    assert sam.trend is not None
    assert sam.trend.direction == DECLINING
    assert sam.trend.p is not None
    assert sam.trend.p < 0.01


def test_about_half_of_the_class_is_stuck_on_fractions(class_report: ClassReport) -> None:
    heatmap = class_report.heatmap
    stuck = {
        name: sum(row[column] == "needs work" for row in heatmap.labels)
        for column, name in enumerate(heatmap.skills)
    }
    assert 8 <= max(stuck["Fractions"], stuck["Equivalent fractions"]) <= 18


def test_somebody_excels_and_somebody_struggles(class_report: ClassReport) -> None:
    accuracies = [one.accuracy for one in class_report.ranking if one.accuracy is not None]
    assert max(accuracies) > 0.85
    assert min(accuracies) < 0.65
    assert len(accuracies) == 27
