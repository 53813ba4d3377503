"""One student: what happened, what would be expected without help, and never a verdict."""

from dataclasses import fields
from datetime import date

import pytest

from analytics.effects.data import Action, Outcome, StudentEffect, Unsaid
from analytics.effects.expected import Case, Count, predict
from analytics.effects.helps import helps
from analytics.effects.individual import improved, student_effect_in
from school.days import DateRange
from tests.analytics.effects.scenes import DAYS, Practice, absent, message, scene, steady

OWN = 0
RISING = [*steady(4, 2, range(41)), *steady(4, 4, range(41, 121))]
CLASS: Practice = {
    OWN: RISING,
    **{one: steady(5, 2 + one % 4, range(121)) for one in range(1, 13)},
}


def of(
    action: Action, *others: Action, practice: Practice = CLASS, **more: object
) -> StudentEffect:
    """What followed an action in a class of thirteen."""
    made = scene(practice, [action, *others], **more)  # type: ignore[arg-type]
    return student_effect_in(action, helps([action])[0], made)


def test_what_happened_is_told_with_its_questions() -> None:
    found = of(message(OWN, 40))
    assert (found.before.questions, found.before.correct, found.before.accuracy) == (40, 20, 0.5)
    assert (found.after.questions, found.after.correct, found.after.active_days) == (40, 40, 10)
    assert found.before.days == DateRange(DAYS[30], date(2024, 2, 25))
    assert (found.before.whole, found.after.whole) == (True, True)
    assert (found.known_from, found.rose) == (DAYS[50], True)


def test_what_is_expected_comes_from_classmates_without_help() -> None:
    found = of(message(OWN, 40), message(12, 30, kind="meeting"))
    own = Case(Count(40, 40), (Count(20, 40), Count(20, 40)))
    counts = [Count(10 * (2 + one % 4), 50) for one in range(1, 12)]
    others = [Case(one, (one, one)) for one in counts]
    expected = predict(own, others)
    assert expected is not None
    assert (found.comparable, found.unsaid) == (11, None)
    assert found.expected == pytest.approx(expected.share)
    assert found.interval == expected.interval()
    assert found.rise_expected == pytest.approx(expected.chance_above(20.5 / 40))


def test_there_is_no_verdict_on_one_student() -> None:
    assert not {"verdict", "helped", "effect"} & {field.name for field in fields(StudentEffect)}


def test_days_practised_are_expected_from_absences_as_long() -> None:
    def away(first: int, back: int) -> list[tuple[int, ...]]:
        return [one for one in steady(4, 3, range(121)) if not first <= one[0] < back]

    practice: Practice = {
        OWN: away(40, 47),
        **{one: away(50 + one, 57 + one % 5) for one in range(1, 13)},
    }
    found = of(absent(OWN, 45), practice=practice)
    assert found.outcome == Outcome.DAYS
    assert (found.before.active_days, found.after.active_days) == (5, 9)
    # Five were missed by eight of them; the others were back sooner.
    reached = [one for one in range(1, 13) if 57 + one % 5 - (50 + one) >= 5]
    assert found.comparable == len(reached)
    assert found.unsaid == Unsaid.COMPARABLE
    many: Practice = {OWN: away(40, 47), **{one: away(50, 55 + one % 6) for one in range(1, 13)}}
    enough = of(absent(OWN, 45), practice=many)
    assert (enough.comparable, enough.unsaid) == (12, None)
    assert enough.expected is not None
    assert enough.interval is not None
    assert 5 < enough.expected <= 10
    assert 0 <= enough.interval.low < enough.expected < enough.interval.high <= 10
    # Back on days 55 to 60; those back by day 60 practise on more days after day 56 than before.
    assert (enough.rose, enough.rise_expected) == (True, 1.0)


@pytest.mark.parametrize(
    ("action", "practice", "known", "why"),
    [
        (message(99, 40), CLASS, 120, Unsaid.AWAY),
        (message(OWN, 40), CLASS, 49, Unsaid.EARLY),
        (message(OWN, 40), {**CLASS, OWN: steady(4, 2, range(30, 60))}, 120, Unsaid.PRACTICE),
        (message(OWN, 40), {**CLASS, OWN: steady(4, 2, range(43))}, 120, Unsaid.PRACTICE),
        (message(OWN, 40), {one: CLASS[one] for one in range(10)}, 120, Unsaid.COMPARABLE),
        (absent(OWN, 40), {**CLASS, OWN: steady(4, 2, range(70, 80))}, 120, Unsaid.PRACTICE),
        (absent(OWN, 40), CLASS, 49, Unsaid.EARLY),
        (absent(OWN, 15), CLASS, 120, Unsaid.AWAY),
    ],
)
def test_what_cannot_be_expected_says_why(
    action: Action, practice: Practice, known: int, why: Unsaid
) -> None:
    found = of(action, practice=practice, known=known)
    assert (found.unsaid, found.expected, found.interval, found.rose) == (why, None, None, None)


def test_a_window_that_still_runs_tells_what_there_is_so_far() -> None:
    found = of(message(OWN, 40), practice={**CLASS, OWN: steady(4, 2, range(45))}, known=44)
    assert (found.after.questions, found.after.whole) == (16, False)


def test_other_help_is_told() -> None:
    plain = of(message(OWN, 40), message(OWN, 42))
    assert (plain.helped_before, plain.together) == (False, False)
    more = of(message(OWN, 40), message(OWN, 35), message(OWN, 40, kind="meeting"))
    assert (more.helped_before, more.together) == (True, True)


def test_how_many_rose_stands_beside_how_many_would_have() -> None:
    effects = [of(message(one, 40)) for one in (OWN, 3, 99)]
    found = improved(effects)
    assert (found.students, found.rose) == (2, 1)
    chances = [one.rise_expected for one in effects if one.rise_expected is not None]
    assert found.expected == pytest.approx(sum(chances))
    assert improved([]).students == 0
