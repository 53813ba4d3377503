"""The record of what was done for a student, whatever it was: made once, changed, taken back.

The message, assignment, meeting, notice or pair that an intervention was has its own module; each
bears the intervention's id, and whoever changes it says so here, so that the card follows.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.given import check_code, check_id, check_ids, is_id
from school.access import Viewer, classes_shared
from school.cards import refresh_copies
from school.errors import NotFound
from school.following import CARD, about, changed
from school.models import (
    Alert,
    Intervention,
    InterventionSkill,
    InterventionType,
    Lane,
    Skill,
    Student,
)

__all__ = [
    "CARD",
    "NO_REASON",
    "NO_SUCH_INTERVENTION",
    "Reason",
    "about",
    "changed",
    "own_intervention",
    "record",
    "show_card",
    "withdraw_intervention",
]

NO_SUCH_INTERVENTION = "None of your interventions is that one."


@dataclass(frozen=True, slots=True)
class Reason:
    """What something is done about: a concern's code, its skills, and the alert that named it.

    Raises InvalidInput on `reason` where they are none.
    """

    concern: str | None = None
    skill_ids: tuple[int, ...] = ()
    alert_id: int | None = None

    def __post_init__(self) -> None:
        check_code(self.concern, "reason")
        check_ids(self.skill_ids, "reason")
        check_id(self.alert_id, "reason", may_be_none=True)


NO_REASON = Reason()


def record(
    viewer: Viewer,
    student: Student,
    kind: InterventionType,
    action_taken: str,
    *,
    session: Session,
    now: datetime,
    reason: Reason = NO_REASON,
    class_id: int | None = None,
    card: bool = True,
) -> Intervention:
    """Write down what a teacher does for a student; flushed, so that it has its id.

    `action_taken` is one line for the history. Without `class_id` it is the first that both share.
    Its `card` comes to the teacher, unless it has one of another kind or is one of many. Of the
    `reason` is kept what is about this student. Raises InvalidInput on `class_id`.
    """
    check_id(class_id, "class_id", may_be_none=True)
    reason = _own_reason(reason, student, session=session)
    shared = classes_shared(session, viewer, student.id)
    made = Intervention(
        workspace_id=viewer.workspace_id,
        teacher_id=viewer.user_id,
        student_id=student.id,
        alert_id=reason.alert_id,
        intervention_type=kind.value,
        action_taken=action_taken,
        class_id=class_id if class_id in shared else next(iter(shared), None),
        concern=reason.concern,
        created_at=now,
    )
    made.is_resolved, made.version = False, 1
    session.add(made)
    session.flush()  # its skills and its card name its id
    session.add_all(_skills(made, reason))
    if card:
        to = [made.teacher_id], made.workspace_id
        show_card(made.id, made.version, *to, session=session, now=now)
    return made


def _skills(made: Intervention, reason: Reason) -> Iterator[InterventionSkill]:
    for skill_id in dict.fromkeys(reason.skill_ids):
        skill = InterventionSkill(intervention_id=made.id, skill_id=skill_id)
        skill.workspace_id = made.workspace_id
        yield skill


def _own_reason(reason: Reason, student: Student, *, session: Session) -> Reason:
    """The same without an alert about somebody else: who resolves that closes what was done about
    it, with their notes; and without skills of other workspaces, whose names are not ours to tell.
    """
    ours = Alert.workspace_id == student.workspace_id, Alert.student_id == student.id
    alerts = select(Alert.id).where(Alert.id == reason.alert_id, *ours)
    alert_id = reason.alert_id and session.scalars(alerts).first()
    if not reason.skill_ids:
        return replace(reason, alert_id=alert_id)
    of_workspace = Skill.workspace_id == student.workspace_id
    skills = select(Skill.id).where(Skill.id.in_(reason.skill_ids), of_workspace)
    known = set(session.scalars(skills))
    kept = tuple(one for one in reason.skill_ids if one in known)
    return replace(reason, alert_id=alert_id, skill_ids=kept)


def show_card(
    intervention_id: int,
    version: int,
    users: Iterable[int],
    workspace_id: int,
    *,
    session: Session,
    now: datetime,
    lane: Lane = Lane.INTERACTIVE,
) -> None:
    """Have these users' copies of its card, and all that there are, show this version."""
    refresh_copies(
        CARD,
        intervention_id,
        version,
        users,
        session=session,
        workspace_id=workspace_id,
        now=now,
        lane=lane,
    )


def withdraw_intervention(intervention: Intervention, *, session: Session, now: datetime) -> None:
    """It was taken back or undone, and counts for nothing from now on; its card says so."""
    if intervention.withdrawn_at is None:
        intervention.withdrawn_at = now
        session.flush()
        changed(intervention.id, session=session, now=now)


def own_intervention(
    viewer: Viewer, intervention_id: int, *, session: Session, change: bool = False
) -> Intervention:
    """An intervention of this teacher's workspace about one of their students; raises NotFound.

    Open to whoever may see the student now. The caller opens the student, which audits it.
    """
    if not is_id(intervention_id):
        raise NotFound(NO_SUCH_INTERVENTION)
    query = select(Intervention).where(
        Intervention.workspace_id == viewer.workspace_id, Intervention.id == intervention_id
    )
    if change:
        query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    found = session.scalars(query).first()
    if found is None:
        raise NotFound(NO_SUCH_INTERVENTION)
    return found
