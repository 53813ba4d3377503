"""What a teacher reads after a letter to a family, and of its answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from handlers.codec import Ref
from handlers.meetings.form import Wish
from handlers.views.families.parent import parent_sent
from handlers.views.families.parent_answer import answer_message
from sandbox import Message, full_text
from school.models import Guardian, MeetingType, ParentAnswer, ParentNotice, Student

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


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


def test_whoever_asks_to_meet_is_met_in_a_conference() -> None:
    notice = ParentNotice(student_id=1, concern="praise", sent_at=NOW)
    answer = ParentAnswer(choice="meet", version=1, answered_at=NOW)
    who: Any = (Student(given_name="Leo", family_name="Park"), Guardian(name="Min Park"))
    first, *_, buttons = answer_message(notice, answer, *who, zone="America/New_York", now=NOW)
    assert "You wrote about what deserves praise" in words([first])
    meet = Ref.decode(buttons["elements"][0]["value"])
    assert (meet.act, meet.student) == ("meet", 1)
    assert Wish.decode(meet.when).kind == MeetingType.PARENT_CONFERENCE.value
