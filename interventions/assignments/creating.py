"""Making an assignment: practice set for one student or several, each told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.assignments.rules import check_skills, checked, due_moment
from interventions.assignments.shapes import AssignmentData
from interventions.assignments.telling import plan_overdue, tell_of
from interventions.given import check_id
from interventions.once import Once
from interventions.opening import acting
from interventions.record import NO_REASON, Reason, record
from interventions.students import TAKE_BACK
from school.access import NO_SUCH_CLASS, Viewer, classes_shared, open_student
from school.days import local_day
from school.errors import InvalidInput, NotFound
from school.models import (
    Answer,
    Assignment,
    AssignmentSkill,
    AssignmentStudent,
    InterventionType,
    StaleProgress,
    Student,
    new_id,
)
from school.progress.stale import mark_stale
from school.zones import zone_of

PURPOSE = "assignment"
NO_CLASS = "This student is in no class of yours, and practice is set in a class."
NO_ONE_CLASS = "They are not all in one class of yours. Make an assignment for each class."


def create_assignment(
    teacher_id: int,
    assignment_data: AssignmentData | Mapping[str, Any],
    *,
    session: Session,
    now: datetime,
    key: str | None = None,
    reason: Reason = NO_REASON,
    class_id: int | None = None,
    take_back: timedelta = TAKE_BACK,
) -> Assignment:
    """Set practice for some students of one class, an intervention and a word to each; audited.

    Asked for twice under one `key` it is made once, and the first comes back. Without `class_id`
    it is the first class that all of them share with the teacher. Raises NotFound where one of the
    students (or the class, with them in it) is none of the teacher's, and InvalidInput on the field
    of what cannot be.
    """
    viewer = acting(teacher_id, session=session, now=now)
    data = checked(AssignmentData.of(assignment_data))
    check_id(class_id, "class_id", may_be_none=True)
    once = Once.under(viewer, key, "assignment", *data.content)
    how: dict[str, Any] = {"class_id": class_id, "reason": reason, "take_back": take_back}
    return set_practice(viewer, data, session=session, now=now, once=once, **how)


def set_practice(
    viewer: Viewer,
    data: AssignmentData,
    *,
    session: Session,
    now: datetime,
    once: Once | None = None,
    reason: Reason = NO_REASON,
    class_id: int | None = None,
    part_of: Mapping[int, int] | None = None,
    tell: bool = True,
    take_back: timedelta = TAKE_BACK,
) -> Assignment:
    """The same with `checked` data for a teacher who is known already: their row is not locked.

    `part_of` names, by student, an intervention that this is a part of (a tutoring): no other one
    is recorded for them. Without `tell` the students hear of it by other ways.
    """
    making = _Making(viewer, once, session, now)
    students = making.opened(data.student_ids)
    if (first := made_before(once, session=session)) is not None:
        return first
    made = making.saved(data, making.class_of(students, class_id))
    reason = replace(reason, skill_ids=data.skill_ids)
    given = making.given(made, students, reason, part_of or {})
    if tell:
        for student, whole in given:
            tell_of(made, student, whole, session=session, now=now, take_back=take_back)
    making.mark(students)
    plan_overdue(made, session=session, now=now)
    return made


@dataclass(frozen=True, slots=True)
class _Making:
    """What is asked for once, by whom and when."""

    viewer: Viewer
    once: Once | None
    session: Session
    now: datetime

    def opened(self, student_ids: Sequence[int]) -> list[Student]:
        """All of the students, audited. Raises NotFound, in the same words whichever it is."""
        wanted = dict.fromkeys(student_ids)
        return [
            open_student(self.session, self.viewer, one, PURPOSE, now=self.now) for one in wanted
        ]

    def class_of(self, students: Sequence[Student], class_id: int | None) -> int:
        """The class that is meant, else the first that all share. Raises NotFound, InvalidInput."""
        each = [classes_shared(self.session, self.viewer, one.id) for one in students]
        shared = [one for one in each[0] if all(one in own for own in each)] if each else []
        if class_id is not None and class_id not in shared:
            raise NotFound(NO_SUCH_CLASS)
        if not shared and students:
            raise InvalidInput("student_ids", NO_CLASS if len(students) == 1 else NO_ONE_CLASS)
        return class_id or next(iter(shared), 0)

    def saved(self, data: AssignmentData, class_id: int) -> Assignment:
        """The assignment with its skills."""
        session, workspace_id = self.session, self.viewer.workspace_id
        check_skills(data.skill_ids, workspace_id, session=session)
        due = due_moment(data.due_date, workspace_id, class_id, session=session, now=self.now)
        made = Assignment(class_id=class_id, due_at=due, title=data.title)
        made.workspace_id, made.teacher_id = workspace_id, self.viewer.user_id
        made.source_id, made.description = f"homeroom-{new_id():x}", data.description
        made.question_count, made.difficulty = data.question_count, data.difficulty
        made.assigned_at = self.now
        session.add(made)
        session.flush()  # its parts name its id
        for skill_id in data.skill_ids:
            session.add(_skill(made, skill_id))
        return made

    def given(
        self,
        made: Assignment,
        students: Sequence[Student],
        reason: Reason,
        part_of: Mapping[int, int],
    ) -> list[tuple[Student, int]]:
        """Each student's part of it, with the id of the intervention that it is or belongs to."""
        found = []
        for student in students:
            card = student is students[0]
            whole = part_of.get(student.id) or self.recorded(made, student, reason, card)
            part = AssignmentStudent(assignment_id=made.id, student_id=student.id)
            part.workspace_id, part.intervention_id = made.workspace_id, whole
            self.session.add(part)
            found.append((student, whole))
        return found

    def recorded(self, made: Assignment, student: Student, reason: Reason, card: bool) -> int:
        """The id of the intervention that the student's part is; the first has card and key."""
        done = record(
            self.viewer,
            student,
            InterventionType.ASSIGNMENT,
            f"Assigned practice: {made.title}",
            session=self.session,
            now=self.now,
            reason=reason,
            class_id=made.class_id,
            card=card,
        )
        if card and self.once is not None:
            self.once.keep(done)
        return done.id

    def mark(self, students: Sequence[Student]) -> None:
        """Have those counted anew of whom there may be answers that count already.

        An import may be under way that has read the assignments before this one; and an answer may
        bear a later time than our clock. Nobody else is marked: reports would call their figures
        out of date until the next import.
        """
        self.session.flush()
        ids, workspace_id = [one.id for one in students], self.viewer.workspace_id
        stale = select(StaleProgress.student_id).where(
            StaleProgress.workspace_id == workspace_id, StaleProgress.student_id.in_(ids)
        )
        later = select(Answer.student_id).where(
            Answer.workspace_id == workspace_id,
            Answer.student_id.in_(ids),
            Answer.answered_at >= self.now,
        )
        marked = sorted(set(self.session.scalars(stale.union(later))))
        today = local_day(self.now, zone_of(self.session, workspace_id))
        mark_stale(self.session.connection(), workspace_id, [(one, today) for one in marked])


def made_before(once: Once | None, *, session: Session) -> Assignment | None:
    """What was made of the same under a key before. Raises Conflict where the key was another's."""
    done = None if once is None else once.before(session=session)
    if done is None:
        return None
    query = (
        select(Assignment)
        .join(AssignmentStudent, AssignmentStudent.assignment_id == Assignment.id)
        .where(AssignmentStudent.intervention_id == done.id)
    )
    return session.scalars(query).first()


def _skill(made: Assignment, skill_id: int) -> AssignmentSkill:
    one = AssignmentSkill(assignment_id=made.id, skill_id=skill_id)
    one.workspace_id = made.workspace_id
    return one
