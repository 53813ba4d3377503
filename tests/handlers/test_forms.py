"""What is typed and what references carry about files, and the buttons of each report."""

import pytest

from handlers.codec import Ref
from handlers.commands.export import TypedExport, read_export
from handlers.forms import Form, Wanted, export_ref
from handlers.views.export import export_buttons
from school.errors import InvalidInput


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Maya", TypedExport("Maya")),
        ("Maya csv", TypedExport("Maya", Form.CSV)),
        ("Maya PDF 30d A4", TypedExport("Maya", Form.PDF, "30d", "a4")),
        (
            "Grade 5 Maths pack letter term",
            TypedExport("Grade 5 Maths", Form.PACK, "term", "letter"),
        ),
        ("Maya last 60 days for parents", TypedExport("Maya", Form.PARENTS, "60d")),
        ("Maya csv pdf", TypedExport("Maya csv", Form.PDF)),
        ("", TypedExport("")),
    ],
)
def test_sort_range_and_paper_stand_at_the_end_in_any_order(text: str, read: TypedExport) -> None:
    assert read_export(text) == read


def test_a_reference_names_form_and_paper() -> None:
    for wanted in (
        Wanted(Form.PDF),
        Wanted(Form.PACK, "letter"),
        Wanted(Form.PARENTS, language="es"),
        Wanted(Form.PARENTS, "a4", "en"),
    ):
        assert Wanted.decode(wanted.code) == wanted


@pytest.mark.parametrize("code", ["pdf.a5", "pdf.es", "parents.es.a4", "parents.ko", "", None])
def test_a_reference_to_no_file_is_refused(code: str | None) -> None:
    with pytest.raises(InvalidInput):
        Wanted.decode(code)


@pytest.mark.parametrize(
    ("ref", "form"),
    [
        (Ref(class_id=1), Form.PARENTS),
        (Ref(student=1), Form.PACK),
        (Ref(class_id=1, skill=2), Form.PACK),
    ],
)
def test_there_is_no_pack_of_one_and_no_parents_version_of_many(ref: Ref, form: Form) -> None:
    with pytest.raises(InvalidInput):
        export_ref(ref, form)


def test_a_button_of_a_file_carries_the_report_alone() -> None:
    shown = Ref(student=1, kind="trend", metric="xp", channel="D1", ts="1.1", page=3)
    buttons = export_buttons(shown, [Form.PDF, Form.PARENTS])
    assert [one["text"]["text"] for one in buttons] == ["PDF", "For parents"]
    assert Ref.decode(buttons[1]["value"]) == Ref(kind="export", student=1, form="parents")
