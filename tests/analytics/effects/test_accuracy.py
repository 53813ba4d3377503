"""Who stands beside whom when help is judged by accuracy, and who is left out and why."""

from datetime import date

import pytest

from analytics.effects.accuracy import accuracy_rows
from analytics.effects.data import Action, LeftOut
from analytics.effects.helps import helps
from analytics.effects.rows import Found, Row
from school.days import DateRange
from tests.analytics.effects.scenes import DAYS, EVER, message, scene, steady

HELPED, MATE, OTHER = 1, 2, 3
CLASS = {HELPED: steady(2, 1), MATE: steady(4, 3), OTHER: steady(5, 5)}


def found_in(*actions: Action, kind: str = "message", **more: object) -> Found:
    """The rows of messages in a class where everyone practises every day."""
    practice = more.pop("practice", CLASS)
    made = scene(practice, actions, **more)  # type: ignore[arg-type]
    return accuracy_rows([one for one in helps(actions) if one.kind == kind], made)


def students(found: Found, *, treated: bool) -> list[int]:
    return [row.student_id for row in found.rows if row.treated == treated]


def test_the_helped_stand_beside_everyone_without_help_in_the_same_windows() -> None:
    changing = [*steady(3, 0, range(20, 30)), *steady(3, 1, range(30, 40))]
    changing += steady(3, 3, range(40, 51))
    found = found_in(message(HELPED, 40), practice={**CLASS, HELPED: changing})
    occasion = (DAYS[40], ())
    assert found.rows == [
        Row(HELPED, 1, occasion, True, 1.0, 1 / 3, 0.0),
        Row(MATE, 1, occasion, False, 0.75, 0.75, 0.75),
        Row(OTHER, 1, occasion, False, 1.0, 1.0, 1.0),
    ]
    assert found.left_out() == LeftOut()


def test_the_day_of_the_action_counts_in_no_window() -> None:
    practice = {
        **CLASS,
        HELPED: [*steady(1, 1, range(40)), (40, 50, 0), *steady(1, 1, range(41, 60))],
    }
    found = found_in(message(HELPED, 40), practice=practice)
    assert found.rows[0][4:7] == (1.0, 1.0, 1.0)


def test_each_date_has_its_own_classmates() -> None:
    found = found_in(message(HELPED, 40), message(MATE, 42))
    assert [(row.student_id, row.treated, row.stratum) for row in found.rows] == [
        (HELPED, True, (DAYS[40], ())),
        (MATE, False, (DAYS[40], ())),
        (OTHER, False, (DAYS[40], ())),
        # On day 42 the first was helped just before.
        (MATE, True, (DAYS[42], ())),
        (OTHER, False, (DAYS[42], ())),
    ]


def test_who_is_helped_in_the_days_after_stays_and_is_marked() -> None:
    found = found_in(message(HELPED, 40), message(MATE, 45, kind="meeting"))
    assert [(row.student_id, row.mixed) for row in found.rows] == [
        (HELPED, False),
        (MATE, True),
        (OTHER, False),
    ]


@pytest.mark.parametrize(("day", "beside"), [(20, False), (39, False), (40, False), (19, True)])
def test_a_classmate_helped_in_the_windows_before_or_on_the_day_is_left_out(
    day: int, beside: bool
) -> None:
    found = found_in(message(HELPED, 40), message(MATE, day, kind="meeting"))
    assert (MATE in students(found, treated=False)) == beside


def test_a_second_help_within_twenty_school_days_is_no_start_of_its_own() -> None:
    found = found_in(message(HELPED, 40), message(HELPED, 50), message(HELPED, 71))
    assert [row.stratum for row in found.rows if row.treated] == [(DAYS[40], ()), (DAYS[71], ())]
    only_after = found_in(message(HELPED, 40, kind="meeting"), message(HELPED, 50))
    assert only_after.rows == []
    assert only_after.left_out() == LeftOut(before=1)


def test_another_kind_along_with_it_is_marked() -> None:
    found = found_in(message(HELPED, 40), message(HELPED, 40, kind="meeting"))
    assert [row.mixed for row in found.rows if row.treated] == [True]
    again = found_in(message(HELPED, 40), message(HELPED, 44))
    assert [row.mixed for row in again.rows if row.treated] == [False]


