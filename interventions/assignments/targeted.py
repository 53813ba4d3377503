"""Targeted practice: what would help a student most, filled in and perhaps made at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.queries.mastery import SkillState, skill_states
from analytics.queries.practice import practice_days
from analytics.targeted import (
    DIFFICULTY_DAYS,
    MOST_SKILLS,
    USUAL_QUESTIONS,
    OwnSkill,
    difficulty_for,
    evidence_for,
    most_struggling,
)
from analytics.totals import total
from analytics.wording import shorten
from interventions.assignments.creating import PURPOSE, create_assignment, made_before
from interventions.assignments.queries import names_of
from interventions.assignments.rules import LONGEST_TITLE, usual_due_day
from interventions.assignments.shapes import DESCRIPTION, Draft, SkillChoice, ToChoose
from interventions.assignments.telling import lead_of
from interventions.given import check_flag, check_id
from interventions.once import Once
from interventions.opening import acting
from interventions.record import NO_REASON, Reason
from interventions.students import TAKE_BACK
from school.access import Viewer, classes_shared, open_class, open_student, visible_enrolments
from school.days import last_days, local_day
from school.errors import NotFound
from school.mastery import Mastery
from school.models import Assignment, Intervention, Skill, Student
from school.zones import zone_of

MOST_CHOICES = 60
"""So many skills are offered: with a hundred students in it, a form has room for no more."""
NOTHING_STRUGGLING = (
    "Nothing stands out as hard just now, so no skill is ticked. Choose what to practise."
)
NOTHING_PRACTISED = "There is no practice to go by yet. Choose what to practise."


def create_targeted_assignment(
    teacher_id: int,
    student_id: int,
    auto_fill: bool = True,
    *,
    session: Session,
    now: datetime,
    key: str | None = None,
    reason: Reason = NO_REASON,
    class_id: int | None = None,
    take_back: timedelta = TAKE_BACK,
) -> Assignment | ToChoose:
    """Set the practice that a student needs most (METRICS: targeted assignment), at once; audited.

    Where nothing is struggled with, and without `auto_fill`, it is ToChoose: the skills are to be
    chosen first. Raises NotFound where the student is none of the teacher's, and otherwise as
    `create_assignment` does. What was made under the `key` before comes back as it was made.
    """
    viewer = acting(teacher_id, session=session, now=now)
    check_id(student_id, "student_id")
    check_id(class_id, "class_id", may_be_none=True)
    check_flag(auto_fill, "auto_fill")
    once = Once.under(viewer, key, "targeted", student_id, auto_fill)
    if (first := made_before(once, session=session)) is not None:
        open_student(session, viewer, student_id, PURPOSE, now=now)
        return first
    draft = draft_for(
        viewer, student_id, auto_fill=auto_fill, session=session, now=now, class_id=class_id
    )
    if not draft.skill_ids:
        return ToChoose(draft)
    how: dict[str, Any] = {"reason": reason, "class_id": draft.class_id, "take_back": take_back}
    data = draft.data().as_dict()
    made = create_assignment(teacher_id, data, session=session, now=now, **how)
    # The key is for what was asked for, which is less than what was filled in.
    once.keep(session.get_one(Intervention, lead_of(made.id, session=session)))
    return made


def draft_for(
    viewer: Viewer,
    student_id: int,
    *,
    auto_fill: bool = True,
    session: Session,
    now: datetime,
    class_id: int | None = None,
    skill_id: int | None = None,
) -> Draft:
    """What would be set for a student, and the skills that may be; audited. Raises NotFound.

    A skill that it is asked for comes first, whether or not it is struggled with.
    """
    student = open_student(session, viewer, student_id, PURPOSE, now=now)
    shared = classes_shared(session, viewer, student_id)
    of_class = class_id if class_id in shared else next(iter(shared), None)
    evidence = evidence_for(student_id, session=session, now=now)
    weakest = _with_first(skill_id, evidence.skills) if auto_fill else []
    others = _of_class(viewer, of_class, session=session, now=now)
    known = {one.skill_id for one in evidence.skills}
    rest = tuple(one for one in others if one.skill_id not in known)
    return Draft(
        students=((student.id, student.name),),
        class_id=of_class,
        title=title_for([one.skill for one in weakest]),
        description=DESCRIPTION,
        skill_ids=tuple(one.skill_id for one in weakest),
        question_count=USUAL_QUESTIONS,
        difficulty=evidence.difficulty.value,
        due_on=usual_due_day(viewer.workspace_id, of_class, session=session, now=now),
        choices=(*(_choice(one) for one in evidence.skills), *rest)[:MOST_CHOICES],
        said=_said(evidence.skills, weakest, auto_fill=auto_fill),
    )


def group_draft(
    viewer: Viewer, class_id: int, skill_id: int, *, session: Session, now: datetime
) -> Draft:
    """What would be set for everyone in a class who needs work on a skill; audited.

    Raises NotFound where the class or the skill is none of the teacher's.
    """
    found = open_class(session, viewer, class_id, PURPOSE, now=now)
    skill = session.get(Skill, skill_id)
    if skill is None or skill.workspace_id != viewer.workspace_id:
        raise NotFound("None of your skills is that one.")
    needing = needing_work(viewer, class_id, skill_id, session=session)
    return Draft(
        students=tuple(names_of(needing).items()),
        class_id=found.id,
        title=title_for([skill.name]),
        description=DESCRIPTION,
        skill_ids=(skill.id,),
        question_count=USUAL_QUESTIONS,
        difficulty=_together(viewer, [one.id for one in needing], session=session, now=now),
        due_on=usual_due_day(viewer.workspace_id, found.id, session=session, now=now),
        choices=_group_choices(viewer, class_id, skill, session=session, now=now),
    )


def needing_work(
    viewer: Viewer, class_id: int, skill_id: int, *, session: Session
) -> list[Student]:
    """Those enrolled in the class now whom the skill needs work of, by name."""
    states = _class_states(viewer, class_id, session=session)
    needing = [one.student_id for one in states if one.skill_id == skill_id and _weak(one)]
    query = select(Student).where(Student.id.in_(needing))
    return sorted(session.scalars(query), key=lambda one: (one.name, one.id))


def title_for(skills: Sequence[str]) -> str:
    """`Targeted Practice - Division, Fractions`, within the longest title; bare without skills."""
    names = ", ".join(" ".join(one.split()).rstrip(" .") for one in skills)
    if not names:
        return "Targeted Practice"
    return shorten(f"Targeted Practice - {names}", LONGEST_TITLE)


def _with_first(skill_id: int | None, own: Sequence[OwnSkill]) -> list[OwnSkill]:
    """The most struggling, with the one that was asked for at their head."""
    asked = [one for one in own if one.skill_id == skill_id]
    others = [one for one in most_struggling(own) if one.skill_id != skill_id]
    return [*asked, *others][:MOST_SKILLS]


def _said(own: Sequence[OwnSkill], weakest: Sequence[OwnSkill], *, auto_fill: bool) -> str | None:
    if weakest or not auto_fill:
        return None
    return NOTHING_STRUGGLING if own else NOTHING_PRACTISED


def _choice(one: OwnSkill) -> SkillChoice:
    return SkillChoice(one.skill_id, one.skill, one.accuracy, one.questions, one.struggling)


def _of_class(
    viewer: Viewer, class_id: int | None, *, session: Session, now: datetime
) -> list[SkillChoice]:
    """The skills that anyone of the class practises, by name."""
    if class_id is None:
        return []
    states = _class_states(viewer, class_id, session=session)
    names = {one.skill_id: one.skill for one in states}
    return [SkillChoice(one, names[one]) for one in sorted(names, key=lambda one: names[one])]


def _group_choices(
    viewer: Viewer, class_id: int, skill: Skill, *, session: Session, now: datetime
) -> tuple[SkillChoice, ...]:
    """The class's skills: the one meant, then those that most students need work on."""
    states = _class_states(viewer, class_id, session=session)
    names = {skill.id: skill.name, **{one.skill_id: one.skill for one in states}}
    counts = dict.fromkeys(names, 0)
    for one in states:
        counts[one.skill_id] += _weak(one)

    def place(one: int) -> tuple[bool, int, str]:
        return one != skill.id, -counts[one], names[one]

    order = sorted(names, key=place)[:MOST_CHOICES]
    return tuple(
        SkillChoice(one, names[one], needed=counts[one] > 0, students=counts[one]) for one in order
    )


def _class_states(viewer: Viewer, class_id: int, *, session: Session) -> list[SkillState]:
    """Where everyone now enrolled in the class stands with each skill."""
    everyone = {one.student_id for one in visible_enrolments(session, viewer, class_id=class_id)}
    return skill_states(session, viewer.workspace_id, everyone, viewer.today)


def _weak(state: SkillState) -> bool:
    return state.label == Mastery.NEEDS_WORK.value


def _together(
    viewer: Viewer, student_ids: Sequence[int], *, session: Session, now: datetime
) -> str:
    """How hard it is to be for all of them: by the accuracy that they have together."""
    today = local_day(now, zone_of(session, viewer.workspace_id))
    days = last_days(DIFFICULTY_DAYS, today)
    found = practice_days(session, viewer.workspace_id, student_ids, days)
    return difficulty_for(total(one for own in found.values() for one in own)).value
