"""Whom typed words mean: a student or a class, of the asker's own alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from handlers.ask import Answer
from handlers.codec import Ref
from handlers.views.reports.answers import Choice, no_classes, not_found, several, which_class
from school.access import Viewer, visible_classes
from school.names import Candidate, match_classes, match_students

STUDENT, CLASS = "student", "class"


@dataclass(frozen=True, slots=True)
class Subject:
    """What typed words may mean, as a reference: a student, a class, or a skill in a class."""

    name: str
    where: str
    source_id: str
    ref: Ref

    def asked(self, ref: Ref) -> Ref:
        """What `ref` asks for (its kind, range and the like), of this one."""
        own = self.ref
        return replace(ref, student=own.student, class_id=own.class_id, skill=own.skill)

    def choice(self, ref: Ref) -> Choice:
        """A button that asks for the same."""
        return Choice(self.name, self.where, self.source_id, self.asked(ref).encode())


@dataclass(frozen=True, slots=True)
class Subjects:
    """`found`: what the words mean, several where they leave a choice; else `near`, best first."""

    found: tuple[Subject, ...]
    near: tuple[Subject, ...] = ()

    @property
    def kinds(self) -> str:
        """What they are, for words such as `Several of your students`."""
        of_class = {one.ref.student is None for one in self.found or self.near}
        if len(of_class) != 1:
            return "students or classes"
        return "classes" if of_class == {True} else "students"


def find_subjects(
    session: Session, viewer: Viewer, words: str, kinds: Sequence[str] = (STUDENT, CLASS)
) -> Subjects:
    """What the words mean among the viewer's own, of these kinds, the first kind first.

    A whole name or id of one kind settles it; otherwise all kinds may be meant.
    """
    matches = {kind: _MATCHERS[kind](session, viewer, words) for kind in kinds}
    found = [_subject(kind, one) for kind, match in matches.items() for one in match.found]
    near = [_subject(kind, one) for kind, match in matches.items() for one in match.near]
    settled = _exact(found, words) if len(kinds) > 1 else ()
    return Subjects(tuple(settled or found), () if found else tuple(near))


def own_classes(session: Session, viewer: Viewer) -> Subjects:
    """All classes of the viewer, for where none is named."""
    return Subjects(
        tuple(
            Subject(one.title, "", one.source_id, Ref(class_id=one.id))
            for one in visible_classes(session, viewer)
        )
    )


def which_one(typed: str, meant: Subjects, asked: Ref, *, what: str) -> Answer:
    """Which of several is meant, or comes near; without words, which class.

    `what`: what was looked among. Each button asks for what `asked` says.
    """
    choices = [one.choice(asked) for one in meant.found or meant.near]
    if not typed:
        return which_class(choices) if choices else no_classes()
    if meant.found:
        return several(typed, choices, what=what)
    return not_found(typed, choices, what=what)


def _exact(found: Sequence[Subject], words: str) -> list[Subject]:
    typed = words.casefold().strip()
    return [one for one in found if typed in (one.name.casefold(), one.source_id.casefold())]


def _subject(kind: str, one: Candidate) -> Subject:
    ref = Ref(student=one.id) if kind == STUDENT else Ref(class_id=one.id)
    return Subject(one.name, one.class_title, one.source_id, ref)


_MATCHERS = {STUDENT: match_students, CLASS: match_classes}
