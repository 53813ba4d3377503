"""Concerns, praise and what belongs to them in both reports, on both kinds of database."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from analytics.reports.classes import get_class_performance_report
from analytics.reports.data import ClassReport, ConcernKind, Severity, StudentReport
from analytics.reports.student import get_student_performance_report
from school.days import DateRange
from school.models import DailyProgress
from tests.analytics.school import SmallSchool, day

WEEKS = ("03-25", "04-01", "04-08", "04-15", "04-22", "04-29", "05-06", "05-13")
MAY = DateRange(day("05-06"), day("05-17"))
NOW = datetime(2024, 5, 18, 12, tzinfo=UTC)
DAYS = {"Ana": day("05-16"), "Ben": day("05-17"), "Cy": day("05-15")}
FRIDAY = datetime(2024, 5, 17, 20, tzinfo=UTC)


class Five:
    """Ana struggles with Ratio, Ben falls, Cy has just mastered Ratio, Dee is idle, Eve is new."""

    def __init__(self, school: SmallSchool) -> None:
        self.maths = school.a_class()
        self.ratio, self.division = school.a_skill("Ratio"), school.a_skill("Division")
        names = ("Ana", "Ben", "Cy", "Dee", "Eve")
        self.ids = {name: school.a_student(name, self.maths) for name in names}
        school.practised(self.ids["Ana"], "05-16", 30, 12)
        school.on_skill(self.ids["Ana"], self.ratio, "05-16", 20, 6, "needs work", 0.4)
        school.on_skill(self.ids["Ana"], self.division, "04-02", 12, 2, "needs work", 0.3)
        for week, monday in enumerate(WEEKS):
            school.practised(self.ids["Ben"], monday, 40, 38 - 3 * week)
        school.practised(self.ids["Ben"], "05-17", 10, 5)
        school.practised(self.ids["Cy"], "05-15", 20, 19)
        school.on_skill(
            self.ids["Cy"], self.ratio, "05-15", 20, 19, "mastered", 0.9, None, (12, "05-15")
        )
        school.practised(self.ids["Dee"], "05-03", 20, 15)
        school.practised(self.ids["Eve"], "05-17", 10, 8)
        school.data_through(FRIDAY)


@pytest.fixture
def five(school: SmallSchool) -> Five:
    """A class of five; Division comes before Ratio."""
    found = Five(school)
    school.comes_before(found.division, found.ratio)
    return found


@pytest.fixture
def report(five: Five, session: Session) -> ClassReport:
    """The class's report of two weeks."""
    return get_class_performance_report(five.maths, MAY, session=session, now=NOW)


def own(five: Five, name: str, session: Session) -> StudentReport:
    """One student's report of the same days."""
    return get_student_performance_report(
        five.ids[name], MAY, session=session, now=NOW, class_id=five.maths
    )


def test_who_needs_the_teacher_is_named_with_the_reasons_gravest_first(
    report: ClassReport,
) -> None:
    assert [(line.student, line.reason) for line in report.struggling] == [
        ("Dee", "no practice for 10 school days"),
        ("Ana", "Ratio 30 % of 20 questions"),
        ("Ben", "declining, 91 to 40 % in 8 weeks"),
    ]
    assert report.on_track == 2
    assert report.finding.startswith("2 of 5 are on track; ")
    grave = [one.concerns[0].severity for one in report.concerns if one.concerns]
    assert grave == [Severity.HIGH] * 3


def test_only_practice_of_the_last_twenty_school_days_is_a_concern(report: ClassReport) -> None:
    ana = next(one for one in report.concerns if one.student == "Ana")
    assert [(one.skill, one.questions) for one in ana.concerns] == [("Ratio", 20)]


def test_the_students_reports_name_the_same_concerns(
    five: Five, report: ClassReport, session: Session
) -> None:
    for name in five.ids:
        found = own(five, name, session)
        of_class = next((one for one in report.concerns if one.student == name), None)
        assert found.concerns == (of_class.concerns if of_class else ())
        assert found.praise == (of_class.praise if of_class else ())
        assert found.on_track == (not found.concerns)


def test_a_fall_before_the_range_is_seen_from_the_last_eight_weeks(
    five: Five, session: Session
) -> None:
    found = own(five, "Ben", session)
    assert [one.kind for one in found.concerns] == [ConcernKind.DECLINING]
    assert found.trend is not None
    assert found.trend.weeks == 2
    assert found.finding.startswith("Ben is declining: 91 to 40 % in eight weeks")


def test_a_skill_just_mastered_is_praised(
    five: Five, report: ClassReport, session: Session
) -> None:
    cy = next(one for one in report.concerns if one.student == "Cy")
    assert [(one.reason, one.day) for one in cy.praise] == [("mastered Ratio", day("05-15"))]
    assert own(five, "Cy", session).praise == cy.praise


def test_what_to_focus_on_and_the_root_cause_follow_the_graph(
    five: Five, report: ClassReport, session: Session
) -> None:
    assert [(one.skill, one.students, one.opens) for one in report.focus] == [
        ("Division", 1, 1),
        ("Ratio", 1, 0),
    ]
    causes = own(five, "Ana", session).root_causes
    assert [(one.skill, one.cause) for one in causes] == [("Ratio", "Division")]
    assert own(five, "Cy", session).root_causes == ()


