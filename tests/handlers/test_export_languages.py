"""In which language a version for parents comes, and how the other one is asked for."""

import pytest

from handlers.forms import Form
from handlers.ids import Action
from sandbox import full_text
from school.models import Guardian
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ
from tests.handlers.test_export import (
    click,
    file_of,
    files,
    name_of,
    notice,
    student,
    with_button,
)


@pytest.mark.parametrize(
    ("spoken", "name", "other"),
    [
        (("es-MX",), "informe-para-la-familia.pdf", "In English"),
        (("Spanish", "ko"), "report-for-parents.pdf", "In Spanish"),
        (("en", "vi"), "report-for-parents.pdf", None),
    ],
)
def test_a_version_for_parents_is_in_the_language_that_all_guardians_read(
    bot: Bot, spoken: tuple[str, ...], name: str, other: str | None
) -> None:
    record_guardians(bot, "Maya Okafor", *spoken)
    click(bot, with_button(bot, student(bot), Form.PARENTS))
    assert name_of(bot, file_of(bot)) == name
    end = notice(bot, "sent below")
    said = full_text(end)
    assert (f"in {name_of_tongue(name)} as PDF" in said.replace("\n", "")) == (other is not None)
    assert [one for one in ("In English", "In Spanish") if one in said] == (
        [other] if other else []
    )
    if other is not None:
        assert bot.slack.click(RUIZ, end, f"{Action.EXPORT}").ok
        bot.slack.wait_until(lambda: len(files(bot)) == 2)
        assert {name_of(bot, one) for one in files(bot)} == {
            "informe-para-la-familia.pdf",
            "report-for-parents.pdf",
        }


def name_of_tongue(file_name: str) -> str:
    """The language of a version for parents."""
    return "Spanish" if file_name.startswith("informe") else "English"


def record_guardians(bot: Bot, name: str, *spoken: str) -> None:
    """Guardians without e-mail of so many languages, and one who is to be left alone."""
    with bot.session_factory.begin() as session:
        for number, language in enumerate((*spoken, "es")):
            guardian = Guardian(
                workspace_id=bot.school.workspace_id,
                student_id=bot.school.students[name],
                name=f"Guardian {number}",
                language=language,
                do_not_contact=number == len(spoken),
            )
            session.add(guardian)
