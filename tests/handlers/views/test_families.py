"""The words after a letter to a family."""

from datetime import timedelta
from typing import Any

import pytest

from handlers.views.families.parent import parent_sent
from sandbox import Message, full_text


def words(blocks: list[dict[str, Any]]) -> str:
    return full_text(Message("", "", "", "", blocks))


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "E-mail to the family of Leo goes out in 30 seconds. Until then you can take it back"),
        (2, "2 e-mails to the family of Leo go out in 30 seconds. Until then you can take them"),
    ],
)
def test_what_follows_the_form_speaks_of_as_many_letters_as_go_out(count: int, said: str) -> None:
    shown = parent_sent("Leo", count, None, timedelta(seconds=30), None)
    assert said in words(shown["blocks"])
    assert f"who opened {'it' if count == 1 else 'them'} and" in words(shown["blocks"])
