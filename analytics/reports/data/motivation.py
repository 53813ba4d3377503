"""The shapes of what motivates: XP, streaks, achievements, leaderboard places."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Achievement:
    """Something reached for the first time, in words, on a local day."""

    name: str
    day: date


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
