"""What is rarely wanted of a report, behind one small menu of three dots."""

from dataclasses import replace

from handlers.codec import Ref
from handlers.forms import Form, export_ref
from handlers.ids import Action, Kind
from handlers.views.blocks import Element, option

FILES = {
    Form.CSV: "CSV for a spreadsheet",
    Form.PARENTS: "PDF for the parents",
    Form.PACK: "Class pack: every student",
}


def student_more(ref: Ref) -> Element:
    """Other views of a student's days, and files."""
    return _more(_view(ref, "Trend over time", Kind.TREND), *_files(ref, Form.CSV, Form.PARENTS))


def class_more(ref: Ref) -> Element:
    """Other views of a class's days, and files."""
    views = [
        _view(ref, "Trend over time", Kind.TREND),
        _view(ref, "Compare with your other classes", Kind.COMPARISON),
    ]
    return _more(*views, *_files(ref, Form.CSV, Form.PACK))


def _view(ref: Ref, words: str, kind: Kind) -> Element:
    return option(words, replace(ref.report_only(), kind=kind.value).encode())


def _files(ref: Ref, *forms: Form) -> list[Element]:
    return [option(FILES[form], export_ref(ref, form).encode()) for form in forms]


def _more(*options: Element) -> Element:
    return {"type": "overflow", "action_id": Action.MORE.value, "options": list(options)}
