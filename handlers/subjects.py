"""Whom or what typed words mean: a student, a class or a skill, of the asker's own alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.codec import Ref
from handlers.views.answers import Choice
from school.access import Viewer
from school.models import Skill
from school.names import Candidate, Match, match_classes, match_named, match_students

STUDENT, CLASS, SKILL = "student", "class", "skill"


@dataclass(frozen=True, slots=True)
class Subject:
    """One student, class or skill that typed words may mean, as a reference."""

    name: str
    where: str
    source_id: str
    ref: Ref

    def choice(self, ref: Ref) -> Choice:
        """A button for it, which asks for what `ref` says (its kind, range and the like)."""
        own = self.ref
        wanted = replace(
            ref,
            student=own.student or ref.student,
            class_id=own.class_id or ref.class_id,
            skill=own.skill or ref.skill,
        )
        return Choice(self.name, self.where, self.source_id, wanted.encode())


@dataclass(frozen=True, slots=True)
class Subjects:
    """`found`: what the words mean, several where they leave a choice; else `near`, best first."""

    found: tuple[Subject, ...]
    near: tuple[Subject, ...] = ()


def find_subjects(
    session: Session, viewer: Viewer, words: str, kinds: Sequence[str] = (STUDENT, CLASS)
) -> Subjects:
    """What the words mean among the viewer's own, of these kinds, the first kind first.

    A whole name or id of one kind settles it; otherwise all kinds may be meant.
    """
    matches = {kind: _MATCHERS[kind](session, viewer, words) for kind in kinds}
    found = [_subject(kind, one) for kind, match in matches.items() for one in match.found]
    near = [_subject(kind, one) for kind, match in matches.items() for one in match.near]
    return Subjects(tuple(_exact(found, words) or found), () if found else tuple(near))


def _exact(found: Sequence[Subject], words: str) -> list[Subject]:
    typed = words.casefold().strip()
    return [one for one in found if typed in (one.name.casefold(), one.source_id.casefold())]


def _subject(kind: str, one: Candidate) -> Subject:
    ref = {STUDENT: Ref(student=one.id), CLASS: Ref(class_id=one.id), SKILL: Ref(skill=one.id)}
    return Subject(one.name, one.class_title, one.source_id, ref[kind])


def match_skills(session: Session, viewer: Viewer, words: str) -> Match:
    """Which skills of the viewer's workspace the words mean."""
    return match_named(skills_of(session, viewer), words)


def skills_of(session: Session, viewer: Viewer) -> list[Candidate]:
    """All skills of the viewer's workspace, by name."""
    query = (
        select(Skill.id, Skill.name, Skill.source_id)
        .where(Skill.workspace_id == viewer.workspace_id)
        .order_by(Skill.name, Skill.id)
    )
    return [Candidate(one, name, "", code) for one, name, code in session.execute(query)]


_MATCHERS = {STUDENT: match_students, CLASS: match_classes, SKILL: match_skills}