def test_before_the_first_practice_nobody_is_judged(five: Five, session: Session) -> None:
    early = DateRange(day("01-08"), day("01-12"))
    of_class = get_class_performance_report(five.maths, early, session=session, now=NOW)
    assert (of_class.on_track, of_class.concerns) == (None, ())
    found = get_student_performance_report(five.ids["Ana"], early, session=session, now=NOW)
    assert (found.on_track, found.concerns) == (None, ())


def test_assignments_count_in_both_reports_and_an_overdue_one_is_a_concern(
    five: Five, school: SmallSchool, session: Session
) -> None:
    homework = school.an_assignment(
        five.maths, datetime(2024, 5, 14, 3, 59, tzinfo=UTC), five.ratio, title="Ratio homework"
    )
    done = datetime(2024, 5, 13, 20, tzinfo=UTC)
    school.assign(homework, five.ids["Cy"], completed_at=done)
    school.assign(homework, five.ids["Eve"])
    report = get_class_performance_report(five.maths, MAY, session=session, now=NOW)
    overall = report.overall
    assert (overall.assigned, overall.completed, overall.completion) == (2, 1, 0.5)
    assert [(one.title, one.completed) for one in report.assignments] == [("Ratio homework", 1)]
    assert [point.rate for point in report.completion] == [0.5]
    eve = own(five, "Eve", session)
    assert [(one.reason, one.days, one.severity) for one in eve.concerns] == [
        ("“Ratio homework” not done, 4 school days late", 4, Severity.HIGH)
    ]
    assert eve.assignments is not None
    assert (eve.assignments.assigned, eve.assignments.completed) == (1, 0)
    assert next(one.concerns for one in report.concerns if one.student == "Eve") == eve.concerns
    assert own(five, "Cy", session).assignments.rate == 1.0  # type: ignore[union-attr]


def test_the_range_before_is_looked_at_as_of_its_own_end(
    five: Five, school: SmallSchool, session: Session
) -> None:
    april = school.an_assignment(five.maths, datetime(2024, 5, 2, 3, 59, tzinfo=UTC), five.ratio)
    in_time, late = datetime(2024, 5, 1, tzinfo=UTC), datetime(2024, 5, 9, 20, tzinfo=UTC)
    school.assign(april, five.ids["Cy"], completed_at=in_time)
    school.assign(april, five.ids["Eve"], completed_at=late)
    before = MAY.previous()
    assert before is not None
    report = get_class_performance_report(five.maths, MAY, session=session, now=NOW)
    alone = get_class_performance_report(five.maths, before, session=session, now=NOW)
    assert report.previous is not None
    assert (report.previous.completed, report.previous.assigned) == (1, 2)
    assert report.previous.completion == alone.overall.completion == 0.5


def test_a_streak_ends_with_a_missed_school_day_wherever_the_student_is_enrolled(
    five: Five, school: SmallSchool, session: Session
) -> None:
    new = school.a_student("Flo", five.maths, starts="05-18")
    left = school.a_student("Gus", five.maths, ends="05-10")
    for text in ("05-06", "05-07", "05-08", "05-09", "05-10"):
        school.practised(new, text, 10, 8)
        school.practised(left, text, 10, 8)
    days = DateRange(day("05-06"), day("05-18"))
    for student in (new, left):
        report = get_student_performance_report(
            student, days, session=session, now=NOW, class_id=five.maths
        )
        assert report.motivation is not None
        assert (report.motivation.streak, report.motivation.longest_streak) == (0, 5)
        assert report.praise == ()
    found = get_class_performance_report(five.maths, days, session=session, now=NOW)
    assert "Flo" not in [one.student for one in found.concerns]


def test_places_by_xp_are_the_same_in_both_reports(
    five: Five, school: SmallSchool, session: Session
) -> None:
    for name, xp in (("Ana", 120.0), ("Ben", 300.0), ("Cy", 120.0)):
        row = session.get(DailyProgress, (school.workspace.id, five.ids[name], DAYS[name]))
        assert row is not None
        row.xp = xp
    session.flush()
    report = get_class_performance_report(five.maths, MAY, session=session, now=NOW)
    assert [(one.student, one.place) for one in report.leaderboard] == [
        ("Ben", 1),
        ("Ana", 2),
        ("Cy", 2),
    ]
    cy = own(five, "Cy", session).motivation
    assert cy is not None
    assert (cy.xp, cy.place, cy.placed, cy.streak) == (120.0, 2, 3, 0)


def test_days_that_lie_ahead_are_not_judged(five: Five, session: Session) -> None:
    ahead = DateRange(day("05-20"), day("06-20"))
    maths = get_class_performance_report(five.maths, ahead, session=session, now=NOW)
    assert (maths.on_track, maths.concerns) == (None, ())
    ana = get_student_performance_report(
        five.ids["Ana"], ahead, session=session, now=NOW, class_id=five.maths
    )
    assert (ana.on_track, ana.concerns) == (None, ())
