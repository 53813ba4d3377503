"""What the rules judge: one student's practice as of one day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from analytics.reports.data import OwnAssignment, Trend


class DayOnSkill(NamedTuple):
    """The questions of one local day on one skill."""

    day: date
    questions: int
    correct: int


@dataclass(frozen=True, slots=True)
class SkillPractice:
    """A student's practice of one skill: what is recent of it, and where it stands.

    `label` is the mastery label as of the day judged, `mastered_on` the day on which mastered was
    first reached. `days` reach back at least 40 school days.
    """

    skill_id: int
    skill: str
    label: str
    days: Sequence[DayOnSkill] = ()
    mastered_on: date | None = None


@dataclass(frozen=True, slots=True)
class RecentTrend:
    """The verdict on the last 8 calendar weeks, and whether the classmates fall too."""

    trend: Trend
    shared: bool = False


@dataclass(frozen=True, slots=True)
class OwnEvidence:
    """All that the rules judge of one student as of the day `as_of`, the last that the data reach.

    `missed` counts school days since the practice on `last_practised`; None where that cannot be
    said. `overdue` are assignments past due and not completed, `streak` the running one in school
    days.
    """

    as_of: date
    missed: int | None = None
    last_practised: date | None = None
    skills: Sequence[SkillPractice] = ()
    overdue: Sequence[OwnAssignment] = ()
    recent: RecentTrend | None = None
    streak: int = 0
