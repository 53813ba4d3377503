"""A real class with made-up help: placebo, and the facts recomputed from the raw file."""

from datetime import date, timedelta
from math import sqrt
from random import Random

import numpy as np
import pytest
import scipy.stats
from sqlalchemy import select

from analytics.effects import Action, StudentEffect, Verdict, class_effects, student_effects
from analytics.effects.data import Unsaid, Why
from school.models import Student
from tests.analytics.conftest import YEARS_LATER, Imported
from tests.independent.chemistry import Figures

pytestmark = pytest.mark.shared_data

FIRST, LAST = date(2024, 3, 4), date(2024, 4, 26)
NOTHING = Figures(0, 0, None, 0.0, 0.0, 0)


def weekdays(start: date, step: int) -> list[date]:
    """The first ten Mondays to Fridays from a day on, forwards or backwards."""
    days: list[date] = []
    day = start
    while len(days) < 10:
        days += [day] if day.isoweekday() <= 5 else []
        day += timedelta(days=step)
    return days


def spans(day: date) -> list[tuple[date, date]]:
    """The first and last days after, before and earlier; weekends between are within."""
    after = weekdays(day + timedelta(days=1), 1)[-1]
    before = weekdays(day - timedelta(days=1), -1)[-1]
    earlier = weekdays(before - timedelta(days=1), -1)[-1]
    return [
        (day + timedelta(days=1), after),
        (before, day - timedelta(days=1)),
        (earlier, before - timedelta(days=1)),
    ]


@pytest.fixture(scope="module")
def names(imported: Imported) -> dict[int, str]:
    """The students of the file by their ids."""
    return {one.id: one.source_id for one in imported[0].scalars(select(Student))}


def at_random(names: dict[int, str], seed: int, many: int) -> list[Action]:
    """Help that never was, for students drawn by lot on days drawn by lot."""
    chance = Random(seed)
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days)]
    return [
        Action(one, "message", chance.choice(days)) for one in chance.sample(sorted(names), many)
    ]


def counts(imported: Imported, day: date) -> dict[str, list[Figures]]:
    """By student, what the file holds of the three windows."""
    windows = [imported[1].overall(*span) for span in spans(day)]
    everyone = {student for window in windows for student in window}
    return {one: [window.get(one, NOTHING) for window in windows] for one in everyone}


def test_help_that_never_was_is_never_said_to_have_helped(
    imported: Imported, names: dict[int, str]
) -> None:
    session, _, class_id, _ = imported
    for seed in range(5):
        actions = at_random(names, seed, 6)
        [found] = class_effects(session, [class_id], actions, now=YEARS_LATER)
        assert (found.verdict, found.gain, found.why) == (Verdict.TOO_FEW, None, Why.TREATED)
        windows = [
            counts(imported, one.day).get(names[one.student_id], [NOTHING] * 3) for one in actions
        ]
        enough = [one for one in windows if min(window.questions for window in one) >= 10]
        assert (found.students, found.treated + found.left_out.alone) == (6, len(enough))
        assert found.left_out.practice == 6 - len(enough)


def test_what_happened_to_each_student_is_that_of_the_raw_file(
    imported: Imported, names: dict[int, str]
) -> None:
    session, _, class_id, _ = imported
    for day in (date(2024, 3, 12), date(2024, 3, 30), date(2024, 4, 15)):
        asked = [Action(one, "message", day) for one in sorted(names)]
        raw = counts(imported, day)
        found = student_effects(session, asked, class_id=class_id, actions=[], now=YEARS_LATER)
        for one in found:
            after, before, _ = raw.get(names[one.action.student_id], [NOTHING] * 3)
            assert (one.before.questions, one.before.correct) == (before.questions, before.correct)
            assert (one.after.questions, one.after.correct) == (after.questions, after.correct)
            assert one.known_from == spans(day)[0][1]
            assert one.unsaid in (Unsaid.PRACTICE, Unsaid.COMPARABLE)


def practised(imported: Imported) -> dict[str, set[date]]:
    """The days with practice of everyone."""
    found: dict[str, set[date]] = {}
    for (student, day), figures in imported[1].by_day().items():
        if figures.questions:
            found.setdefault(student, set()).add(day)
    return found


def missed(days: set[date], day: date) -> int | None:
    """Mondays to Fridays between the last practice before a day and that day."""
    last = max((one for one in days if one < day), default=None)
    if last is None:
        return None
    between = (last + timedelta(days=n) for n in range(1, (day - last).days))
    return sum(one.isoweekday() <= 5 for one in between)


def days_in(days: set[date], day: date) -> list[int]:
    """School days with practice after, before and earlier."""
    return [
        sum(first <= one <= last and one.isoweekday() <= 5 for one in days)
        for first, last in spans(day)
    ]


def whole_days(imported: Imported, everyone: dict[str, set[date]]) -> list[date]:
    """The Mondays to Fridays around which all windows lie within the data."""
    begin = min(day for days in everyone.values() for day in days)
    end = imported[1].chemistry.days()[1]
    days = (begin + timedelta(days=n) for n in range((end - begin).days + 1))
    return [
        day
        for day in days
        if day.isoweekday() <= 5 and spans(day)[2][0] >= begin and spans(day)[0][1] <= end
    ]


def test_days_expected_after_an_absence_are_those_of_the_raw_file(
    imported: Imported, names: dict[int, str]
) -> None:
    everyone = practised(imported)
    days = whole_days(imported, everyone)
    # By student, the days on which five school days had just been missed.
    away = {who: [day for day in days if missed(own, day) == 5] for who, own in everyone.items()}
    said = 0
    for student_id, own in names.items():
        if not away.get(own):
            continue
        # A second action late in the year lets all absences of the year be looked at.
        asked = [
            Action(student_id, "message", day, concern="inactive")
            for day in (away[own][-1], days[-1])
        ]
        found = student_effects(
            imported[0], asked, class_id=imported[2], actions=[], now=YEARS_LATER
        )[0]
        after, before, _ = days_in(everyone[own], away[own][-1])
        assert (found.before.active_days, found.after.active_days) == (before, after)
        agrees(found, [days_in(everyone[w], day)[0] for w in away if w != own for day in away[w]])
        said += 1
    assert said >= 3


def agrees(found: StudentEffect, others: list[int]) -> None:
    """What is expected is what a single case beside these days practised would be."""
    mean = float(np.mean(others))
    assert found.comparable == len(others)
    assert found.expected == pytest.approx(mean)
    scatter = max(float(np.var(others, ddof=1)), least_variance(mean))
    reach = scipy.stats.t.ppf(0.975, len(others) - 1) * sqrt(scatter * (1 + 1 / len(others)))
    assert found.interval is not None
    assert found.interval.low == pytest.approx(max(mean - reach, 0))
    assert found.interval.high == pytest.approx(min(mean + reach, 10))


def least_variance(days: float) -> float:
    """That of ten days by chance alone, a day's being at least that of 3 %."""
    return 10 * max(days / 10 * (1 - days / 10), 0.03)
