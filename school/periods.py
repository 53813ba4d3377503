"""Stretches of time: when somebody is busy, and what is left between."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Period:
    """From one aware moment to another, which does not belong to it any more."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Period") -> bool:
        """Whether the two have any time in common; to end where the other begins is none."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


def merged(periods: Iterable[Period]) -> tuple[Period, ...]:
    """The same time in as few periods as can be, the first first; empty ones are left out."""
    found: list[Period] = []
    for one in sorted(periods, key=lambda each: each.starts_at):
        if one.ends_at <= one.starts_at:
            continue
        if found and one.starts_at <= found[-1].ends_at:
            last = found.pop()
            one = Period(last.starts_at, max(last.ends_at, one.ends_at))
        found.append(one)
    return tuple(found)


def without(periods: Iterable[Period], hole: Period) -> tuple[Period, ...]:
    """The periods with the time of `hole` cut out of them."""
    parts = (
        part
        for one in periods
        for part in (
            Period(one.starts_at, min(one.ends_at, hole.starts_at)),
            Period(max(one.starts_at, hole.ends_at), one.ends_at),
        )
    )
    return merged(parts)
