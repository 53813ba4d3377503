"""Which skill of which class typed words mean, and which skills a class's menu offers."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.queries.mastery import skill_states
from analytics.queries.skills import classes_practising
from handlers.codec import Ref
from handlers.ids import Kind
from handlers.views.reports.answers import Choice
from school.access import Viewer, visible_classes, visible_enrolments
from school.mastery import Mastery
from school.models import Skill
from school.names import NEAR_MOST, Candidate, fold, match_named, suggest

LONGEST_TITLE = 8
"""How many words at the end may be a class's title."""
MOST_CLASSES = 20
"""Whoever has more classes than this, as an administrator may, is asked which one is meant."""


Pair = tuple[Candidate, Candidate]
"""A skill and a class."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What typed words mean: each skill in each class that fits; else what comes near.

    `skill` and `title` are what was typed of the skill and of the class. Without a skill that fits
    `near` has the nearest ones, or those that the first words fit, each in its classes; where it is
    the class that is not found, `near_classes` has the nearest titles with the skill that fits.
    """

    skill: str
    title: str = ""
    found: tuple[Pair, ...] = ()
    near: tuple[Pair, ...] = ()
    near_classes: tuple[Pair, ...] = ()

    @property
    def several(self) -> bool:
        """Whether it is the skill that is in doubt, and not only the class."""
        return len({skill.id for skill, _ in self.found}) > 1


def meant_skill(session: Session, viewer: Viewer, words: str) -> Meant:
    """What the words mean: a skill, perhaps with a class's title after it.

    Of several skills those practised in the classes count, of several classes those that practise
    the skill, as far as there are any.
    """
    own = visible_classes(session, viewer)
    classes = [Candidate(one.id, one.title, "", one.source_id) for one in own]
    skills = _skills_of(session, viewer)
    practised = partial(_practised, session, viewer)
    if whole := match_named(skills, words).found:
        return Meant(words, found=practised(whole, classes))
    ways = _ways(words)
    titles = {title: match_named(classes, title) for _, title in ways}
    fitting = {head: match_named(skills, head) for head, _ in ways}
    for head, title in ways:
        if titles[title].found and fitting[head].found:
            return Meant(head, title, found=practised(fitting[head].found, titles[title].found))
    for head, title in ways:
        if (skill := fitting[head].found) and titles[title].near:
            return Meant(head, title, near_classes=practised(skill[:1], titles[title].near))
    begun = next((one.found for one in fitting.values() if one.found), ())
    head, inside = next(((h, titles[t].found) for h, t in ways if titles[t].found), (words, ()))
    near = begun[:NEAR_MOST] or match_named(skills, head).near
    return Meant(head, near=practised(near, inside or classes))


def _skills_of(session: Session, viewer: Viewer) -> list[Candidate]:
    """All skills of the viewer's workspace, by name."""
    query = (
        select(Skill.id, Skill.name, Skill.source_id)
        .where(Skill.workspace_id == viewer.workspace_id)
        .order_by(Skill.name, Skill.id)
    )
    return [Candidate(one, name, "", code) for one, name, code in session.execute(query)]


def _ways(words: str) -> list[tuple[str, str]]:
    """The words parted into those of a skill and those of a class, the longest skill first."""
    parts = words.split()
    cuts = range(len(parts) - 1, max(0, len(parts) - 1 - LONGEST_TITLE), -1)
    return [(" ".join(parts[:cut]), " ".join(parts[cut:])) for cut in cuts]


def _practised(
    session: Session,
    viewer: Viewer,
    skills: Sequence[Candidate],
    classes: Sequence[Candidate],
) -> tuple[Pair, ...]:
    """Each skill in each class that practises it; where none does, in every class."""
    pairs = tuple((skill, one) for skill in skills for one in classes)
    if len(pairs) < 2 or len(classes) > MOST_CLASSES:
        return pairs
    practising = classes_practising(
        session,
        viewer.workspace_id,
        [one.id for one in classes],
        [one.id for one in skills],
        viewer.today,
    )
    kept = tuple((skill, one) for skill, one in pairs if (one.id, skill.id) in practising)
    return kept or pairs


def skill_ref(skill: Candidate, inside: Candidate, code: str | None) -> Ref:
    """The report of a skill in a class."""
    return Ref(kind=Kind.SKILL_REPORT.value, class_id=inside.id, skill=skill.id, range=code)


def skill_choices(pairs: Iterable[Pair], code: str | None) -> list[Choice]:
    """A button for each skill, with its class where several are in question."""
    pairs = list(pairs)
    classes = {one.id for _, one in pairs}
    return [
        Choice(
            skill.name,
            one.name if len(classes) > 1 else "",
            "" if fold(skill.source_id) == fold(skill.name) else skill.source_id,
            skill_ref(skill, one, code).encode(),
        )
        for skill, one in pairs
    ]


def class_choices(pairs: Iterable[Pair], code: str | None) -> list[Choice]:
    """A button for each class in which the one skill may be meant."""
    return [
        Choice(one.name, "", one.source_id, skill_ref(skill, one, code).encode())
        for skill, one in pairs
    ]


@dataclass(frozen=True, slots=True)
class Offered:
    """A skill that a class practises: `needing` of `students` need work on it."""

    skill: Candidate
    inside: Candidate
    needing: int
    students: int

    @property
    def words(self) -> str:
        """Where, and how many need it."""
        need = "needs" if self.needing == 1 else "need"
        return f"{self.inside.name} · {self.needing} of {self.students} {need} work"


def offered_skills(
    session: Session, viewer: Viewer, typed: str, *, class_id: int | None = None
) -> list[Offered]:
    """The skills that the viewer's classes (or one of them) practise, most needed first.

    Narrowed by what is typed. Nothing for whoever has too many classes.
    """
    classes = [one for one in visible_classes(session, viewer) if class_id in (None, one.id)]
    if len(classes) > MOST_CLASSES:
        return []
    found = []
    for one in classes:
        inside = Candidate(one.id, one.title, "", one.source_id)
        found += _offered(session, viewer, inside)
    fitting = {one.id for one in suggest([each.skill for each in found], typed)}
    found = [one for one in found if one.skill.id in fitting]
    return sorted(found, key=lambda one: (-one.needing, one.skill.name, one.inside.name))


def _offered(session: Session, viewer: Viewer, inside: Candidate) -> list[Offered]:
    students = {row.student_id for row in visible_enrolments(session, viewer, class_id=inside.id)}
    states = skill_states(session, viewer.workspace_id, students, viewer.today)
    names: Mapping[int, str] = {state.skill_id: state.skill for state in states}
    needing = Counter(state.skill_id for state in states if state.label == Mastery.NEEDS_WORK)
    return [
        Offered(Candidate(skill, name, "", ""), inside, needing[skill], len(students))
        for skill, name in names.items()
    ]
