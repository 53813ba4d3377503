"""Meetings of any sort with any names, as hypothesis makes them, and one that is read by eye."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from interventions.meetings import (
    Answer,
    AttendeeKind,
    AttendeeView,
    ChangeView,
    Invitee,
    MeetingStatus,
    MeetingType,
    MeetingView,
    PossibleAttendee,
)
from interventions.meetings.shapes import News, NewsState
from tests.handlers.views.reports import NAMES

NOW = datetime(2026, 11, 20, 14, 12, tzinfo=UTC)
"""Friday, 9:12 in New York."""
NEW_YORK, LIMA, LONDON = "America/New_York", "America/Lima", "Europe/London"
TEXTS = st.none() | st.text(st.characters(codec="utf-8"), max_size=2000) | NAMES
MOMENTS = st.integers(-30 * 1440, 365 * 1440).map(lambda minutes: NOW + timedelta(minutes=minutes))
NEWS = st.builds(News, st.booleans(), st.sampled_from(NewsState), MOMENTS)
ATTENDEES = st.builds(
    AttendeeView,
    name=NAMES,
    how=st.sampled_from(AttendeeKind),
    address_hint=st.none() | st.just("l***@school.org") | st.text(max_size=254),
    told=st.booleans(),
    news=st.none() | NEWS,
    answer=st.none() | st.sampled_from(Answer),
    answer_note=TEXTS,
)
CHANGES = st.builds(
    ChangeView,
    change=st.sampled_from(
        [
            "scheduled",
            "moved",
            "invited",
            "noted",
            "move_undone",
            "cancelled",
            "restored",
            "outcome",
            "reopened",
        ]
    ),
    by_name=NAMES,
    by_id=st.integers(1, 9),
    at=MOMENTS,
    was_at=st.none() | MOMENTS,
)
MEETINGS = st.builds(
    MeetingView,
    id=st.integers(1, 2**31 - 1),
    version=st.integers(1, 9999),
    sequence=st.integers(0, 99),
    student_id=st.integers(1, 2**31 - 1),
    student_name=NAMES,
    class_id=st.none() | st.integers(1, 2**31 - 1),
    teacher_name=NAMES,
    meeting_type=st.sampled_from(MeetingType),
    scheduled_at=MOMENTS,
    duration_minutes=st.integers(5, 480),
    location=TEXTS.map(lambda text: text and text[:200]),
    notes=TEXTS,
    status=st.sampled_from(MeetingStatus),
    outcome_notes=TEXTS,
    attendees=st.lists(ATTENDEES, max_size=20).map(tuple),
    further=st.lists(st.tuples(st.integers(1, 99), NAMES), max_size=6).map(tuple),
    zone=st.sampled_from([NEW_YORK, LIMA, LONDON, "Asia/Kathmandu"]),
    teacher_id=st.integers(0, 9),
    class_title=st.none() | NAMES,
    uninvited=st.lists(NEWS, max_size=3).map(tuple),
    last_change=st.none() | CHANGES,
)
POSSIBLE = st.builds(
    PossibleAttendee,
    invitee=st.builds(Invitee, st.sampled_from(AttendeeKind), st.integers(1, 2**31 - 1)),
    name=NAMES,
    address_hint=st.none() | st.just("l***@school.org") | st.text(min_size=1, max_size=254),
    of=NAMES,
    of_id=st.integers(0, 3),
)


def park(**changes: Any) -> MeetingView:
    """A parent conference on Tuesday at 14:30 in New York, of teacher 1."""
    lena = AttendeeView("Lena Park", AttendeeKind.GUARDIAN, "l***@home.test", 5, told=False)
    view = MeetingView(
        id=7,
        version=3,
        sequence=1,
        student_id=12,
        student_name="Leo Park",
        class_id=2,
        teacher_name="Ms Ruiz",
        meeting_type=MeetingType.PARENT_CONFERENCE,
        scheduled_at=datetime(2026, 11, 24, 19, 30, tzinfo=UTC),
        duration_minutes=30,
        location="Room 12",
        notes=None,
        status=MeetingStatus.SCHEDULED,
        outcome_notes=None,
        attendees=(lena,),
        zone=NEW_YORK,
        teacher_id=1,
        class_title="Grade 5 Maths",
        last_change=ChangeView("scheduled", "Ms Ruiz", 1, NOW),
    )
    return replace(view, **changes)


def changed(change: str, by: int = 1, *, was: timedelta | None = None) -> ChangeView:
    """What was done last, by teacher 1 (Ms Ruiz) or another."""
    name = "Ms Ruiz" if by == 1 else "Mr Moss"
    was_at = None if was is None else park().scheduled_at + was
    return ChangeView(change, name, by, NOW, was_at)


def words_of(blocks: Any) -> str:
    """All that is to be read in blocks, in order, a block a line."""
    return "\n".join("".join(_texts(block)) for block in blocks)


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for each in value.values() for text in _texts(each)]
    return [text for each in value for text in _texts(each)] if isinstance(value, list) else []


def labels(blocks: Any) -> list[str]:
    """The words on all buttons."""
    return [
        one["text"]["text"]
        for block in blocks
        for one in [*block.get("elements", []), block.get("accessory", {})]
        if one.get("type") == "button"
    ]
