"""Who can tutor a student: they have mastered the skill, are near, free, and nobody objects.

What anyone's figures are stays here: a candidate is a name and how much room they have.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from analytics.queries.mastery import skill_states
from interventions.students import Reach, reach_of
from interventions.tutoring.rules import LIVE, MOST_PAIRS, NOT_AGAIN, barred_from, loads
from school.access import Viewer, classes_shared, visible_classes, visible_enrolments
from school.mastery import Mastery
from school.models import Class, PairState, Student, TutoringPair

MOST_CANDIDATES = 3
MOST_LOOKED_AT = 400
"""So many schoolmates are looked at, classmates first."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be asked. `free`: for so many more; `where`: their class, None where it is
    the student's own; `reach`: how they are asked.
    """

    student_id: int
    name: str
    free: int
    where: str | None
    reach: Reach


@dataclass(frozen=True, slots=True)
class Pool:
    """Who is near a student and may be asked, which skills they have mastered, and what they have
    to do already. `near` has the title of a class, None for classmates; `taken` pairs of a tutor
    and a skill that are not to be offered again.
    """

    students: Mapping[int, Student]
    near: Mapping[int, str | None]
    mastered: Mapping[int, frozenset[int]]
    load: Mapping[int, int]
    taken: frozenset[tuple[int, int]]
    reaches: Mapping[int, Reach]

    def free(self, tutor_id: int) -> int:
        """For how many more a tutor has room."""
        return MOST_PAIRS - self.load.get(tutor_id, 0)

    def able(self, skill_id: int) -> list[int]:
        """Everybody who could be asked for a skill."""
        return [
            one
            for one in self.mastered.get(skill_id, frozenset())
            if self.free(one) > 0 and (one, skill_id) not in self.taken
        ]

    def candidates(self, skill_id: int, seed: str = "") -> tuple[Candidate, ...]:
        """At most three: classmates first, then those with the least to do, else by lot; shown in
        an order by lot too, which is the same for the same `seed`.
        """

        def lot(one: int) -> str:
            return sha256(f"{seed} {skill_id} {one}".encode()).hexdigest()

        def place(one: int) -> tuple[bool, int, str]:
            return self.near[one] is not None, self.load.get(one, 0), lot(one)

        chosen = sorted(sorted(self.able(skill_id), key=place)[:MOST_CANDIDATES], key=lot)
        return tuple(
            Candidate(
                one, self.students[one].name, self.free(one), self.near[one], self.reaches[one]
            )
            for one in chosen
        )


def tutor_pool(session: Session, viewer: Viewer, student_id: int, now: datetime) -> Pool:
    """Everybody near a student who may be asked: of their class, then of their school."""
    near = _near(session, viewer, student_id)
    query = select(Student).where(Student.id.in_(near), Student.is_active, Student.may_tutor)
    barred = barred_from(session, student_id)
    found = {one.id: one for one in session.scalars(query) if one.id not in barred}
    mastered: defaultdict[int, set[int]] = defaultdict(set)
    for one in skill_states(session, viewer.workspace_id, list(found), viewer.today):
        if one.label == Mastery.MASTERED.value:
            mastered[one.skill_id].add(one.student_id)
    able = {one for group in mastered.values() for one in group}
    return Pool(
        students=found,
        near=near,
        mastered={skill: frozenset(group) for skill, group in mastered.items()},
        load=loads(session, list(found)),
        taken=_taken(session, student_id, now),
        reaches={one: reach_of(session, found[one]) for one in able},
    )


def _near(session: Session, viewer: Viewer, student_id: int) -> dict[int, str | None]:
    """Classmates, then others of the same school, of the classes that the viewer may see."""
    shared = classes_shared(session, viewer, student_id)
    near: dict[int, str | None] = {}
    for class_id in shared:
        _add(near, session, viewer, class_id, None)
    for one in _of_school(session, viewer, shared):
        if len(near) >= MOST_LOOKED_AT:
            break
        _add(near, session, viewer, one.id, one.title)
    near.pop(student_id, None)
    return near


def of_one_school(session: Session, viewer: Viewer, one: int, other: int) -> bool:
    """Whether two students share a class or a school, of the classes that the viewer may see."""
    schools = {each.id: each.school_id for each in visible_classes(session, viewer)}
    own, theirs = (classes_shared(session, viewer, each) for each in (one, other))
    both = {schools.get(each) for each in own} & {schools.get(each) for each in theirs}
    return bool(set(own) & set(theirs) or both)


def _add(
    near: dict[int, str | None], session: Session, viewer: Viewer, class_id: int, title: str | None
) -> None:
    for row in visible_enrolments(session, viewer, class_id=class_id):
        near.setdefault(row.student_id, title)


def _of_school(session: Session, viewer: Viewer, shared: Collection[int]) -> list[Class]:
    every = visible_classes(session, viewer)
    schools = {one.school_id for one in every if one.id in shared}
    return [one for one in every if one.id not in shared and one.school_id in schools]


def _taken(session: Session, student_id: int, now: datetime) -> frozenset[tuple[int, int]]:
    """Who helps with what already, is asked to, or has said no of late."""
    pair = TutoringPair
    lately = pair.answered_at > now - NOT_AGAIN
    declined = and_(pair.state == PairState.DECLINED.value, lately)
    query = select(pair.tutor_id, pair.skill_id).where(
        pair.student_id == student_id, or_(pair.state.in_(LIVE), declined)
    )
    return frozenset((row[0], row[1]) for row in session.execute(query))
