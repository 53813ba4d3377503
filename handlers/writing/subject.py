"""What a message is about, where only the student is known: the gravest concern, else praise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from analytics.reports.data import Concern, ConcernKind, PraiseKind, StudentReport
from analytics.reports.student import get_student_performance_report
from handlers.codec import Ref
from handlers.people import Asker
from school.access import classes_shared
from school.days import parse_range

PRAISE = "praise"
FITTING: Mapping[str, str] = {
    ConcernKind.STRUGGLING: "struggling_video",
    ConcernKind.DECLINING: "struggling_video",
    ConcernKind.OVERDUE: "overdue_not_started",
}
"""The template that promises nothing and is true of the concern: not the first of its category."""
PRAISING = {
    PraiseKind.MASTERED: "encouragement_accuracy",
    PraiseKind.IMPROVING: "encouragement_accuracy",
    PraiseKind.STREAK: "encouragement_streak",
}
RANGE = "30d"


@dataclass(frozen=True, slots=True)
class Subject:
    """A concern's code with its skill and assignment, as far as it has them; `template` is the
    code of the one that fits best, where it is not the first of its category.
    """

    concern: str | None = None
    skill: int | None = None
    assignment: int | None = None
    template: str | None = None


def with_subject(asker: Asker, ref: Ref, *, session: Session) -> tuple[Ref, str | None]:
    """The reference with what the message is about, and the code of the template that fits best.

    What the reference says already is kept. The caller opens the student, which audits it.
    """
    shared = classes_shared(session, asker.viewer, ref.student or 0)
    class_id = ref.class_id if ref.class_id in shared else next(iter(shared), None)
    report = get_student_performance_report(
        ref.student or 0,
        parse_range(RANGE, asker.viewer.today),
        session=session,
        now=asker.now,
        class_id=class_id,
    )
    found = next((one for one in subjects_of(report) if ref.concern in (None, one.concern)), None)
    about = found or Subject(ref.concern)
    whole = replace(
        ref,
        class_id=class_id,
        concern=about.concern,
        skill=ref.skill or about.skill,
        assignment=ref.assignment or about.assignment,
    )
    return whole, about.template


def subjects_of(report: StudentReport) -> Iterator[Subject]:
    """The gravest first."""
    yield from (_of_concern(one) for one in report.concerns)
    for one in report.praise:
        yield Subject(PRAISE, one.skill_id, template=PRAISING[one.kind])


def _of_concern(one: Concern) -> Subject:
    return Subject(one.kind.value, one.skill_id, one.assignment_id, FITTING.get(one.kind))
