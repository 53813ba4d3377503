"""What is said of files stays within Slack's limits, and beside a file nobody is named."""

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.outgoing import FileTrouble
from handlers.codec import Ref
from handlers.forms import Form, export_ref
from handlers.views.export import FileWords, export_buttons, on_its_way
from tests.handlers.views.reports import NAMES
from tests.handlers.views.test_limits import QUICK, sound, words_in

UNTIL = datetime(2026, 5, 19, 3, 30, tzinfo=UTC)
LARGEST = 2**31 - 1
STUDENT = Ref(student=LARGEST, class_id=LARGEST, range="2024-02-16..2024-05-12")


def words(name: str, left_out: int = 0) -> FileWords:
    return FileWords(
        name,
        "last 60 days",
        "student report",
        "PDF (A4)",
        zone="America/New_York",
        left_out=left_out,
    )


@QUICK
@given(NAMES, st.integers(0, 3), st.sampled_from(FileTrouble))
def test_whatever_is_said_of_a_file_fits(name: str, left_out: int, trouble: FileTrouble) -> None:
    said = words(name, left_out)
    again = export_ref(STUDENT, Form.PARENTS, "letter")
    blocks = [
        *said.being_made(3, 27),
        *said.being_made(),
        *said.at_end(UNTIL),
        *said.at_end(None),
        *said.beside(UNTIL),
    ]
    sound(blocks)
    sound(said.instead(trouble, again))
    assert words_in(blocks) == []


@QUICK
@given(NAMES, st.booleans(), st.sampled_from([None, 40]))
def test_where_a_file_comes_fits(name: str, here: bool, wait: int | None) -> None:
    sound(on_its_way(name, "slack://channel?team=T1&id=D1", here=here, wait=wait).blocks)


def test_the_buttons_of_files_fit() -> None:
    elements = export_buttons(STUDENT, [Form.PDF, Form.CSV, Form.PARENTS])
    sound([{"type": "actions", "elements": elements}])


def test_beside_a_file_nobody_is_named_and_the_day_is_the_schools() -> None:
    said = json.dumps(words("Maya Okafor", 2).beside(UNTIL))
    assert "Maya" not in said
    assert "here until 18 May." in said
    assert "2 students without practice in these days are left out." in said
