"""What a skill's report says, and that it fits whatever it is about."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.reports.data import FocusSkill, Prerequisite, SkillReport, Survival
from handlers.codec import Ref
from handlers.ids import Kind
from handlers.views.modals import skill_picker_modal
from handlers.views.reports.skill_numbers import skill_numbers_modal
from handlers.views.reports.skill_report import skill_report_message
from school.days import DateRange
from tests.analytics.skill_by_hand import SENTENCE, skill_report
from tests.handlers.views.reports import NOW
from tests.handlers.views.skill_reports import SKILL_REPORTS
from tests.handlers.views.test_limits import OFFERS, QUICK, sound, sound_view, words_in

LARGEST = 2**31 - 1
REF = Ref(kind=Kind.SKILL_REPORT.value, class_id=LARGEST, skill=LARGEST, range="30d")
MORNING = datetime(2024, 5, 30, 12, tzinfo=UTC)


def strings(value: Any) -> list[str]:
    """Every text in some blocks."""
    if isinstance(value, dict):
        own = [str(value["text"])] if isinstance(value.get("text"), str) else []
        return own + [word for each in value.values() for word in strings(each)]
    return [word for each in value for word in strings(each)] if isinstance(value, list) else []


def said(report: SkillReport, file_id: str | None = "F1") -> str:
    return "".join(strings(skill_report_message(report, REF, MORNING, (), file_id)))


def modal_words(report: SkillReport, page: int = 0) -> str:
    return "".join(strings(skill_numbers_modal(report, REF, page, MORNING)["blocks"]))


@QUICK
@given(SKILL_REPORTS, st.sampled_from([None, "F123"]))
def test_a_skill_report_fits(report: SkillReport, file_id: str | None) -> None:
    blocks = skill_report_message(report, REF, NOW, OFFERS, file_id)
    sound(blocks)
    assert words_in(blocks) == []


@QUICK
@given(SKILL_REPORTS, st.integers(0, 20))
def test_every_page_of_a_skills_numbers_fits(report: SkillReport, page: int) -> None:
    view = skill_numbers_modal(report, REF, page, NOW)
    sound_view(view)
    assert words_in(view) == []


def test_the_picker_fits() -> None:
    sound_view(skill_picker_modal(Ref(range="2024-02-16..2024-05-12", draft="d" * 32)))


def test_the_head_says_what_where_and_when() -> None:
    words = said(skill_report())
    assert words.startswith("Fractions · Grade 5 Maths · 27 students · last 30 days · data to ")
    assert " · 2 left since · " in said(skill_report(left_since=2))


def test_figures_say_what_they_rest_on() -> None:
    words = said(skill_report())
    assert "Accuracy 64 % (mean of 20 students; 540 questions together 66 %)" in words
    assert (
        "Time to mastery 18 questions, 6 school days (until half are there; 9 of 24 have" in words
    )
    none = said(skill_report(survival=Survival(24, 2, None, None), judged=0, accuracy=None))
    assert "Accuracy – (too little to judge; 540 questions" in none
    assert "Time to mastery – (2 of 24 have reached it so far)" in none
    one = said(skill_report(judged=1, questions=1, accuracy=1.0, pooled=1.0))
    assert "Accuracy – (too little to judge; 1 question 100 %)" in one
    idle = said(skill_report(questions=0, judged=0, accuracy=None))
    assert "Accuracy – (no questions in these days)" in idle


def test_who_struggles_is_named_and_on_what_they_are_stuck() -> None:
    words = said(skill_report(causes=(("Equivalent fractions", 9), ("Halves", 4))))
    assert "Need you: Maya Okafor (about 60 % right), Leo Park (about 60 % right)" in words
    assert "and 9 more" in words
    assert "Stuck on Equivalent fractions: Maya Okafor, Leo Park" in words
    assert "and 5 more" in words
    assert "Stuck on Halves: " in words
    assert "Stuck on" not in said(skill_report())


def test_prerequisites_are_those_that_most_need_work_on_first() -> None:
    many = tuple(
        Prerequisite(number, f"Skill {number}", depth, needs, 27 - needs, 0, 0)
        for number, (depth, needs) in enumerate([(1, 2), (1, 0), (2, 5), (3, 0)])
    )
    words = said(skill_report(prerequisites=many))
    assert "Comes after: Skill 2 (5 need work) and Skill 0 (2 need work)Opens" in words.replace(
        "\n", ""
    )
    assert "Opens: Ratio and Percentages" in words
    bare = said(skill_report(prerequisites=(), later=(), focus=()))
    assert not any(words in bare for words in ("Comes after", "Opens", "Focus next"))


def test_what_to_focus_on_says_whom_it_helps_and_what_it_opens() -> None:
    assert "Focus next: Equivalent fractions – would help 13 students and opens 4 later skills" in (
        said(skill_report())
    )
    last = skill_report(focus=(FocusSkill(1, "Ratio", 1, 0, 1), FocusSkill(2, "Money", 2, 1, 4)))
    assert "Focus next: Ratio – would help 1 student" in said(last)
    assert "Money" not in said(last)


def test_without_a_picture_states_and_a_table_stand_in() -> None:
    report = skill_report(1, 1, 1, 1)
    words = said(report, None)
    assert "States now 1 mastered, 1 in progress, 1 needs work, 1 too little practice" in words
    assert "StudentEstimateRightQuestionsState" in words
    assert "States now" not in said(report)
    past = skill_report(range=DateRange(date(2024, 2, 1), date(2024, 2, 29)))
    assert "States on 29 Feb " in said(past, None)


def test_a_skill_that_nobody_has_practised_has_no_figures() -> None:
    words = said(skill_report(0, 0, 0, 3))
    assert "Accuracy" not in words and "Need you" not in words
    assert words.count("Numbers") == 1
    nobody = said(skill_report(0, 0, 0))
    assert "Numbers" not in nobody


def test_long_names_are_shortened() -> None:
    words = said(skill_report(skill=SENTENCE, later=(SENTENCE,)))
    assert words.startswith("Understand a fraction a/b with a > 1 as a sum of fractions…"[:40])
    assert "Opens: “Understand a fraction a/b with a > 1 as a sum…”" in words


def test_numbers_of_each_student_stand_with_what_they_rest_on() -> None:
    words = modal_words(skill_report(1, 0, 1, 1, causes=(("Halves", 1),)))
    assert "1 mastered, 1 needs work, 1 too little practice" in words
    assert (
        "Maya Okafor\nneeds work, chance of a right answer 60 % · 60 % of 20 questions right "
        "(95 % interval 39 to 78 %) · 30 in all · last 12 May\nStuck on Halves"
    ) in words
    assert "too little practice · never practised" in words
    assert "Accuracy by week29 Apr: 60 %, 95 % interval 50 to 70 %, 12 students" in words
    assert "Equivalent fractions: 9 need work, 6 in progress, 10 mastered, 2 too little" in words


@pytest.mark.parametrize(("page", "there"), [(0, False), (1, True)])
def test_weeks_and_prerequisites_stand_on_the_last_page(page: int, there: bool) -> None:
    words = modal_words(skill_report(), page)
    assert ("Accuracy by week" in words) == there
    assert f"Page {page + 1} of 2" in words


def test_nobody_enrolled_has_no_numbers() -> None:
    assert "Nobody is enrolled" in modal_words(skill_report(0, 0, 0))
