"""What is waited for in words, in Home and in its modal."""

from datetime import timedelta

from handlers.views.interventions.waiting import NOTHING, Seen, waiting_blocks, waiting_modal
from interventions.waiting import MOST, WaitingFor, WaitingLine
from tests.handlers.views.meetings import NEW_YORK, words_of
from tests.handlers.views.reports import NOW
from tests.handlers.views.test_limits import sound_view

SEEN = Seen(NOW, NEW_YORK)


def line(days: int, detail: str = "", due: int | None = None) -> WaitingLine:
    """Of so many days ago, due in so many."""
    due_at = None if due is None else NOW + timedelta(days=due)
    return WaitingLine(1, "Leo Park", NOW - timedelta(days=days), detail, due_at)


def test_each_sort_is_counted_with_its_age() -> None:
    found = {
        WaitingFor.READING: (line(2), line(0)),
        WaitingFor.ANSWER: (line(1, "Ana Park"),),
        WaitingFor.PRACTICE: (line(5, "Fractions", -1), line(0, "Ratio", 3)),
    }
    said = words_of(waiting_blocks(found, SEEN))
    assert "2 messages not read yet, the oldest since Sun 10 May" in said
    assert "1 e-mail to parents not answered yet, since Mon 11 May" in said
    assert "2 assignments running, 1 overdue" in said
    assert waiting_blocks({}, SEEN) == []


def test_very_many_are_not_counted_out() -> None:
    found = {WaitingFor.READING: tuple(line(1) for _ in range(MOST))}
    assert f"{MOST} or more messages not read yet" in words_of(waiting_blocks(found, SEEN))


def test_the_modal_says_what_each_is() -> None:
    for what, one, words in (
        (WaitingFor.READING, line(0), "sent today"),
        (WaitingFor.ANSWER, line(0, "Ana Park"), "e-mail to Ana Park, today"),
        (WaitingFor.PRACTICE, line(0, "Ratio", 1), "Ratio, due tomorrow"),
        (WaitingFor.PRACTICE, line(9, "Ratio", -2), "Ratio, was due 10 May"),
        (WaitingFor.PRACTICE, line(9, "Ratio"), "Ratio, without a due date"),
    ):
        view = waiting_modal(what, [one], 0, SEEN)
        sound_view(view)
        assert words in words_of(view["blocks"])
    assert NOTHING in words_of(waiting_modal(WaitingFor.READING, [], 0, SEEN)["blocks"])
