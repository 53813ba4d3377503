"""Why a skill is stuck, and what the whole class should work on (docs/metrics.md, "Prerequisites").

Pure functions over where students stand and which skills come before which.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from analytics.reports.data import FocusSkill, RootCause
from school.mastery import Mastery
from school.skillgraph import SkillGraph


class Standing(Protocol):
    """Where a student stands with a skill: a mastery label and the estimate behind it."""

    @property
    def label(self) -> str:
        """The mastery label."""

    @property
    def estimate(self) -> float:
        """The mastery estimate."""


@dataclass(frozen=True, slots=True)
class Skills:
    """The skills of a workspace: their names by id, and which come before which.

    What is worked out from the graph is kept, so that one object serves a whole class.
    """

    names: Mapping[int, str]
    graph: SkillGraph
    _depths: dict[int, dict[int, int]] = field(default_factory=dict, repr=False, compare=False)

    def name(self, skill_id: int) -> str:
        """A skill's name."""
        return self.names.get(skill_id, "")

    def depths(self, skill_id: int) -> Mapping[int, int]:
        """All prerequisites of a skill, direct or not, by how many steps the longest way is.

        Whatever comes before another prerequisite is therefore deeper than that one.
        """
        if skill_id not in self._depths:
            self._depths[skill_id] = self.graph.ancestors(skill_id)
        return self._depths[skill_id]

    def path(self, skill_id: int, cause_id: int) -> tuple[int, ...]:
        """A longest way from a skill down to one of its prerequisites, both included.

        Of several, from below, the one over the skill that comes first by name.
        """
        depths = {skill_id: 0, **self.depths(skill_id)}
        way = [cause_id]
        while way[-1] != skill_id:
            above = depths[way[-1]] - 1
            onto = [one for one in self.graph.dependents[way[-1]] if depths.get(one) == above]
            way.append(min(onto, key=lambda one: (self.name(one), one)))
        return tuple(reversed(way))


def unmet(own: Mapping[int, Standing], skill_id: int, skills: Skills) -> tuple[int, ...]:
    """The prerequisites of a skill, direct or not, that a student does not have yet.

    They need work, or have too little practice or none. First those that need work, then the
    deepest, then by name.
    """
    depths = skills.depths(skill_id)
    return tuple(
        sorted(
            (one for one in depths if _is_unmet(own.get(one))),
            key=lambda one: (not _weak(own.get(one)), -depths[one], skills.name(one), one),
        )
    )


def root_cause(own: Mapping[int, Standing], skill_id: int, skills: Skills) -> RootCause | None:
    """The deepest prerequisite of a skill that itself needs work; None where none does.

    Of several at one depth the one with the lowest estimate, then the first by name.
    """
    depths = skills.depths(skill_id)
    weak = [one for one, state in own.items() if one in depths and _weak(state)]
    if not weak:
        return None
    cause = min(weak, key=lambda one: (-depths[one], own[one].estimate, skills.name(one), one))
    return RootCause(
        skill_id=skill_id,
        skill=skills.name(skill_id),
        cause_id=cause,
        cause=skills.name(cause),
        path=tuple(map(skills.name, skills.path(skill_id, cause))),
        unmet=tuple(map(skills.name, unmet(own, skill_id, skills))),
    )


def root_causes(own: Mapping[int, Standing], skills: Skills) -> tuple[RootCause, ...]:
    """The root cause of each skill that needs work of a student and has one.

    The skill with the lowest estimate comes first, then by name.
    """
    weak = [one for one, state in own.items() if _weak(state)]
    weak.sort(key=lambda one: (own[one].estimate, skills.name(one), one))
    return tuple(found for one in weak if (found := root_cause(own, one, skills)))


def focus_skills(
    everyone: Mapping[int, Mapping[int, Standing]], skills: Skills, names: Mapping[int, str]
) -> tuple[FocusSkill, ...]:
    """What the class should work on: students who need it x (1 + later skills that depend on it).

    `everyone` is by student and skill, `names` has the students who count. A student needs a skill
    that needs work. Highest first, ties by name; later skills are all that depend on it, directly
    or not, practised or not.
    """
    found = [
        _focus(skill, students, skills, names) for skill, students in _needing(everyone, names)
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.skill, one.skill_id)))


def _needing(
    everyone: Mapping[int, Mapping[int, Standing]], names: Mapping[int, str]
) -> Iterator[tuple[int, list[int]]]:
    """Each skill that needs work of anyone, with those students by name."""
    needing: dict[int, list[int]] = {}
    for student in sorted(names, key=lambda one: (names[one], one)):
        for skill, state in everyone.get(student, {}).items():
            if _weak(state):
                needing.setdefault(skill, []).append(student)
    yield from needing.items()


def _focus(
    skill_id: int, students: list[int], skills: Skills, names: Mapping[int, str]
) -> FocusSkill:
    opens = len(skills.graph.later(skill_id))
    return FocusSkill(
        skill_id=skill_id,
        skill=skills.name(skill_id),
        students=len(students),
        opens=opens,
        score=len(students) * (1 + opens),
        student_ids=tuple(students),
        names=tuple(names[one] for one in students),
    )


def _weak(state: Standing | None) -> bool:
    return state is not None and state.label == Mastery.NEEDS_WORK


def _is_unmet(state: Standing | None) -> bool:
    return state is None or state.label in (Mastery.NEEDS_WORK, Mastery.TOO_LITTLE)
