"""Inactive, overdue and declining, worked out by hand, and what comes first."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.calendar import SchoolCalendar
from analytics.concerns import (
    EARLY,
    LATE,
    NORMAL,
    DayOnSkill,
    OwnEvidence,
    RecentTrend,
    Sensitivity,
    SkillPractice,
    concerns_of,
    gravity_of,
)
from analytics.reports.data import (
    DECLINING,
    IMPROVING,
    ConcernKind,
    OwnAssignment,
    Severity,
    Trend,
)

FRIDAY = date(2024, 5, 17)
CALENDAR = SchoolCalendar()
FALL = Trend(DECLINING, 7, 7, -0.02, 0.005, 0.78, 0.64)


def homework(days: int, state: str = "overdue", number: int = 1) -> OwnAssignment:
    """Ratio homework, so many school days past due."""
    return OwnAssignment(
        number, "Ratio homework", ("Ratio",), date(2024, 5, 10), state, 15, 3, 0.5, None, None, days
    )


def found(evidence: OwnEvidence, bounds: Sensitivity = NORMAL) -> list[tuple[str, str, str]]:
    """Kind, severity and words of each concern."""
    concerns = concerns_of(evidence, CALENDAR, bounds)
    return [(one.kind.value, one.severity.value, one.reason) for one in concerns]


@pytest.mark.parametrize(
    ("missed", "early", "normal", "late"),
    [
        (2, None, None, None),
        (3, "medium", None, None),
        (5, "medium", "medium", None),
        (7, "high", "medium", None),
        (8, "high", "medium", "medium"),
        (10, "high", "high", "medium"),
        (15, "high", "high", "high"),
        (None, None, None, None),
    ],
)
def test_inactive_from_so_many_school_days_on(
    missed: int | None, early: str | None, normal: str | None, late: str | None
) -> None:
    evidence = OwnEvidence(FRIDAY, missed=missed, last_practised=date(2024, 5, 3))
    severities = [
        next((severity for _, severity, _ in found(evidence, bounds)), None)
        for bounds in (EARLY, NORMAL, LATE)
    ]
    assert severities == [early, normal, late]


def test_the_words_of_inactivity_tell_never_from_no_longer() -> None:
    gone = OwnEvidence(FRIDAY, missed=10, last_practised=date(2024, 5, 3))
    assert found(gone) == [("inactive", "high", "no practice for 10 school days")]
    never = OwnEvidence(FRIDAY, missed=6)
    assert found(never) == [("inactive", "medium", "no practice yet, in 6 school days")]
    concern = concerns_of(gone, CALENDAR)[0]
    assert (concern.days, concern.since) == (10, date(2024, 5, 3))


@pytest.mark.parametrize(
    ("days", "early", "late", "severity"),
    [(0, True, False, "medium"), (2, True, True, "medium"), (3, True, True, "high")],
)
def test_overdue_at_once_or_later(days: int, early: bool, late: bool, severity: str) -> None:
    evidence = OwnEvidence(FRIDAY, overdue=(homework(days),))
    assert bool(found(evidence, EARLY)) == early
    assert bool(found(evidence, LATE)) == late
    assert found(evidence)[0][1] == severity


def test_an_overdue_assignment_says_how_late_it_is() -> None:
    evidence = OwnEvidence(FRIDAY, overdue=(homework(0), homework(1, number=2)))
    assert [reason for _, _, reason in found(evidence)] == [
        "“Ratio homework” not done, 1 school day late",
        "“Ratio homework” not done",
    ]
    assert found(OwnEvidence(FRIDAY, overdue=(homework(4, "completed late"),))) == []


@pytest.mark.parametrize(
    ("change", "severity"),
    [
        ({}, "medium"),
        ({"slope": -0.031}, "high"),
        ({"slope": -0.03}, "medium"),
        ({"weeks": 5}, None),
        ({"p": 0.01}, None),
        ({"direction": IMPROVING}, None),
        ({"p": None}, None),
    ],
)
def test_declining_needs_six_weeks_and_p_below_a_hundredth(
    change: dict[str, Any], severity: str | None
) -> None:
    evidence = OwnEvidence(FRIDAY, recent=RecentTrend(replace(FALL, **change)))
    severities = [one for _, one, _ in found(evidence)]
    assert severities == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("p", "early", "normal", "late"),
    [(0.04, 1, 0, 0), (0.009, 1, 1, 0), (0.0009, 1, 1, 1), (0.05, 0, 0, 0)],
)
def test_sensitivity_moves_the_significance_of_a_decline(
    p: float, early: int, normal: int, late: int
) -> None:
    evidence = OwnEvidence(FRIDAY, recent=RecentTrend(replace(FALL, p=p)))
    counts = [len(found(evidence, bounds)) for bounds in (EARLY, NORMAL, LATE)]
    assert counts == [early, normal, late]


def test_a_decline_says_its_ends_and_whether_classmates_fall_too() -> None:
    alone = OwnEvidence(FRIDAY, recent=RecentTrend(FALL))
    assert found(alone)[0][2] == "declining, 78 to 64 % in 7 weeks"
    shared = OwnEvidence(FRIDAY, recent=RecentTrend(FALL, shared=True))
    assert found(shared)[0][2] == "declining, 78 to 64 % in 7 weeks as classmates fall too"
    assert concerns_of(shared, CALENDAR)[0].shared


def test_the_gravest_come_first() -> None:
    weak = SkillPractice(1, "Ratio", "needs work", (DayOnSkill(FRIDAY, 40, 20),))
    worse = SkillPractice(2, "Division", "needs work", (DayOnSkill(FRIDAY, 40, 8),))
    evidence = OwnEvidence(
        FRIDAY, missed=5, skills=(weak, worse), overdue=(homework(3),), recent=RecentTrend(FALL)
    )
    concerns = concerns_of(evidence, CALENDAR)
    assert [(one.kind, one.severity) for one in concerns] == [
        (ConcernKind.STRUGGLING, Severity.HIGH),
        (ConcernKind.OVERDUE, Severity.HIGH),
        (ConcernKind.INACTIVE, Severity.MEDIUM),
        (ConcernKind.STRUGGLING, Severity.MEDIUM),
        (ConcernKind.DECLINING, Severity.MEDIUM),
    ]
    assert gravity_of(concerns) < gravity_of(concerns[1:])
    assert gravity_of(concerns) < gravity_of(concerns[:1])


DAYS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 9), st.integers(0, 9)),
    max_size=25,
    unique_by=lambda one: one[0],
)


@given(DAYS, st.integers(0, 20), st.integers(0, 5), st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_changes_nothing_and_later_bounds_find_less(
    practised: list[tuple[int, int, int]], missed: int, late: int, chance: Random
) -> None:
    days = [
        DayOnSkill(date.fromordinal(FRIDAY.toordinal() - ago), asked, min(right, asked))
        for ago, asked, right in practised
    ]
    skills = [
        SkillPractice(1, "Ratio", "needs work", days[::2]),
        SkillPractice(2, "Division", "needs work", days[1::2]),
    ]
    evidence = OwnEvidence(FRIDAY, missed, None, skills, (homework(late), homework(late + 1)))
    shuffled = [replace(one, days=chance.sample(list(one.days), len(one.days))) for one in skills]
    other = replace(evidence, skills=shuffled[::-1], overdue=evidence.overdue[::-1])
    assert concerns_of(evidence, CALENDAR) == concerns_of(other, CALENDAR)
    keys = [
        {(one.kind, one.skill_id, one.assignment_id, one.days) for one in found}
        for bounds in (EARLY, NORMAL, LATE)
        if (found := concerns_of(evidence, CALENDAR, bounds)) or True
    ]
    assert keys[0] >= keys[1] >= keys[2]
