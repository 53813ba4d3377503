"""Why an entry could not be put into a calendar, and what to do about it."""

import pytest

from handlers.views.kinds import kind_words, kinds_words
from handlers.views.reports.reasons import reason_of
from school.models import Medium


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("caldav_401", "does not let me into this calendar"),
        ("caldav_403", "does not let me into this calendar"),
        ("caldav_404", "has no calendar for this person"),
        ("caldav_409", "has no calendar for this person"),
        ("no_address", "has no calendar for this person"),
        ("caldav_415", "did not take the entry"),
        ("caldav_503", "could not be reached, or was too busy"),
        ("caldav_429", "could not be reached, or was too busy"),
        ("ReadTimeout", "could not be reached, or was too busy"),
        ("ConnectionError", "could not be reached, or was too busy"),
        ("broke: ValueError", "Something broke on my side"),
        ("unknown_kind", "None of my running processes"),
    ],
)
def test_each_code_has_a_reason_and_advice(code: str, words: str) -> None:
    reason = reason_of(code, Medium.CALENDAR)
    assert words in reason.why
    assert reason.advice(is_administrator=True)
    assert reason.advice(is_administrator=False)


def test_an_entry_is_called_what_it_is() -> None:
    assert kind_words("meeting_event", Medium.CALENDAR) == "date for the calendar"
    assert kinds_words(3, "meeting_event", Medium.CALENDAR) == "3 dates for the calendar"