@pytest.mark.parametrize("days", [range(20, 30), range(30, 40), range(41, 51)])
def test_nine_questions_in_a_window_are_too_few(days: range) -> None:
    def practice(questions: int) -> dict[int, list[tuple[int, ...]]]:
        rest = [one for one in steady(2, 1) if one[0] not in days]
        return {**CLASS, HELPED: [*rest, *steady(1, 1, days[:questions])]}

    nine = found_in(message(HELPED, 40), practice=practice(9))
    assert (nine.rows, nine.left_out()) == ([], LeftOut(practice=1))
    assert len(found_in(message(HELPED, 40), practice=practice(10)).rows) == 3
    beside = {**practice(9), MATE: CLASS[MATE]}
    beside[HELPED], beside[OTHER] = CLASS[HELPED], practice(9)[HELPED]
    found = found_in(message(HELPED, 40), practice=beside)
    assert students(found, treated=False) == [MATE]


def test_windows_that_the_data_do_not_reach_over_are_waited_for() -> None:
    found = found_in(message(HELPED, 40), known=49)
    assert (found.rows, found.waiting) == ([], {HELPED: DAYS[50]})
    assert len(found_in(message(HELPED, 40), known=50).rows) == 3
    unknown = found_in(message(HELPED, 40), known=-1)
    assert (unknown.rows, unknown.waiting) == ([], {HELPED: DAYS[50]})


def test_too_little_practice_before_is_not_waited_for() -> None:
    found = found_in(message(HELPED, 40), known=45, practice={**CLASS, HELPED: steady(1, 1, [3])})
    assert (found.waiting, found.left_out()) == ({}, LeftOut(practice=1))


def test_of_several_actions_the_one_that_came_furthest_is_told() -> None:
    found = found_in(message(HELPED, 40), message(HELPED, 80), known=85)
    assert (found.left_out(), found.waiting) == (LeftOut(), {HELPED: DAYS[90]})
    assert len(students(found, treated=True)) == 1


def test_late_and_early_leavers_are_not_there() -> None:
    late = DateRange(DAYS[41], date.max)
    gone = DateRange(date.min, DAYS[49])
    just = DateRange(DAYS[40], DAYS[50])
    stays = {HELPED: ((1, late),), MATE: ((1, gone),), OTHER: ((1, just),)}
    found = found_in(message(HELPED, 40), stays=stays)
    assert (found.rows, found.left_out()) == ([], LeftOut(away=1))
    stays[HELPED] = ((1, just),)
    found = found_in(message(HELPED, 40), stays=stays)
    assert [row.student_id for row in found.rows] == [HELPED, OTHER]


def test_a_student_who_is_in_none_of_the_classes_is_not_there() -> None:
    assert found_in(message(99, 40)).left_out() == LeftOut(away=1)


def test_in_two_classes_the_first_that_held_throughout_counts() -> None:
    stays = {MATE: ((1, DateRange(date.min, DAYS[45])), (2, EVER))}
    found = found_in(message(HELPED, 40), stays=stays)
    assert [row.class_id for row in found.rows] == [1, 2, 1]


def test_nobody_beside_is_alone() -> None:
    found = found_in(message(HELPED, 40), practice={HELPED: CLASS[HELPED]})
    assert (found.rows, found.left_out()) == ([], LeftOut(alone=1))


def test_only_practice_on_the_skills_concerned_counts_for_everyone() -> None:
    by_skill = {
        (HELPED, 7): steady(2, 0),
        (HELPED, 8): steady(2, 2),
        (MATE, 7): steady(4, 1),
        (OTHER, 9): steady(9, 9),
    }
    actions = [message(HELPED, 40, skill_ids=(7,))]
    found = found_in(*actions, by_skill=by_skill)
    assert [(row.student_id, row.after) for row in found.rows] == [(HELPED, 0.0), (MATE, 0.25)]
    both = found_in(*actions, message(HELPED, 40, skill_ids=(8,)), by_skill=by_skill)
    assert [(row.student_id, row.after) for row in both.rows] == [(HELPED, 0.5), (MATE, 0.25)]
    everything = found_in(*actions, message(HELPED, 40), by_skill=by_skill)
    assert [row.after for row in everything.rows] == [0.5, 0.75, 1.0]
