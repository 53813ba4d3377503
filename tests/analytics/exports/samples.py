"""Reports with every part filled, as all analytics together make them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from analytics.reports.data import (
    Achievement,
    AssignmentLine,
    ClassReport,
    CompletionPoint,
    Concern,
    ConcernKind,
    FocusSkill,
    Heatmap,
    Interval,
    Motivation,
    Overall,
    OwnAssignment,
    Place,
    Praise,
    PraiseKind,
    Prerequisite,
    RootCause,
    SessionLine,
    Severity,
    SkillReport,
    SkillStudent,
    Strength,
    StudentAssignments,
    StudentConcerns,
    StudentReport,
    Survival,
    Trend,
)
from school.mastery import Mastery
from tests.analytics.charts.samples import END, LABELS, NAMES, STEADY, weeks, wilson
from tests.analytics.charts.samples import class_report as plain_class
from tests.analytics.charts.samples import student_report as plain_student

NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)


def assignments() -> StudentAssignments:
    """Two done, one of them late, one open, one overdue."""
    lines = tuple(
        OwnAssignment(
            number,
            title,
            ("Decimals",),
            END + timedelta(days=due),
            state,
            15,
            questions,
            accuracy,
            None,
            None,
            overdue_days=days,
        )
        for number, (title, due, state, questions, accuracy, days) in enumerate(
            (
                ("Decimals, part 1", -20, "completed", 15, 0.8, 0),
                ("Decimals, part 2", -9, "completed late", 16, 0.75, 0),
                ("Fractions again", -4, "overdue", 6, 0.5, 3),
                ("Angles", 3, "open", 0, None, 0),
            )
        )
    )
    return StudentAssignments(3, 2, 1, 2 / 3, lines, lines[3:], lines[2:3])


def student_report(name: str = "Maya Okafor") -> StudentReport:
    """A student with everything that a report can hold."""
    plain = plain_student(name)
    gap = Interval(0.05, 0.3)
    return replace(
        plain,
        previous=Overall(0.63, 236, 20_000, 6, 12, 149, wilson(0.63, 236), 0, 25),
        recent=tuple(
            SessionLine(END - timedelta(days=n), "Decimals", 12 + n, 0.75, 14.5, n == 1)
            for n in range(5)
        ),
        trend=Trend("improving", 8, 9, 0.016, 0.003, 0.61, 0.74),
        strengths=(Strength(4, "Multiplication", 0.9, 24, 0.71, 0.17, gap),),
        weaknesses=(Strength(0, "Equivalent fractions", 0.52, 24, 0.69, -0.19, gap),),
        root_causes=(RootCause(1, "Ratio and proportion", 0, "Equivalent fractions", ()),),
        concerns=(
            Concern(ConcernKind.STRUGGLING, Severity.HIGH, "Equivalent fractions 52 % of 24"),
            Concern(ConcernKind.OVERDUE, Severity.MEDIUM, "“Fractions again” is 3 days overdue"),
        ),
        praise=(Praise(PraiseKind.MASTERED, "mastered Place value on 12 Nov"),),
        on_track=False,
        assignments=assignments(),
        motivation=Motivation(
            2100,
            4210,
            5,
            12,
            3,
            26,
            False,
            (Achievement("first 500 questions", END), Achievement("10-day streak", END)),
        ),
    )


def class_report(students: int = 27, skills: int = 12) -> ClassReport:
    """A class with everything that a report can hold; names of many scripts."""
    plain = plain_class(students, min(skills, 12))
    late = Concern(ConcernKind.INACTIVE, Severity.HIGH, "no practice for 10 school days", days=10)
    return replace(
        plain,
        overall=replace(
            plain.overall, assigned=80, completed=65, completed_late=8, completion=65 / 80
        ),
        previous=plain.overall,
        ranking=tuple(
            replace(line, needs_work=plain.heatmap.skills[: 1 + place % 5])
            for place, line in enumerate(plain.ranking)
        ),
        heatmap=widened(plain, skills) if skills > 12 else plain.heatmap,
        trends=tuple(replace(point, students=students) for point in plain.trends),
        left_since=1,
        on_track=18,
        concerns=tuple(
            StudentConcerns(line.student_id, line.student, (late,)) for line in plain.struggling
        ),
        focus=(FocusSkill(0, "Equivalent fractions", 13, 4, 65),),
        assignments=tuple(
            AssignmentLine(n, f"Decimals, part {n}", (), END, True, 27, 22, 3, 400, 0.71)
            for n in range(1, 5)
        ),
        completion=tuple(
            CompletionPoint(END - timedelta(weeks=n), 27, 22, 2, 22 / 27) for n in range(4)
        ),
        leaderboard=tuple(
            Place(line.student_id, line.student, place + 1, 900.0 - 20 * place)
            for place, line in enumerate(plain.ranking)
        ),
    )


def widened(report: ClassReport, skills: int) -> Heatmap:
    """Its heatmap with so many skills."""
    heat = report.heatmap
    times = -(-skills // len(heat.skills))
    return replace(
        heat,
        skills=tuple(f"{heat.skills[n % len(heat.skills)]} {n}" for n in range(skills)),
        skill_ids=tuple(range(skills)),
        labels=tuple((row * times)[:skills] for row in heat.labels),
        estimates=tuple((row * times)[:skills] for row in heat.estimates),
    )


def skill_student(place: int, name: str) -> SkillStudent:
    """A student who stands with the skill as the place says."""
    share = None if place % 7 == 6 else 0.4 + 0.02 * place
    return SkillStudent(
        place,
        name,
        share,
        0 if share is None else 20,
        wilson(share, 20) if share else None,
        LABELS[place % 4].value,
        share,
        30,
        END - timedelta(days=place),
        "Place value" if place % 4 == 0 else None,
    )


def skill_report(students: int = 27) -> SkillReport:
    """How a class stands with fractions."""
    plain = plain_class(students, 12)
    everyone = tuple(skill_student(place, name) for place, name in enumerate(NAMES[:students]))
    counts = tuple(
        (label.value, sum(one.mastery == label for one in everyone)) for label in Mastery
    )
    return SkillReport(
        class_id=1,
        class_title="Grade 5 Maths",
        skill_id=3,
        skill="Equivalent fractions",
        range=plain.range,
        timezone=plain.timezone,
        coverage=plain.coverage,
        students=everyone,
        distribution=counts,
        accuracy=0.61,
        interval=Interval(0.55, 0.67),
        judged=20,
        pooled=0.6,
        questions=480,
        survival=Survival(25, 13, 31.0, 8.5, ((10.0, 0.9), (31.0, 0.5))),
        struggling=everyone[:8:4],
        prerequisites=(
            Prerequisite(5, "Place value", 1, 5, 2, 12, 8),
            Prerequisite(6, "Division with remainders", 2, 3, 1, 15, 8),
        ),
        root_causes=(("Place value", 5),),
        later=("Adding fractions with unlike denominators", "Ratio and proportion"),
        focus=(FocusSkill(5, "Place value", 5, 3, 20),),
        trends=tuple(replace(point, students=20) for point in weeks(STEADY, None)),
        trends_by="week",
        finding="7 of 27 need work on Equivalent fractions; 5 of them are stuck on Place value.",
        replaying=False,
    )


def nothing_yet(report: StudentReport) -> StudentReport:
    """The student before the first answer."""
    nothing = Overall(None, 0, 0, 0, 0, 0, None, 0, 0)
    return replace(
        plain_student(report.student),
        overall=nothing,
        skills=(),
        trends=(),
        progress=(),
        finding=f"{report.student} has not practised yet.",
        coverage=replace(report.coverage, first_day=None, last_day=None),
        range=replace(report.range, end=date(2026, 11, 20)),
    )
