"""Single values of a practice file: moments, numbers, ids; what is wrong with one is said."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from hashlib import blake2b
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from school.imports.outcome import shown

LONGEST_CODE = 255
LONGEST_NAME = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
# Abbreviations that DataShop writes and the zone database lacks, with hours from UTC.
_ABBREVIATIONS = {"EDT": -4, "CDT": -5, "CST": -6, "MDT": -6, "PDT": -7, "PST": -8, "Z": 0}


class BadValue(Exception):
    """A value that makes its row unusable: `field` is the column, `reason` says why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Clock:
    """What times in a file mean: the school's zone, and the latest moment that can be true."""

    zone: ZoneInfo
    latest: int

    @classmethod
    def at(cls, now: datetime, zone: ZoneInfo) -> "Clock":
        """A clock that allows for a day of other people's clocks going wrong."""
        return cls(zone, (now + timedelta(days=1) - _EPOCH) // _MILLISECOND)

    def millis(self, text: str, field: str, zone: tzinfo | None = None) -> int:
        """Milliseconds since 1970 of an ISO 8601 moment, in `zone` or the school's without offset.

        Raises BadValue when it is no moment, or one before 1970 or in the future.
        """
        try:
            moment = datetime.fromisoformat(text)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=zone or self.zone)
            millis = (moment - _EPOCH) // _MILLISECOND
        except (ValueError, OverflowError):
            reason = f"{shown(text)} is no time such as 2024-02-16 05:34:51"
            raise BadValue(field, reason if text else "the time is missing") from None
        if not 0 <= millis <= self.latest:
            past = "before 1970" if millis < 0 else "in the future"
            raise BadValue(field, f"{shown(text)} lies {past}")
        return millis


@lru_cache(maxsize=256)
def zone_named(name: str) -> tzinfo:
    """The zone of a DataShop `Time Zone` value. Raises BadValue when it is unknown."""
    if name in _ABBREVIATIONS:
        return timezone(timedelta(hours=_ABBREVIATIONS[name]))
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadValue("Time Zone", f"{shown(name)} is no known time zone") from None


def number(text: str, field: str) -> float | None:
    """A number of at least 0; None where it is empty or `.`. Raises BadValue otherwise."""
    if text in ("", "."):
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0):
        raise BadValue(field, f"{shown(text)} is no number of at least 0")
    return value


def whole_number(text: str, field: str, *, most: int) -> int:
    """A whole number from 0 to `most`. Raises BadValue where it is missing or none."""
    value = number(text, field)
    if value is None:
        raise BadValue(field, "is missing")
    if value != int(value) or value > most:
        raise BadValue(field, f"{shown(text)} is no whole number up to {most:,}")
    return int(value)


def duration(text: str, field: str) -> float | None:
    """Recorded seconds; None where they are missing: empty, `.` or 0. Raises BadValue."""
    return number(text, field) or None


def code(text: str) -> str:
    """An id of any length as one of at most 255 characters, still its own."""
    if len(text) <= LONGEST_CODE:
        return text
    return f"{text[:220]}…{blake2b(text.encode(), digest_size=16).hexdigest()}"


def student_id(text: str, field: str) -> str:
    """A student's id. Raises BadValue when it is missing or too long to be one."""
    if not text:
        raise BadValue(field, "the student is missing")
    if len(text) > LONGEST_NAME:
        raise BadValue(field, f"is longer than {LONGEST_NAME} characters")
    return text


def content_key(text: str) -> int:
    """A 63-bit hash of what a row says, the same on every machine."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1
