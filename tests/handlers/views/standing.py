"""Both messages, and their modals of numbers, in words; what may stand in them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from analytics.reports.data import Concern, ConcernKind, OwnAssignment, Severity
from handlers.codec import Ref
from handlers.views.reports.class_report import class_report_message
from handlers.views.reports.numbers import numbers_modal
from handlers.views.reports.skills import skills_modal
from handlers.views.reports.student_report import student_report_message
from tests.analytics.charts.samples import class_report, student_report
from tests.e2e.reading import words_of

TODAY = datetime(2026, 11, 20, 9, tzinfo=UTC)


def student(**changes: Any) -> str:
    """The student's message in words."""
    report = replace(student_report(), **changes)
    return words_of(student_report_message(report, Ref(student=7), TODAY, (), "F1"))


def skills(**changes: Any) -> str:
    """The last page of all skills in words."""
    report = replace(student_report(), **changes)
    return words_of(skills_modal(report, Ref(student=7), 9, TODAY)["blocks"])


def school_class(**changes: Any) -> str:
    """The class's message in words."""
    report = replace(class_report(), **changes)
    return words_of(class_report_message(report, Ref(class_id=1), TODAY, (), "F1"))


def numbers(**changes: Any) -> str:
    """The last page of a class's numbers in words."""
    report = replace(class_report(), **changes)
    return words_of(numbers_modal(report, Ref(class_id=1), 9, TODAY)["blocks"])


def concern(kind: ConcernKind, reason: str, **more: Any) -> Concern:
    """A concern of medium severity."""
    return Concern(kind, Severity.MEDIUM, reason, **more)


def homework(title: str, state: str, day: int, **more: Any) -> OwnAssignment:
    """An assignment of 15 questions, 12 of them answered."""
    given = OwnAssignment(
        1, title, ("Ratio",), date(2026, 11, day), state, 15, 12, 0.75, None, None
    )
    return replace(given, **more)
