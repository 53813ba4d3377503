"""What working on progress needs to know of a workspace, read once at its beginning."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from school.days import day_start, local_day
from school.models import from_millis, to_millis


class Interrupted(Exception):
    """The marks have changed: somebody else added answers or did the work."""


class SkillRanks(dict[int | None, int]):
    """Places of skills in the order of their ids; of a row without a skill it is the first.

    A skill that was not there when the replay began came with answers of somebody else.
    """

    def __missing__(self, skill: int | None) -> int:
        raise Interrupted


@dataclass(frozen=True, slots=True)
class School:
    """What a replay needs to know of a workspace. Ranks order students and skills by their ids."""

    workspace_id: int
    zone: ZoneInfo
    skill_rank: SkillRanks
    student_rank: Mapping[int, int]
    classes_of: Mapping[int, frozenset[int]]

    def start_of(self, day: date) -> int:
        """The moment, in milliseconds since 1970, at which a local day starts."""
        return to_millis(day_start(day, self.zone))

    def day_of(self, at: int) -> date:
        """The local day that holds a moment."""
        return local_day(from_millis(at), self.zone)
