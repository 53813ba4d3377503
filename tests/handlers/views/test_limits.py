"""Whatever is shown stays within Slack's limits, whoever it is about."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.ask import Answer
from handlers.codec import Ref
from handlers.views.blocks import bold, line
from handlers.views.home import ClassLine, home_view
from handlers.views.limits import LIMITS, shorten, shorten_middle
from handlers.views.modals import custom_range_modal, note, student_picker_modal
from handlers.views.reports.answers import Choice, not_found, pointer, several, which_class
from handlers.views.reports.class_report import class_report_message
from handlers.views.reports.numbers import numbers_modal
from handlers.views.reports.skills import skills_modal
from handlers.views.reports.student_report import student_report_message
from sandbox.blocks.check import check_blocks, check_view
from school.days import DateRange, last_days
from tests.handlers.views.class_reports import CLASS_REPORTS
from tests.handlers.views.reports import (
    NAMES,
    NASTY,
    NOW,
    RANGES,
    STUDENT_REPORTS,
    TODAY,
)

QUICK = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
REF = Ref(student=2**31, class_id=2**31, range="2024-02-16..2024-05-12")
OFFERS = (last_days(30, TODAY), DateRange(date(2024, 1, 1), TODAY, "all"))
CHOICES = st.lists(
    st.builds(Choice, NAMES, st.just("") | NAMES, st.text(max_size=255), st.just(REF.encode())),
    min_size=1,
    max_size=30,
)


def sound(blocks: list[dict[str, Any]]) -> None:
    """Slack would take these blocks in a message."""
    check_blocks(blocks, "message", lambda _file: True)


def sound_view(view: dict[str, Any]) -> None:
    """Slack would take this view."""
    check_view(view, lambda _file: True)


def words_in(value: Any) -> list[str]:
    """Every text that is set in Slack's own marks."""
    if isinstance(value, dict):
        own = [str(value["text"])] if value.get("type") == "mrkdwn" else []
        return own + [word for each in value.values() for word in words_in(each)]
    return [word for each in value for word in words_in(each)] if isinstance(value, list) else []


@QUICK
@given(STUDENT_REPORTS, st.sampled_from([None, "F123"]))
def test_a_student_report_fits(report: Any, file_id: str | None) -> None:
    ref = Ref(student=report.student_id, class_id=report.class_id, range=report.range.code())
    blocks = student_report_message(report, ref, NOW, OFFERS, file_id)
    sound(blocks)
    assert words_in(blocks) == []


@QUICK
@given(CLASS_REPORTS, st.sampled_from([None, "F123"]))
def test_a_class_report_fits(report: Any, file_id: str | None) -> None:
    ref = Ref(class_id=report.class_id, range=report.range.code())
    blocks = class_report_message(report, ref, NOW, OFFERS, file_id)
    sound(blocks)
    assert words_in(blocks) == []


@QUICK
@given(STUDENT_REPORTS, st.integers(0, 20))
def test_every_page_of_skills_fits(report: Any, page: int) -> None:
    view = skills_modal(report, REF, page, NOW)
    sound_view(view)
    assert words_in(view) == []


@QUICK
@given(CLASS_REPORTS, st.integers(0, 20))
def test_every_page_of_numbers_fits(report: Any, page: int) -> None:
    view = numbers_modal(report, REF, page, NOW)
    sound_view(view)
    assert words_in(view) == []


@QUICK
@given(NAMES, CHOICES)
def test_answers_fit(typed: str, choices: Sequence[Choice]) -> None:
    answers = [
        several(typed, choices, what="students"),
        not_found(typed, choices[:4], what="students"),
        not_found(typed, (), what="classes"),
        which_class(choices),
        pointer(typed, "slack://channel?team=T&id=D", here=False, wait=None),
        pointer(typed, None, here=True, wait=None),
        pointer(typed, None, here=True, wait=400),
    ]
    for answer in answers:
        sound(answer.blocks)
        assert words_in(answer.blocks) == []


@QUICK
@given(st.lists(st.builds(ClassLine, st.integers(1, 2**31), NAMES, NAMES, NAMES), max_size=60))
def test_home_fits(classes: list[ClassLine]) -> None:
    view = home_view(classes)
    sound_view(view)
    assert words_in(view) == []


@given(RANGES, NAMES)
def test_modals_fit(shown: DateRange, words: str) -> None:
    sound_view(custom_range_modal(REF, shown, TODAY))
    sound_view(student_picker_modal(Ref(range=shown.code(), draft="d" * 32)))
    sound_view(note("A title that is much longer than any", Answer.plain(words or "–")))


@given(NAMES, st.sampled_from(sorted(LIMITS)))
def test_shortening_keeps_to_the_table_and_leaves_something(text: str, what: str) -> None:
    assert 1 <= len(shorten(text, what)) <= LIMITS[what]
    assert 1 <= len(shorten_middle(text, what)) <= LIMITS[what]


def test_names_stand_letter_by_letter() -> None:
    for name in NASTY[:3]:
        elements = line("Hello ", bold(name)).get("elements", [])[0]["elements"]
        assert elements[1] == {"type": "text", "text": name, "style": {"bold": True}}


def test_two_ids_that_differ_at_their_ends_stay_apart() -> None:
    ids = [f"Stu_{'0' * 40}{n}" for n in range(3)]
    assert len({Choice("Ana", "Maths", one, "").label for one in ids}) == 3
