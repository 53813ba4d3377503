"""Before and after an assignment, as facts: never an effect (docs/assignments.md)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from analytics import stats
from analytics.calendar import school_calendar
from analytics.queries.mastery import skill_totals
from analytics.thresholds import JUDGED_QUESTIONS
from interventions.assignments.shapes import AssignmentView, PartView
from school.days import DateRange, local_day
from school.zones import zone_of

SCHOOL_DAYS = 10
"""The length of the window before, as in METRICS' windows of effects."""


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """A student's practice on the skills of an assignment: before it was set, and for it.

    Before: the 10 school days that end on the day before, a question that names two of the skills
    counted under each. `questions` and `correct` are those of the assignment.
    """

    questions_before: int
    correct_before: int
    questions: int
    correct: int

    @property
    def before(self) -> float | None:
        """The accuracy before; None with too few questions to say."""
        if self.questions_before < JUDGED_QUESTIONS:
            return None
        return stats.share(self.correct_before, self.questions_before)

    @property
    def after(self) -> float | None:
        """The accuracy on the assignment; None with too few questions to say."""
        if self.questions < JUDGED_QUESTIONS:
            return None
        return stats.share(self.correct, self.questions)


def before_and_after(
    view: AssignmentView, part: PartView, workspace_id: int, *, session: Session
) -> BeforeAfter:
    """The figures of one student."""
    days = days_before(view.assigned_at, workspace_id, session=session)
    wanted = {skill_id for skill_id, _ in view.skills}
    sums = [
        one
        for one in skill_totals(session, workspace_id, [part.student_id], days)
        if one.skill_id in wanted
    ]
    return BeforeAfter(
        sum(one.questions for one in sums),
        sum(one.correct for one in sums),
        part.questions,
        part.correct,
    )


def days_before(moment: datetime, workspace_id: int, *, session: Session) -> DateRange:
    """The 10 school days before the local day of a moment, that day in none of them."""
    last: date = local_day(moment, zone_of(session, workspace_id)) - timedelta(days=1)
    calendar = school_calendar(session, workspace_id)
    return DateRange(calendar.back(last, SCHOOL_DAYS), last)
