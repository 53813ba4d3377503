"""The demo's answers: the same for the same day, never after it, and as their stories say."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from school.demo.lists import SKILLS
from school.demo.people import (
    GRADE_4,
    GRADE_5,
    GRADE_6,
    GRADE_7,
    PRACTISED,
    demo_students,
    further_students,
)
from school.demo.practice import Calendar, DemoAnswer, practise
from school.demo.stories import CAME, LEFT, LEO, MAYA, Story
from school.skillgraph import find_cycle
from tests.school.days import school_days

ZONE = ZoneInfo("America/New_York")
TUESDAY = datetime(2026, 3, 3, 14, 30, tzinfo=UTC)
DAYS = {
    "a morning of school": TUESDAY,
    "before school": datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
    "a Sunday": datetime(2026, 3, 8, 20, 0, tzinfo=UTC),
    "a Monday": datetime(2026, 9, 14, 23, 0, tzinfo=UTC),
}


def practice(story: Story, now: datetime, seed: int = 1) -> list[DemoAnswer]:
    return list(practise(story, Calendar(now, ZONE), Random(seed)))


def days_of(answers: list[DemoAnswer]) -> set[date]:
    return {one.answered_at.astimezone(ZONE).date() for one in answers}


def test_the_term_is_sixteen_weeks_and_ends_today() -> None:
    calendar = Calendar(TUESDAY, ZONE)
    assert (calendar.start, calendar.today) == (date(2025, 11, 10), date(2026, 3, 3))
    assert len(calendar.days()) == 16 * 7 + 2
    assert not calendar.is_school_day(calendar.holiday)


@pytest.mark.parametrize("now", DAYS.values(), ids=DAYS)
def test_answers_come_in_order_and_none_after_now(now: datetime) -> None:
    moments = [one.answered_at for one in practice(MAYA, now)]
    assert moments == sorted(moments)
    assert moments[-1] <= now


def test_there_is_practice_this_morning_once_school_has_begun() -> None:
    assert date(2026, 3, 3) in days_of(practice(MAYA, TUESDAY))
    assert date(2026, 3, 3) not in days_of(practice(MAYA, DAYS["before school"]))


@pytest.mark.parametrize("now", DAYS.values(), ids=DAYS)
def test_who_stopped_missed_exactly_that_many_school_days(now: datetime) -> None:
    last = max(days_of(practice(LEO, now)))
    today = now.astimezone(ZONE).date()
    day = timedelta(days=1)
    assert school_days(last + day, today - day, ()) == LEO.absent


def test_who_went_away_came_back() -> None:
    calendar = Calendar(TUESDAY, ZONE)
    story = Story(days_a_week=5, away=(5, 3))
    weeks = {calendar.weeks_ago(day) for day in days_of(practice(story, TUESDAY))}
    assert weeks == set(range(17)) - {3, 4, 5}


def test_a_wrong_answer_may_be_tried_again_and_hints_are_asked_for() -> None:
    answers = practice(Story(level=-1), TUESDAY)
    items = [(one.answered_at.date(), one.item) for one in answers]
    assert len(set(items)) < len(items)
    assert {one.outcome for one in answers} == {0, 1, 2}
    assert any(one.seconds is None for one in answers)


def test_an_even_story_keeps_to_its_chances_on_any_seed() -> None:
    story = Story(days_a_week=5, questions=16, fixed={"Fractions": 0.6}, even=True)
    for seed in range(5):
        first: dict[tuple[date, str], bool] = {}
        for one in practice(story, TUESDAY, seed):
            if one.skill == "Fractions":
                first.setdefault((one.answered_at.date(), one.item), one.outcome == 1)
        assert sum(first.values()) / len(first) == pytest.approx(0.6, abs=0.03)


def test_there_are_a_hundred_students_in_four_classes() -> None:
    students = demo_students(Random(5))
    assert [one.class_title for one in students] == [GRADE_5] * 27 + [GRADE_6] * 23
    further = further_students(Random(5))
    assert Counter(one.class_title for one in further) == {GRADE_4: 25, GRADE_6: 2, GRADE_7: 23}
    assert len({one.source_id for one in students + further}) == 100
    assert not {one.name for one in students} & {one.name for one in further}


def test_who_came_late_or_left_practises_while_in_the_class() -> None:
    calendar = Calendar(TUESDAY, ZONE)
    came = {calendar.weeks_ago(day) for day in days_of(practice(CAME, TUESDAY))}
    left = {calendar.weeks_ago(day) for day in days_of(practice(LEFT, TUESDAY))}
    assert max(came) == CAME.joined
    assert min(came) == 0
    assert (max(left), min(left)) == (16, LEFT.left)


def test_each_class_has_skills_of_its_own_from_a_graph_without_circles() -> None:
    for skills in PRACTISED.values():
        assert set(skills) <= SKILLS.keys()
    for before in SKILLS.values():
        assert set(before) <= SKILLS.keys()
    assert find_cycle([(skill, one) for skill, before in SKILLS.items() for one in before]) is None
    answers = practise(Story(), Calendar(TUESDAY, ZONE), Random(1), PRACTISED[GRADE_7])
    assert {one.skill for one in answers} == set(PRACTISED[GRADE_7])


def test_one_name_is_borne_twice_one_has_an_apostrophe_and_one_another_script() -> None:
    names = [f"{one.given_name} {one.family_name}" for one in demo_students(Random(5))]
    assert len(set(names)) == 49
    assert sum("'" in name for name in names) == 1
    assert sum(name[0] > "\u0370" for name in names) == 1


def test_the_same_seed_and_moment_give_the_same_school_and_another_seed_another() -> None:
    def everything(seed: int) -> list[object]:
        rng = Random(seed)
        calendar = Calendar(TUESDAY, ZONE)
        return [
            (one.source_id, one.family_name, answer)
            for one in demo_students(rng)
            for answer in practise(one.story, calendar, rng)
        ]

    assert everything(5) == everything(5)
    assert everything(5) != everything(6)
