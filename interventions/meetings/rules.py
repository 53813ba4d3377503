"""What a meeting may be: refusals stand on their field and say what to do."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import compress
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analytics.wording import clock_words, moment_words
from interventions.given import check_text, moment_of
from interventions.reminders import USUAL_DURATION
from school.errors import InvalidInput
from school.models import Meeting, MeetingStatus, MeetingType, User

DURATIONS = range(5, 481)
"""Minutes that a meeting may last."""
MOST_STUDENTS = 20
"""So many students may be in one group."""
LONGEST_PLACE = 200
LONGEST_NOTES = 2000
MEETINGS_OF = 0x4D454554
"""The first half of the advisory lock under which a teacher is given meetings one by one."""
_BETWEEN = re.compile(r"[\s-]+")
FARTHEST = timedelta(days=366)
"""How far ahead a meeting may be."""


@dataclass(frozen=True, slots=True)
class Slot:
    """When somebody meets, and how long (minutes)."""

    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


def checked_type(meeting_type: MeetingType | str) -> MeetingType:
    """One of the kinds there are, also in words: `one-on-one`. Raises InvalidInput."""
    try:
        return MeetingType(_BETWEEN.sub("_", str(meeting_type).strip().lower()))
    except ValueError:
        kinds = ", ".join(MeetingType)
        raise InvalidInput("meeting_type", f"A meeting is one of: {kinds}.") from None


def checked_students(
    students: Sequence[int], student_id: int, kind: MeetingType
) -> tuple[int, ...]:
    """The further students of a group, each once. Raises InvalidInput on `students`."""
    others = tuple(dict.fromkeys(one for one in students if one != student_id))
    if others and kind is not MeetingType.GROUP:
        words = "Several students meet in a group meeting. Choose that type."
        raise InvalidInput("students", words)
    if len(others) >= MOST_STUDENTS:
        words = f"You choose {len(others) + 1} students. A group has {MOST_STUDENTS} at most."
        raise InvalidInput("students", words)
    return others


def checked_minutes(minutes: int) -> int:
    """A length that a meeting may have. Raises InvalidInput on `duration_minutes`."""
    if not isinstance(minutes, int) or minutes not in DURATIONS:
        span = f"{DURATIONS.start} minutes to {DURATIONS.stop // 60} hours"
        raise InvalidInput("duration_minutes", f"A meeting lasts {span}. Choose another length.")
    return minutes


def checked_slot(starts_at: datetime, minutes: int, *, now: datetime, zone: ZoneInfo) -> Slot:
    """A time to come, in UTC and to the minute, and a length. Raises InvalidInput."""
    starts_at = moment_of(starts_at, "datetime").replace(second=0, microsecond=0)
    checked_minutes(minutes)
    if starts_at <= now:
        words = moment_words(now, zone.key, now)
        raise InvalidInput("datetime", f"That time has passed: it is {words}. Choose one to come.")
    if starts_at > now + FARTHEST:
        raise InvalidInput("datetime", "That is more than a year ahead. Choose an earlier day.")
    return Slot(starts_at, minutes)


def checked_place(location: str | None) -> str | None:
    """One line, or nothing. Raises InvalidInput on `location`."""
    check_text(location, "location", may_be_none=True)
    place = " ".join(_without_controls(location or "").split())
    if len(place) > LONGEST_PLACE:
        raise InvalidInput(
            "location", f"The place has {len(place)} characters. Use {LONGEST_PLACE} at most."
        )
    return place or None


def checked_notes(notes: str | None, field: str = "notes") -> str | None:
    """Text as it was written, or nothing. Raises InvalidInput on its field."""
    check_text(notes, field, may_be_none=True)
    text = _without_controls(notes or "").strip()
    if len(text) > LONGEST_NOTES:
        words = f"The notes have {len(text):,} characters. Use {LONGEST_NOTES:,} at most."
        raise InvalidInput(field, words)
    return text or None


def _without_controls(text: str) -> str:
    """The text without what no database or screen takes, such as NUL and halves of characters."""
    taken = (one in "\n\t" or unicodedata.category(one) not in ("Cc", "Cs") for one in text)
    return "".join(compress(text, taken))


def check_clash(
    teacher_id: int,
    slot: Slot,
    *,
    session: Session,
    now: datetime,
    zone: ZoneInfo,
    own: bool,
    but: int | None = None,
) -> None:
    """Raises InvalidInput on `datetime` where the teacher has another meeting in that time.

    `own`: the teacher is the one who is told. `but` is a meeting that may be there: itself. Until
    the transaction ends nobody else gives this teacher a meeting, so that what is free stays so.
    """
    _hold(teacher_id, session=session)
    for other in _around(teacher_id, slot, session=session):
        its = Slot(other.scheduled_at, other.duration_minutes or USUAL_DURATION)
        if other.id == but or its.ends_at <= slot.starts_at:
            continue
        starts = moment_words(its.starts_at, zone.key, now)
        span = f"{starts} to {clock_words(its.ends_at, zone.key)}"
        whose = "You have" if own else f"{session.get_one(User, teacher_id).name} has"
        raise InvalidInput(
            "datetime", f"{whose} another meeting then: {span}. Choose another time."
        )


def _hold(teacher_id: int, *, session: Session) -> None:
    """Wait for whoever just gives the teacher a meeting: a colleague may, who holds another row.

    No row of theirs is locked for it: two colleagues who move each other's meetings would wait for
    each other for ever. SQLite has one writer.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(MEETINGS_OF, teacher_id)))


def _around(teacher_id: int, slot: Slot, *, session: Session) -> list[Meeting]:
    """The teacher's meetings that begin before the slot's end and may reach into it."""
    longest = timedelta(minutes=DURATIONS.stop)
    query = (
        select(Meeting)
        .where(
            Meeting.workspace_id == session.get_one(User, teacher_id).workspace_id,
            Meeting.teacher_id == teacher_id,
            Meeting.scheduled_at < slot.ends_at,
            Meeting.scheduled_at > slot.starts_at - longest,
            Meeting.status == MeetingStatus.SCHEDULED.value,
        )
        .order_by(Meeting.scheduled_at, Meeting.id)
    )
    return list(session.scalars(query))
