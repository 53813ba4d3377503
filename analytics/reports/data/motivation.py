"""The shapes of what motivates: XP, streaks, achievements, leaderboard places."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class AchievementKind(StrEnum):
    """What may be reached: so many questions, a streak, so many skills, a skill brought up."""

    QUESTIONS = "questions"
    STREAK = "streak"
    MASTERED = "mastered"
    BROUGHT_UP = "brought up"


@dataclass(frozen=True, slots=True)
class Achievement:
    """Something reached for the first time, in words, on a local day.

    `kind` with its `number` or `skill` says the same for other languages: so they are not compared.
    """

    name: str
    day: date
    kind: AchievementKind | None = field(default=None, compare=False)
    number: int = field(default=0, compare=False)
    skill: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a class's leaderboard, by XP in the range; ties share the better place."""

    student_id: int
    student: str
    place: int
    xp: float


@dataclass(frozen=True, slots=True)
class Motivation:
    """A student's XP in the range and so far, streak in school days, and what was achieved.

    `place` of `placed` classmates is by XP in the range; None for a student who is left out of
    leaderboards (`left_out`) or has no XP. `achievements` are all so far, the newest first.
    """

    xp: float
    total_xp: float
    streak: int
    longest_streak: int
    place: int | None
    placed: int
    left_out: bool
    achievements: tuple[Achievement, ...] = ()
