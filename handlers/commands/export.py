"""`/homeroom export <student|class|skill> [pdf|csv|parents [spanish]|pack] [range] [a4|letter]`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from handlers.ask import Answer, Ask
from handlers.codec import Ref
from handlers.exports import save_export
from handlers.forms import Form, export_ref
from handlers.people import Asker, saving
from handlers.pointers import file_pointer
from handlers.reports import title_of
from handlers.services import Services
from handlers.skills import Pair, meant_skill
from handlers.subjects import CLASS, STUDENT, Subject, Subjects, find_subjects, own_classes
from handlers.views.help import export_help
from handlers.views.reports.answers import Choice, no_classes, not_found, several, which_class
from handlers.words import check_range, read_words
from school.languages import own_code
from school.paper import PAPERS

_PARENTS = ("parents", "parent", "family")
FORMS = {"pdf": Form.PDF, "csv": Form.CSV, "pack": Form.PACK} | dict.fromkeys(
    _PARENTS, Form.PARENTS
)
_BETWEEN = re.compile(r"\s+(?:as(?: an?)?|for(?: (?:the|her|his|their))?)$", re.IGNORECASE)
"""What some people say between a name and the sort of file."""
_IN = re.compile(r"\s+(?:in|en)$", re.IGNORECASE)
_FIRST = re.compile(
    rf"^(?:(?:an?|the) )?(?:class )?({'|'.join(FORMS)})(?: (?:of|for))? (?=\S)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TypedExport:
    """What was typed: whose file (perhaps nobody's), and of what sort."""

    name: str
    form: Form = Form.PDF
    range: str | None = None
    paper: str | None = None
    language: str | None = None

    def ref(self, subject: Ref) -> Ref:
        """The file that is meant of one subject. Raises InvalidInput where there is none."""
        language = self.language if self.form is Form.PARENTS else None
        return export_ref(replace(subject, range=self.range), self.form, self.paper, language)


def read_export(text: str) -> TypedExport:
    """Split what was typed: sort, range and paper stand at the end, in any order.

    A language stands behind `parents`: elsewhere it is a part of a name, as in `AP Spanish`.
    """
    found: dict[str, str] = {}
    name = text
    while True:
        typed = read_words(name)
        before, _, last = typed.name.rpartition(" ")
        word = last.lower()
        if typed.range and "range" not in found:
            found["range"], name = typed.range, typed.name
        elif word in FORMS and "form" not in found:
            found["form"], name = FORMS[word].value, _BETWEEN.sub("", before)
        elif word in PAPERS and "paper" not in found:
            found["paper"], name = word, before
        elif "form" not in found and "language" not in found and (code := _tongue(before, word)):
            found["language"], name = code, _IN.sub("", before)
        else:
            form = Form(found.get("form", Form.PDF))
            more = (found.get(one) for one in ("range", "paper", "language"))
            return TypedExport(typed.name, form, *more)


def _tongue(before: str, word: str) -> str | None:
    """The language that a word behind `parents` names."""
    behind = any(one in _PARENTS for one in before.lower().split())
    return own_code(word) if behind else None


def read_start(typed: TypedExport) -> TypedExport:
    """Read the sort of file at the start of the name, as some people say it first."""
    first = _FIRST.match(typed.name)
    if first is None or typed.form is not Form.PDF:
        return typed
    return replace(typed, name=typed.name[first.end() :], form=FORMS[first[1].lower()])


def export_command(ask: Ask, services: Services) -> None:
    """Have the file made that the words mean; where several may be meant, ask which."""
    typed = read_export(ask.words)
    if typed.name.lower() == "help" or (not typed.name and typed.form is Form.PARENTS):
        ask.ack(**export_help().message())
        return
    title = ""
    with saving(ask, services) as (session, asker):
        check_range(typed.range, asker.viewer.today)
        typed, meant = _meant(session, asker, typed)
        if len(meant.found) == 1:
            wanted = typed.ref(meant.found[0].ref)
            title = title_of(asker.viewer, wanted, session=session)
            patience = services.settings.double_click
            save_export(asker, wanted, ask.key, session=session, double_click=patience)
    ask.ack(**_words(ask, asker, typed, meant, title, services).message())
    services.wake()


def _meant(session: Session, asker: Asker, typed: TypedExport) -> tuple[TypedExport, Subjects]:
    """Whose file the words mean. What stands before a name is read only where no name begins so."""
    meant = _named(session, asker, typed)
    if not meant.found and (other := read_start(typed)) != typed:
        return other, _named(session, asker, other)
    return typed, meant


def _named(session: Session, asker: Asker, typed: TypedExport) -> Subjects:
    """A student or class of that name, else a skill; without a name the asker's classes.

    Raises InvalidInput where somebody of that name has no file of that sort.
    """
    if not typed.name:
        return own_classes(session, asker.viewer)
    kinds = {Form.PARENTS: (STUDENT,), Form.PACK: (CLASS,)}.get(typed.form, (STUDENT, CLASS))
    people = find_subjects(session, asker.viewer, typed.name, kinds)
    if people.found:
        return people
    if len(kinds) == 1:
        for other in find_subjects(session, asker.viewer, typed.name).found[:1]:
            typed.ref(other.ref)
        return people
    skills = meant_skill(session, asker.viewer, typed.name)
    return Subjects(_subjects(skills.found), people.near + _subjects(skills.near))


def _subjects(pairs: Sequence[Pair]) -> tuple[Subject, ...]:
    return tuple(
        Subject(skill.name, one.name, skill.source_id, Ref(class_id=one.id, skill=skill.id))
        for skill, one in pairs
    )


def _words(
    ask: Ask, asker: Asker, typed: TypedExport, meant: Subjects, title: str, services: Services
) -> Answer:
    if title:
        return file_pointer(ask, asker, title, services)
    shown = meant.found or meant.near
    choices = [
        Choice(one.name, one.where, one.source_id, typed.ref(one.ref).encode()) for one in shown
    ]
    if not typed.name:
        return which_class(choices) if choices else no_classes()
    if meant.found:
        return several(typed.name, choices, what=_what(meant.found, typed))
    return not_found(typed.name, choices, what=_what(meant.near, typed))


def _what(subjects: Sequence[Subject], typed: TypedExport) -> str:
    """What the words were looked for among."""
    if typed.form is Form.PACK:
        return "classes"
    if typed.form is Form.PARENTS:
        return "students"
    if subjects and all(one.ref.student is not None for one in subjects):
        return "students"
    return "students, classes or skills"
