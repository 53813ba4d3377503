"""What an assignment is made of, and what views are given of one: plain data, no rows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, Self

from interventions.given import check_ids
from school.errors import InvalidInput

DESCRIPTION = "Practice assignment to help improve your skills"
"""What a targeted assignment says of itself."""


@dataclass(frozen=True, slots=True)
class AssignmentData:
    """An assignment as it is asked for, by the names of the specification.

    `due_date` is a local day, meant to its end by the school's clock, or a moment with its zone.
    """

    title: str
    student_ids: tuple[int, ...]
    skill_ids: tuple[int, ...]
    question_count: int
    difficulty: str
    due_date: date | datetime
    description: str = ""

    @classmethod
    def of(cls, given: "AssignmentData | Mapping[str, Any]") -> Self:
        """Read a dict by these names. Raises InvalidInput on a name that is missing."""
        if not isinstance(given, (AssignmentData, Mapping)):
            raise InvalidInput("assignment_data", "An assignment is given by its named parts.")
        values = asdict(given) if isinstance(given, AssignmentData) else dict(given)
        for name in (one.name for one in fields(cls) if one.name != "description"):
            if name not in values:
                raise InvalidInput(name, f"An assignment needs its {name.replace('_', ' ')}.")
        known = {one.name: values[one.name] for one in fields(cls) if one.name in values}
        for name in ("student_ids", "skill_ids"):
            check_ids(known[name], name)
            known[name] = tuple(known[name])
        return cls(**known)

    @property
    def content(self) -> tuple[Any, ...]:
        """What it is, made comparable: the order of students and skills is none of it."""
        parts = asdict(self)
        lists = {name: sorted(parts[name]) for name in ("student_ids", "skill_ids")}
        return tuple((parts | lists).items())

    def as_dict(self) -> dict[str, Any]:
        """The same as the dict of the specification."""
        return {**asdict(self), "student_ids": [*self.student_ids], "skill_ids": [*self.skill_ids]}


@dataclass(frozen=True, slots=True)
class SkillChoice:
    """A skill that may be practised; `accuracy` over `questions` of the last 20 school days.

    `needed`: it is struggled with. For several students the figures are left out, and `students`
    says how many of them need it.
    """

    skill_id: int
    skill: str
    accuracy: float | None = None
    questions: int = 0
    needed: bool = False
    students: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An assignment that is filled in and not made yet: what stands in the form.

    `skill_ids` are ticked, `choices` may be; `said` is what there is to say first, such as that
    nothing is struggled with. `students` are ids and names of those whom it is for.
    """

    students: tuple[tuple[int, str], ...]
    class_id: int | None
    title: str
    description: str
    skill_ids: tuple[int, ...]
    question_count: int
    difficulty: str
    due_on: date
    choices: tuple[SkillChoice, ...] = ()
    said: str | None = None

    def data(self) -> AssignmentData:
        """What would be made of it as it stands."""
        return AssignmentData(
            self.title,
            tuple(student_id for student_id, _ in self.students),
            self.skill_ids,
            self.question_count,
            self.difficulty,
            self.due_on,
            self.description,
        )


@dataclass(frozen=True, slots=True)
class ToChoose:
    """No assignment yet: its skills are to be chosen first, in `draft`."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class PartView:
    """How far one student is: `completed_at` None while under way; `seen_at` by their own click."""

    student_id: int
    name: str
    questions: int
    correct: int
    completed_at: datetime | None
    seen_at: datetime | None
    intervention_id: int | None


@dataclass(frozen=True, slots=True)
class AssignmentView:
    """An assignment as its teacher sees it. Moments are UTC; `due_on` is the school's local day.

    `known_to` is the end of the last local day up to which practice of its students is known.
    """

    id: int
    class_id: int
    teacher_id: int | None
    title: str
    description: str
    question_count: int
    difficulty: str
    assigned_at: datetime
    due_at: datetime
    due_on: date
    skills: tuple[tuple[int, str], ...]
    parts: tuple[PartView, ...]
    known_to: datetime | None
    withdrawn_at: datetime | None = None

    @property
    def done(self) -> Sequence[PartView]:
        """Those who have completed it, the first first."""
        found = [(one.completed_at, one) for one in self.parts if one.completed_at]
        return [one for _, one in sorted(found, key=lambda pair: pair[0])]

    def is_overdue(self, now: datetime) -> bool:
        """Whether its time is over, as far as practice is known."""
        return self.due_at <= now and self.known_to is not None and self.due_at <= self.known_to
