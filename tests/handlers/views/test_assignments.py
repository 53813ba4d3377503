"""Assignments in words, within Slack's limits, whatever they are called."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.codec import Ref
from handlers.views.assignments.assignment import (
    AssignmentForm,
    assignment_modal,
    due_day_words,
    told_words,
)
from handlers.views.assignments.assignment_card import (
    before_words,
    done_notice,
    group_words,
    overdue_notice,
    progress_words,
    what_words,
)
from handlers.views.assignments.student_assignment import (
    StudentAssignment,
    student_assignment_message,
)
from interventions.assignments import AssignmentView, Draft, PartView, SkillChoice
from interventions.assignments.comparing import BeforeAfter
from interventions.assignments.targeted import MOST_CHOICES
from tests.handlers.views.reports import NASTY
from tests.handlers.views.test_limits import sound, sound_view

ZONE = "America/New_York"
NOW = datetime(2026, 11, 16, 15, tzinfo=UTC)
DUE = datetime(2026, 11, 21, 4, 59, tzinfo=UTC)
LONG = "Ω" * 999
LEO = PartView(1, "Leo Park", 6, 4, None, None, 1)
DONE = replace(LEO, questions=15, correct=11, completed_at=NOW)
VIEW = AssignmentView(
    id=1,
    class_id=1,
    teacher_id=1,
    title="Division & Fractions Practice",
    description="",
    question_count=15,
    difficulty="easy",
    assigned_at=NOW,
    due_at=DUE,
    due_on=date(2026, 11, 20),
    skills=((1, "Division"), (2, "Fractions"), (3, "Ratio")),
    parts=(LEO,),
    known_to=NOW,
)


def with_parts(*parts: PartView) -> AssignmentView:
    return replace(VIEW, parts=parts)


@pytest.mark.parametrize("name", [*NASTY, LONG])
@pytest.mark.parametrize("students", [1, 100])
def test_the_form_is_within_the_limits_whatever_stands_in_it(name: str, students: int) -> None:
    own = SkillChoice(1, name, 0.5, 20, needed=True)
    draft = Draft(
        students=tuple((number, name) for number in range(1, students + 1)),
        class_id=2**31 - 1,
        title=name[:200],
        description=name,
        skill_ids=tuple(range(1, 21)),
        question_count=15,
        difficulty="easy",
        due_on=date(2026, 11, 20),
        choices=tuple(replace(own, skill_id=number) for number in range(1, MOST_CHOICES + 1)),
        said=name,
    )
    told = told_words([one for _, one in draft.students], [None] * students)
    form = AssignmentForm(draft, name, told, ZONE)
    sound_view(assignment_modal(form, Ref(student=2**31 - 1, draft="d" * 32)))


@pytest.mark.parametrize("name", [*NASTY, LONG])
def test_what_is_told_is_within_the_limits(name: str) -> None:
    many = tuple(replace(DONE, student_id=number, name=name) for number in range(100))
    view = replace(VIEW, title=name[:200], skills=((1, name),) * 20, parts=many)
    sound(done_notice(view, many, {}))
    sound(overdue_notice(view, many, "Fri"))
    given = StudentAssignment(
        1, 1, name, name, name[:200], name, (name,) * 20, 15, "Fri", DUE.date()
    )
    sound(student_assignment_message(given))
    sound(student_assignment_message(replace(given, is_seen=True, description="")))


@pytest.mark.parametrize(
    ("hints", "words"),
    [
        (["Slack"], "Leo hears of it by Slack, half a minute after you create it."),
        ([None], "There is no way for me to tell Leo: please do so yourself."),
        (
            ["Slack", None],
            "By Slack or e-mail 1 student will hear of it, half a minute after you create it. "
            "There is no way for me to tell Ida: please do so yourself.",
        ),
        (
            ["Slack", "e-mail to i***@school.test"],
            "By Slack or e-mail 2 students will hear of it, half a minute after you create it.",
        ),
    ],
)
def test_the_form_says_who_hears_of_it(hints: list[str | None], words: str) -> None:
    assert told_words(["Leo", "Ida"][: len(hints)], hints) == words


def test_a_due_day_is_named_as_near_as_it_is() -> None:
    today = date(2026, 12, 28)
    days = [today + timedelta(ahead) for ahead in (0, 6, 7, -1)]
    assert [due_day_words(day, today) for day in days] == [
        "Mon",
        "Sun",
        "Mon 4 Jan 2027",
        "Sun 27 Dec",
    ]


def test_how_far_it_is_says_what_it_rests_on() -> None:
    assert what_words(VIEW) == "“Division & Fractions Practice” · Ratio · 15 questions, easy"
    assert progress_words(VIEW, NOW, ZONE) == "6 of 15, 4 right · due Fri"
    assert progress_words(VIEW, DUE - timedelta(hours=1), ZONE).endswith("due today")
    later = DUE + timedelta(days=1)
    unknown = "6 of 15, 4 right · was due Fri 20 Nov (practice up to then is not in yet)"
    assert progress_words(VIEW, later, ZONE) == unknown
    known = replace(VIEW, known_to=DUE)
    assert progress_words(known, later, ZONE) == "6 of 15, 4 right · was due Fri 20 Nov"
    done = with_parts(DONE)
    assert progress_words(done, NOW, ZONE) == "15 questions, 11 right (73 %)"
    imported = with_parts(replace(DONE, questions=0, correct=0))
    assert "it names no questions" in progress_words(imported, NOW, ZONE)


def test_several_are_told_apart_by_how_far_they_are() -> None:
    ida = replace(LEO, name="Ida Moon", questions=0, correct=0)
    view = with_parts(DONE, replace(LEO, name="Abe Lund"), ida)
    assert progress_words(view, NOW, ZONE) == "1 of 3 done · due Fri"
    assert group_words(view) == [
        "Done: Leo Park",
        "Under way: Abe Lund (6)",
        "Not begun: Ida Moon",
    ]
    assert group_words(VIEW) == []


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (
            BeforeAfter(30, 17, 15, 11),
            "Before 57 % (30 questions in the 10 school days before), after 73 %. "
            "A rise alone does not say that the practice did it.",
        ),
        (
            BeforeAfter(30, 27, 15, 11),
            "Before 90 % (30 questions in the 10 school days before), after 73 %. "
            "Such a change alone does not say what the practice did.",
        ),
        (
            BeforeAfter(9, 5, 15, 11),
            "Too little to set beside it: 9 questions on the same skills in the 10 school days "
            "before.",
        ),
        (
            BeforeAfter(30, 17, 5, 5),
            "Too little to set beside it: 5 questions towards it.",
        ),
    ],
)
def test_before_and_after_is_a_fact_with_what_it_rests_on(figures: BeforeAfter, words: str) -> None:
    assert before_words(figures) == words
