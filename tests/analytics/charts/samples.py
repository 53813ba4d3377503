"""Made-up reports that look like real ones, from full to empty, for tests and benchmarks."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import sqrt

from analytics.reports.data import (
    ClassOverall,
    ClassReport,
    Comparison,
    Coverage,
    Heatmap,
    Interval,
    Overall,
    SkillLine,
    StudentLine,
    StudentReport,
    TrendPoint,
)
from school.days import DateRange
from school.mastery import Mastery

END = date(2026, 11, 20)
SKILLS = (
    "Equivalent fractions",
    "Ratio and proportion",
    "Division with remainders",
    "Decimals",
    "Multiplication",
    "Place value",
    "Adding fractions with unlike denominators",
    "Area",
    "Angles",
    "Reading graphs",
    "Perimeter",
    "Negative numbers",
)
NAMES = (
    "Maya Okafor",
    "Leo Park",
    "Ana Ruiz",
    "Sam O’Neil",
    "Mia Olsen",
    "Ben Stone",
    "Ines Costa",
    "王小明",
    "محمد عبد الله",
    "मोहन शर्मा",
    "Zoë Åström",
    "Jürgen Müller-Lüdenscheidt",
    "Ada Obi",
    "Noah Kim",
    "Emma Watson",
    "Yusuf Demir",
    "Łukasz Żak",
    "Σοφία Νικολάου",
    "Олена Шевченко",
    "Nguyễn Thị Ánh",
    "김민준",
    "さくら 田中",
    "David Cohen",
    "שרה לוי",
    "Chloé Dubois",
    "Tom Baker",
    "Priya Nair",
    "Omar Haddad",
    "Lily Chen",
    "Jack Brown",
)
LABELS = (Mastery.NEEDS_WORK, Mastery.IN_PROGRESS, Mastery.MASTERED, Mastery.TOO_LITTLE)


def wilson(share: float, n: int) -> Interval:
    """A 95 % Wilson interval."""
    z = 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(max(0.0, middle - half), min(1.0, middle + half))


def point(start: date, correct: int, questions: int, theirs: float | None = None) -> TrendPoint:
    """A period with its interval; without a question a gap."""
    if not questions:
        return TrendPoint(start, None, 0, None, theirs)
    share = correct / questions
    return TrendPoint(start, share, questions, wilson(share, questions), theirs)


def weeks(counts: list[tuple[int, int]], theirs: float | None = 0.66) -> tuple[TrendPoint, ...]:
    """Weeks up to the last Monday, each with its right answers out of its questions."""
    first = date(2026, 11, 16) - timedelta(weeks=len(counts) - 1)
    return tuple(
        point(first + timedelta(weeks=i), c, n, theirs and theirs + 0.012 * ((i * 5) % 7 - 3))
        for i, (c, n) in enumerate(counts)
    )


STEADY = [(18, 30), (21, 34), (17, 28), (24, 36), (26, 38), (0, 0), (31, 43), (29, 38), (22, 30)]


def skill_line(index: int, name: str, label: Mastery, accuracy: float | None) -> SkillLine:
    """A skill that stands at place `index`."""
    questions = 0 if accuracy is None else 24
    return SkillLine(name, accuracy, label.value, questions, index, accuracy, 40, END, index)


def student_report(name: str = "Maya Okafor") -> StudentReport:
    """A student with nine weeks of practice on twelve skills."""
    accuracies = (0.52, 0.6, 0.64, 0.71, 0.9, 0.86, None, 0.74, 0.93, 0.81, 0.7, 0.4)
    labels = (0, 0, 1, 1, 2, 2, 3, 1, 2, 2, 1, 3)
    skills = tuple(
        skill_line(i, SKILLS[i], LABELS[labels[i]], accuracies[i]) for i in range(len(SKILLS))
    )
    return StudentReport(
        student_id=7,
        student=name,
        class_id=1,
        class_title="Grade 5 Maths",
        range=DateRange(END - timedelta(days=59), END, "days"),
        timezone="Europe/London",
        coverage=Coverage(datetime(2026, 11, 20, 8, tzinfo=UTC), date(2026, 9, 1), END),
        overall=Overall(0.68, 277, 22_200, 8, 12, 188, wilson(0.68, 277), 0, 31),
        previous=None,
        skills=skills,
        trends=weeks(STEADY)[-5:],
        progress=weeks(STEADY),
        progress_by="week",
        comparison=Comparison(0.66, 72.0, 26, "upper middle", False),
        recent=(),
        finding="Maya is improving: 61 to 74 % in eight weeks, but Fractions needs work.",
        replaying=False,
    )


def student_line(index: int, name: str, accuracy: float | None) -> StudentLine:
    """A student in the ranking."""
    return StudentLine(index, name, accuracy, 120, index + 1, 50.0, 4, (), END)


def class_report(students: int = 30, skills: int = 12) -> ClassReport:
    """A class whose first students are the strongest."""
    names = [
        NAMES[i % len(NAMES)] + (f" {i // 30 + 1}" if i >= 30 else "") for i in range(students)
    ]
    lines = tuple(
        student_line(i, name, 0.93 - 0.5 * i / max(students, 1)) for i, name in enumerate(names)
    )
    return ClassReport(
        class_id=1,
        title="Grade 5 Maths",
        range=DateRange(END - timedelta(days=29), END, "days"),
        timezone="Europe/London",
        coverage=Coverage(datetime(2026, 11, 20, 8, tzinfo=UTC), date(2026, 9, 1), END),
        overall=ClassOverall(
            0.68,
            Interval(0.63, 0.73),
            students,
            0.67,
            4000,
            90_000,
            students,
            students,
            0.62,
            3.1,
            0.2,
        ),
        previous=None,
        ranking=lines,
        distribution=(0, 0, 0, 1, 3, 5, 8, 7, 4, 2),
        heatmap=heatmap(names, skills),
        trends=weeks(STEADY, None),
        top=lines[:3],
        struggling=lines[::-1][:3],
        finding="18 of 27 are on track; half the class is stuck on Fractions.",
        replaying=False,
    )


def heatmap(names: list[str], skills: int) -> Heatmap:
    """States that get worse down the rows and better along the columns, with some unrest."""
    rows = range(len(names))
    estimates = tuple(
        tuple(
            0.95
            - 0.5 * row / max(len(names), 1)
            - 0.03 * (skills - column)
            + 0.05 * ((row * 7 + column * 5) % 9 - 4) / 2
            for column in range(skills)
        )
        for row in rows
    )
    labels = tuple(
        tuple(_label(estimates[row][column], row, column) for column in range(skills))
        for row in rows
    )
    return Heatmap(
        tuple(names), tuple(rows), SKILLS[:skills], tuple(range(skills)), labels, estimates
    )


def _label(estimate: float, row: int, column: int) -> str:
    if (row * 11 + column * 3) % 17 == 0:
        return Mastery.TOO_LITTLE.value
    if estimate < 0.5:
        return Mastery.NEEDS_WORK.value
    return (Mastery.MASTERED if estimate >= 0.72 else Mastery.IN_PROGRESS).value


def empty_student() -> StudentReport:
    """A student without any practice and without a class."""
    return replace(
        student_report(),
        overall=Overall(None, 0, 0, 0, 0, 0, None, 0, 0),
        skills=(),
        trends=(),
        progress=(),
        class_id=None,
        class_title=None,
        comparison=Comparison(None, None, 0, None, False),
    )
