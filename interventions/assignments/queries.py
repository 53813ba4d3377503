"""Reading assignments for cards, notices and the history: in few queries, whatever their number."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.queries.people import newest_data, student_head
from interventions.assignments.shapes import AssignmentView, PartView
from interventions.outcomes import Outcome, State
from school.days import day_start, local_day
from school.models import (
    Assignment,
    AssignmentSkill,
    AssignmentStudent,
    Intervention,
    Skill,
    Student,
)
from school.names import look
from school.zones import zone_of


def names_of(students: Sequence[Student]) -> dict[int, str]:
    """The names of students who stand in one list, namesakes with their roster ids."""
    alike = Counter(look(one.name) for one in students)
    return {
        one.id: one.name if alike[look(one.name)] == 1 else f"{one.name} ({one.source_id})"
        for one in students
    }


def completed_of(part: AssignmentStudent) -> datetime | None:
    """When it was completed: imported as such or the set number reached, whichever came first."""
    known = [one for one in (part.completed_at, part.reached_at) if one is not None]
    return min(known, default=None)


def assignment_view(assignment_id: int, *, session: Session) -> AssignmentView | None:
    """The assignment as it stands; None where there is none. It checks no access."""
    made = session.get(Assignment, assignment_id)
    if made is None:
        return None
    parts = _parts(assignment_id, session=session)
    return AssignmentView(
        id=made.id,
        class_id=made.class_id,
        teacher_id=made.teacher_id,
        title=made.title,
        description=made.description,
        question_count=made.question_count,
        difficulty=made.difficulty,
        assigned_at=made.assigned_at,
        due_at=made.due_at,
        due_on=local_day(made.due_at, zone_of(session, made.workspace_id)),
        skills=_skills(assignment_id, session=session),
        parts=parts,
        known_to=known_to([one.student_id for one in parts], session=session),
        withdrawn_at=made.withdrawn_at,
    )


def known_to(student_ids: Collection[int], *, session: Session) -> datetime | None:
    """Up to when the practice of these students is known: the end of the last day with data.

    As reports see it (docs/metrics.md, "Assignments"): what is due on that day is over with it.
    """
    heads = [student_head(session, one) for one in student_ids]
    through = newest_data(one.member for one in heads)
    if through is None:
        return None
    zone = heads[0].zone
    return day_start(local_day(through, zone) + timedelta(days=1), zone)


def assignment_of(intervention_id: int, *, session: Session) -> int | None:
    """The assignment that an intervention was; None where it was none, or not any more."""
    query = select(AssignmentStudent.assignment_id).where(
        AssignmentStudent.intervention_id == intervention_id
    )
    return session.scalars(query.order_by(AssignmentStudent.assignment_id)).first()


def outcomes(
    session: Session, interventions: Sequence[Intervention], now: datetime
) -> Mapping[int, Outcome]:
    """How assignments came out, by their interventions' ids (`interventions.kinds`)."""
    rows = session.execute(
        select(AssignmentStudent, Assignment)
        .join(Assignment, Assignment.id == AssignmentStudent.assignment_id)
        .where(AssignmentStudent.intervention_id.in_([one.id for one in interventions]))
    ).all()
    found = {
        part.intervention_id: outcome_of(part, made, now, session=session)
        for part, made in rows
        if part.intervention_id is not None
    }
    for one in interventions:
        if one.withdrawn_at is not None:
            found[one.id] = Outcome(State.TAKEN_BACK, one.withdrawn_at)
    return found


def outcome_of(
    part: AssignmentStudent, made: Assignment, now: datetime, *, session: Session
) -> Outcome:
    """How one student's part stands. `detail` is how many of the questions are answered.

    It is overdue where practice is known up to when it was due.
    """
    count = f"{part.questions} of {made.question_count}"
    done = completed_of(part)
    if made.withdrawn_at is not None:
        return Outcome(State.TAKEN_BACK, made.withdrawn_at)
    if done is not None:
        right = f"{part.correct} of {part.questions} right" if part.questions else None
        return Outcome(State.COMPLETED, done, right)
    known = known_to([part.student_id], session=session) if made.due_at <= now else None
    if known is not None and made.due_at <= known:
        return Outcome(State.OVERDUE, made.due_at, count)
    return Outcome(State.RUNNING, None, count)


def _parts(assignment_id: int, *, session: Session) -> tuple[PartView, ...]:
    rows = session.execute(
        select(AssignmentStudent, Student)
        .join(Student, Student.id == AssignmentStudent.student_id)
        .where(AssignmentStudent.assignment_id == assignment_id)
    ).all()
    names = names_of([student for _, student in rows])
    found = [
        PartView(
            student.id,
            names[student.id],
            part.questions,
            part.correct,
            completed_of(part),
            part.seen_at,
            part.intervention_id,
        )
        for part, student in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.name, one.student_id)))


def _skills(assignment_id: int, *, session: Session) -> tuple[tuple[int, str], ...]:
    query = (
        select(Skill.id, Skill.name)
        .join(AssignmentSkill, AssignmentSkill.skill_id == Skill.id)
        .where(AssignmentSkill.assignment_id == assignment_id)
        .order_by(Skill.name, Skill.id)
    )
    return tuple((row.id, row.name) for row in session.execute(query))
