"""Comparisons as messages, tables and modals: within Slack’s limits, saying what they should."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.reports.data import (
    ABOVE,
    BELOW,
    NOT_CLEAR,
    ClassBeside,
    ClassComparison,
    Interval,
    Measure,
    StudentComparison,
)
from handlers.codec import Ref
from handlers.ids import Action
from handlers.views.reports.compare import (
    class_comparison_message,
    compare_button,
    student_comparison_message,
)
from handlers.views.reports.compare_numbers import class_numbers_modal, student_numbers_modal
from sandbox.people.seeing import _strings
from tests.analytics.charts.comparisons import alone, class_comparison, student_comparison
from tests.handlers.views.reports import (
    COUNTS,
    COVERAGES,
    NAMES,
    NOW,
    RANGES,
    SHARES,
    STRENGTHS,
    several,
)
from tests.handlers.views.test_limits import OFFERS, QUICK, sound, sound_view, words_in

REF = Ref(kind="comparison", student=2**31 - 1, class_id=2**31 - 1, range="2024-02-16..2024-05-12")
SIDES = st.sampled_from(["", ABOVE, BELOW, NOT_CLEAR])
GAPS = st.floats(-1, 1)
SPANS = st.builds(Interval, st.floats(-2, 0), st.floats(0, 2))
FIGURES = st.none() | st.floats(0, 1_000_000)
MEASURES = st.tuples(
    *[
        st.builds(
            Measure,
            name=st.just(name),
            own=SHARES if name == "accuracy" else FIGURES,
            average=SHARES if name == "accuracy" else FIGURES,
            students=COUNTS,
            around=st.none() | SPANS,
            interval=st.none() | SPANS,
            side=SIDES,
        )
        for name in ("accuracy", "questions", "time", "skills_mastered", "xp", "active_days")
    ]
)
STUDENTS = st.builds(
    StudentComparison,
    student_id=st.integers(1, 2**31),
    student=NAMES,
    class_id=st.integers(1, 2**31),
    class_title=NAMES,
    range=RANGES,
    timezone=st.just("America/New_York"),
    coverage=COVERAGES,
    enrolled=st.booleans(),
    measures=MEASURES,
    judged=COUNTS,
    own_judged=st.booleans(),
    percentile=st.none() | st.floats(0, 100),
    quarter=st.none() | st.just("upper middle"),
    rough=st.booleans(),
    gaps=several(STRENGTHS, 240),
    strengths=several(STRENGTHS, 5),
    weaknesses=several(STRENGTHS, 5),
    place=st.none() | COUNTS,
    placed=COUNTS,
    left_out=st.booleans(),
    finding=NAMES,
    replaying=st.booleans(),
)
LINES = st.builds(
    ClassBeside,
    class_id=COUNTS,
    title=NAMES,
    accuracy=SHARES,
    interval=st.none() | SPANS,
    judged=COUNTS,
    students=COUNTS,
    questions=FIGURES,
    active_days=FIGURES,
    gap=st.none() | GAPS,
    gap_interval=st.none() | SPANS,
    p=st.none() | st.floats(0, 1),
    side=SIDES,
    shared=COUNTS,
)
CLASSES = st.builds(
    ClassComparison,
    class_id=st.integers(1, 2**31),
    title=NAMES,
    range=RANGES,
    timezone=st.just("America/New_York"),
    coverage=COVERAGES,
    own=LINES,
    others=several(LINES, 11),
    finding=NAMES,
    replaying=st.booleans(),
)


@QUICK
@given(STUDENTS, st.sampled_from([None, "F123"]))
def test_a_student_s_comparison_fits(found: StudentComparison, file_id: str | None) -> None:
    blocks = student_comparison_message(found, REF, NOW, OFFERS, file_id)
    sound(blocks)
    view = student_numbers_modal(found, REF, NOW)
    sound_view(view)
    assert words_in(blocks) == words_in(view) == []


@QUICK
@given(CLASSES, st.sampled_from([None, "F123"]))
def test_a_class_s_comparison_fits(found: ClassComparison, file_id: str | None) -> None:
    blocks = class_comparison_message(found, REF, NOW, OFFERS, file_id)
    sound(blocks)
    view = class_numbers_modal(found, REF, NOW)
    sound_view(view)
    assert words_in(blocks) == words_in(view) == []


def words(blocks: Any) -> str:
    return "\n".join(_strings(blocks))


def actions(blocks: list[dict[str, Any]]) -> list[str]:
    return [one["action_id"] for one in blocks[-1]["elements"]]


def test_a_message_says_what_the_picture_does_not() -> None:
    said = words(student_comparison_message(student_comparison(), REF, NOW, (), "F1"))
    assert "Percentile \n72\n (upper middle of 26 students)\nLeaderboard \n" in said
    assert "place 3 of 22 by XP" in said


def test_a_percentile_of_few_questions_is_rough() -> None:
    found = replace(student_comparison(), rough=True)
    assert "(roughly upper middle of " in words(
        student_comparison_message(found, REF, NOW, (), "F1")
    )


@pytest.mark.parametrize(
    ("left_out", "action"), [(False, Action.LEAVE_OUT), (True, Action.PUT_BACK)]
)
def test_one_button_undoes_the_other(left_out: bool, action: Action) -> None:
    found = replace(student_comparison(), left_out=left_out)
    shown = actions(student_comparison_message(found, REF, NOW, (), "F1"))
    assert [one for one in shown if one in (Action.LEAVE_OUT, Action.PUT_BACK)] == [action]


def test_the_table_holds_every_number_of_the_picture() -> None:
    blocks = student_comparison_message(student_comparison(), REF, NOW, (), None)
    rows = [[cell["text"] for cell in row] for row in blocks[3]["rows"]]
    assert rows[1] == ["Accuracy", "68 %", "66 % (61 to 71 %)", "not clearly different"]
    assert ["Multiplication", "95 %", "67 %", "+34 points, strength"] in rows
    assert len(rows) == 1 + 6 + 8


def test_without_classmates_there_is_nothing_beside_the_figures() -> None:
    view = words(student_numbers_modal(alone(), REF, NOW)["blocks"])
    assert "Accuracy: 100 %\nQuestions: 1" in view
    assert "Skills beside the class" not in view


def test_the_numbers_of_classes_say_how_sure_they_are() -> None:
    view = words(class_numbers_modal(class_comparison(4), REF, NOW)["blocks"])
    assert "81 % (76 to 86 %) of 24 of 25 students" in view
    assert "+13 points against the first (+6 to +20)" in view
    assert "p .012 · clearly higher" in view
    assert "in both" not in view


def test_classes_that_are_not_shown_are_counted() -> None:
    for more, expected in ((1, "1 more class not shown"), (3, "3 more classes not shown")):
        found = replace(class_comparison(), more=more)
        assert expected in words(class_comparison_message(found, REF, NOW, (), "F1"))
    assert "not shown" not in words(
        class_comparison_message(class_comparison(), REF, NOW, (), "F1")
    )


def test_the_button_asks_for_the_comparison_of_what_is_shown() -> None:
    shown = Ref(student=3, class_id=4, range="60d", ts="1.1", channel="D1", page=2)
    element = compare_button(shown)
    assert element["value"] == "kind=comparison;student=3;class_id=4;range=60d"
