"""Reading what people type after a command."""

import pytest

from handlers.words import Typed, read_words


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("", "", None),
        ("Maya", "Maya", None),
        ("  Maya   Okafor  30d ", "Maya Okafor", "30d"),
        ("Maya Okafor 30D", "Maya Okafor", "30d"),
        ("Maya last 60 days", "Maya", "60d"),
        ("Maya the last 1 day", "Maya", "1d"),
        ("Maya 14 d", "Maya", "14d"),
        ("term", "", "term"),
        ("Ana All", "Ana", "all"),
        ("Maya 2024-02-16..2024-05-12", "Maya", "2024-02-16..2024-05-12"),
        ("Maya 2024-02-16 … 2024-05-12", "Maya", "2024-02-16..2024-05-12"),
        ("Maya 2024-02-16..", "Maya", "2024-02-16.."),
        ('"Sam O\'Neil" 7d', "Sam O'Neil", "7d"),
        ("\u201cSam O\u2019Neil\u201d", "Sam O\u2019Neil", None),
        ("Tom &amp; Ann &lt;3", "Tom & Ann <3", None),
        ("Room 101", "Room 101", None),
        ("Stu_1d", "Stu_1d", None),
        ("Grade 5 Maths", "Grade 5 Maths", None),
        ("Maya 99999999d", "Maya", "99999999d"),
        ("Maya \u0667d", "Maya", "7d"),
        ("\u0969\u0966 days", "", "30d"),
        ("Maya \u0662\u0660\u0662\u0664-01-01..2024-02-01", "Maya", "2024-01-01..2024-02-01"),
    ],
)
def test_the_range_is_the_end_and_the_rest_is_the_name(
    text: str, name: str, code: str | None
) -> None:
    assert read_words(text) == Typed(name, code)
