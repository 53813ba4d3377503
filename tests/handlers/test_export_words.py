"""Words of `/homeroom export` in the order in which people say them."""

import pytest

from handlers.commands.export import TypedExport, read_export, read_start
from handlers.forms import Form
from sandbox import full_text
from tests.handlers.conftest import Bot
from tests.handlers.test_export import file_of, name_of


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("maya as pdf", TypedExport("maya")),
        ("maya as a csv 7d", TypedExport("maya", Form.CSV, "7d")),
        ("maya for her parents", TypedExport("maya", Form.PARENTS)),
        ("basil pdf", TypedExport("basil")),
    ],
)
def test_words_between_a_name_and_its_file_are_no_name(text: str, read: TypedExport) -> None:
    assert read_export(text) == read


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("csv maya", TypedExport("maya", Form.CSV)),
        ("parents of maya", TypedExport("maya", Form.PARENTS)),
        ("the class pack of grade 5", TypedExport("grade 5", Form.PACK)),
        ("a pack for grade 5", TypedExport("grade 5", Form.PACK)),
        ("pdf", TypedExport("pdf")),
        ("packard", TypedExport("packard")),
    ],
)
def test_the_sort_of_file_may_be_said_first(name: str, read: TypedExport) -> None:
    assert read_start(TypedExport(name)) == read


def test_a_sort_that_was_said_at_the_end_is_not_said_again_at_the_start() -> None:
    typed = TypedExport("pack maya", Form.CSV)
    assert read_start(typed) == typed


@pytest.mark.parametrize(
    ("words", "name"),
    [("csv maya 60d", "student-report.csv"), ("parents of maya", "report-for-parents.pdf")],
)
def test_what_is_said_first_brings_the_file(bot: Bot, words: str, name: str) -> None:
    bot.ask("/homeroom", f"export {words}")
    assert name_of(bot, file_of(bot)) == name


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("maya pack", "A pack is of a whole class: name the class."),
        ("pack maya", "A pack is of a whole class: name the class."),
        ("grade 5 parents", "A version for parents is of one student: name the student."),
        ("xqzv", "None of your students, classes or skills is called"),
    ],
)
def test_what_has_no_such_file_is_said(bot: Bot, words: str, said: str) -> None:
    assert said in full_text(bot.ask("/homeroom", f"export {words}")).replace("\n", "")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("maya parents spanish", TypedExport("maya", Form.PARENTS, language="es")),
        ("maya for parents in English", TypedExport("maya", Form.PARENTS, language="en")),
        (
            "maya parents term letter en español",
            TypedExport("maya", Form.PARENTS, "term", "letter", "es"),
        ),
        ("AP Spanish", TypedExport("AP Spanish")),
        ("Leo English parents", TypedExport("Leo English", Form.PARENTS)),
        ("maya parents klingon", TypedExport("maya parents klingon")),
    ],
)
def test_a_language_stands_behind_parents_and_else_is_a_name(text: str, read: TypedExport) -> None:
    assert read_export(text) == read
