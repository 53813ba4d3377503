"""Writing to a student: the form, its templates and preview, and what sending leads to."""

from handlers.ids import Action
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import words_in
from tests.handlers.writing.support import (
    composer,
    field_of,
    text_of,
)


def test_the_form_opens_filled_with_what_fits_and_says_how_it_goes(bot: Bot) -> None:
    view = composer(bot)
    assert view.body["title"]["text"] == "Message Leo"
    assert text_of(view) in words_in(view)
    assert "As Leo will see it" in words_in(view)
    assert "Goes by Slack. You can take this back for 30 s." in words_in(view)
    groups = field_of(view, Action.MESSAGE_TEMPLATE)["option_groups"]
    assert len(groups) == 4
