"""Which files there are of a report, and how a reference names one."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from handlers.codec import OLDER, Ref
from handlers.ids import Kind
from school.errors import InvalidInput
from school.languages import OURS
from school.paper import PAPERS


class Form(StrEnum):
    """What sort of file. `parents`: a student's PDF for the family; `pack`: all of a class."""

    PDF = "pdf"
    CSV = "csv"
    PARENTS = "parents"
    PACK = "pack"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A form, and the paper and language where one was asked for; a version for parents has both.

    In a reference it is such as `pdf`, `pdf.letter`, `parents.letter.es`.
    """

    form: Form
    paper: str | None = None
    language: str | None = None

    @property
    def code(self) -> str:
        """How a reference carries it."""
        return ".".join(filter(None, (self.form.value, self.paper, self.language)))

    @classmethod
    def decode(cls, code: str | None) -> Self:
        """Read a reference's `form`. Raises InvalidInput."""
        form, *rest = (code or "").split(".")
        paper = rest.pop(0) if rest and rest[0] in PAPERS else None
        language = rest.pop(0) if rest and rest[0] in OURS and form == Form.PARENTS else None
        if form not in set(Form) or rest:
            raise InvalidInput("form", OLDER)
        return cls(Form(form), paper, language)


def export_ref(ref: Ref, form: Form, paper: str | None = None, language: str | None = None) -> Ref:
    """The file of the report that a reference is about. Raises InvalidInput where there is none."""
    of_student, of_class = ref.student is not None, ref.student is None and ref.skill is None
    if form is Form.PARENTS and not of_student:
        raise InvalidInput("form", "A version for parents is of one student: name the student.")
    if form is Form.PACK and not of_class:
        raise InvalidInput("form", "A pack is of a whole class: name the class.")
    kind = Kind.CLASS_PACK if form is Form.PACK else Kind.EXPORT
    plain = ref.report_only()
    return replace(
        plain, kind=kind.value, form=Wanted(form, paper, language).code, metric=None, by=None
    )


def report_of(ref: Ref) -> Ref:
    """The report that a file is of, as a message: of a pack the class's."""
    kind = None if ref.skill is None else Kind.SKILL_REPORT.value
    return replace(ref.report_only(), kind=kind, form=None)


def is_export(ref: Ref) -> bool:
    """Whether a reference is about a file."""
    return ref.kind in (Kind.EXPORT.value, Kind.CLASS_PACK.value)
