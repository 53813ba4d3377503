"""What students and guests read when they ask for help."""

import pytest

from sandbox import full_text
from tests.handlers.conftest import Bot


@pytest.mark.parametrize("text", ["help", "", "nonsense"])
@pytest.mark.parametrize(
    ("user", "words"),
    [("U0LEO", "Messages from your teachers reach you here."), ("U0GUEST", "guests cannot open")],
)
def test_help_tells_students_and_guests_what_they_can_expect(
    bot: Bot, user: str, words: str, text: str
) -> None:
    said = full_text(bot.ask("/homeroom", text, user=user))
    assert words in said
    assert "/homeroom" not in said
