"""All that was done for a student, by whom, how it stands, and what followed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.effects import StudentEffect
from interventions.effectiveness import skills_of, student_effects_of
from interventions.opening import looking
from interventions.outcomes import Outcome
from interventions.patterns import Pattern, patterns_of
from interventions.standing import outcomes_of
from school.access import Viewer, open_student
from school.models import (
    Intervention,
    InterventionSkill,
    InterventionType,
    ParentNotice,
    Skill,
    Student,
    User,
)
from school.zones import own_zone

PURPOSE = "history"
PAGE = 5
"""So many entries stand on a page."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that was done for the student, by the viewer where `by` is None.

    `effect` is what followed, beside what would be expected without it; None where nothing can be
    said. `rating` is the word of who did it, 1 to 5; `notes` were written when it was resolved.
    `letter` is what the family was written.
    """

    id: int
    version: int
    kind: InterventionType
    action_taken: str
    by: str | None
    at: datetime
    outcome: Outcome
    skills: tuple[str, ...]
    concern: str | None
    notes: str | None
    rating: int | None
    is_withdrawn: bool
    effect: StudentEffect | None = None
    letter: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether the viewer did it, who alone can rate it."""
        return self.by is None


@dataclass(frozen=True, slots=True)
class InterventionHistory:
    """One page, the newest first, of `total` entries; the patterns are over all of them."""

    student_id: int
    student_name: str
    zone: str
    entries: tuple[HistoryEntry, ...]
    page: int
    pages: int
    total: int
    patterns: tuple[Pattern, ...]


def get_intervention_history(
    teacher_id: int,
    student_id: int,
    *,
    session: Session,
    now: datetime,
    page: int = 0,
    per_page: int = PAGE,
    with_effects: bool = True,
) -> InterventionHistory:
    """What all teachers did for a student of this teacher; audited. Raises NotFound.

    A page behind the last is the last. The effects are asked for the entries of the page alone.
    """
    viewer = looking(teacher_id, session=session, now=now)
    student = open_student(session, viewer, student_id, PURPOSE, now=now)
    rows = _all_of(viewer, student, session=session)
    outcomes = outcomes_of(session, rows, now)
    pages = max(1, -(-len(rows) // per_page))
    number = min(page, pages - 1)
    shown = rows[number * per_page : (number + 1) * per_page]
    return InterventionHistory(
        student_id=student.id,
        student_name=student.name,
        zone=own_zone(viewer, session=session).key,
        entries=_entries(
            viewer, shown, outcomes, session=session, now=now, with_effects=with_effects
        ),
        page=number,
        pages=pages,
        total=len(rows),
        patterns=patterns_of(student.id, rows, outcomes, session=session, now=now),
    )


def _all_of(viewer: Viewer, student: Student, *, session: Session) -> Sequence[Intervention]:
    query = select(Intervention).where(
        Intervention.workspace_id == viewer.workspace_id, Intervention.student_id == student.id
    )
    newest = query.order_by(Intervention.created_at.desc(), Intervention.id.desc())
    return session.scalars(newest).all()


def _entries(
    viewer: Viewer,
    rows: Sequence[Intervention],
    outcomes: Mapping[int, Outcome],
    *,
    session: Session,
    now: datetime,
    with_effects: bool,
) -> tuple[HistoryEntry, ...]:
    names = _names({one.teacher_id for one in rows} - {viewer.user_id}, session=session)
    skills, known = skills_of(rows, session=session), _skill_names(rows, session=session)
    letters = _letters(rows, session=session)
    effects: Mapping[int, StudentEffect] = {}
    if with_effects:
        effects = student_effects_of(
            rows, workspace_id=viewer.workspace_id, session=session, now=now
        )
    return tuple(
        HistoryEntry(
            id=one.id,
            version=one.version,
            kind=InterventionType(one.intervention_type),
            action_taken=one.action_taken,
            by=names.get(one.teacher_id),
            at=one.created_at or now,
            outcome=outcomes[one.id],
            skills=tuple(known[each] for each in sorted(skills.get(one.id, ()))),
            concern=one.concern,
            notes=one.resolution_notes,
            rating=one.effectiveness_rating,
            is_withdrawn=one.withdrawn_at is not None,
            effect=effects.get(one.id),
            letter=letters.get(one.id),
        )
        for one in rows
    )


def _names(user_ids: Collection[int], *, session: Session) -> dict[int, str]:
    query = select(User.id, User.name).where(User.id.in_(user_ids))
    return {row[0]: row[1] for row in session.execute(query)}


def _skill_names(rows: Sequence[Intervention], *, session: Session) -> dict[int, str]:
    ids = [one.id for one in rows]
    query = (
        select(Skill.id, Skill.name)
        .join(InterventionSkill, InterventionSkill.skill_id == Skill.id)
        .where(InterventionSkill.intervention_id.in_(ids))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _letters(rows: Sequence[Intervention], *, session: Session) -> dict[int, str]:
    """What a family was written, the same to all of them, by the intervention's id."""
    query = select(ParentNotice.intervention_id, ParentNotice.message).where(
        ParentNotice.intervention_id.in_([one.id for one in rows])
    )
    return {row[0]: row[1] for row in session.execute(query) if row[0] is not None}
