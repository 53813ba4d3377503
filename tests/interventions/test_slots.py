"""When a teacher is free: hours, days off, meetings, and clocks that change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from interventions.meetings import cancel_meeting
from interventions.slots import STEP, Diary, Odd, diary_of
from school.days import DateRange
from school.hours import DEFAULT_WORKING_HOURS, DaysOff, WorkingHours, working_hours
from school.models import Meeting, MeetingAttendee
from school.periods import Period, merged, without
from school.preferences import WORKING_HOURS, set_preference
from tests.interventions.staff import Staff, holiday, pause

NEW_YORK = ZoneInfo("America/New_York")
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""7:00 in New York."""
ALL = range(7)


def diary(**changes: object) -> Diary:
    own = Diary(MONDAY, MONDAY + timedelta(13), NEW_YORK, DEFAULT_WORKING_HOURS, DaysOff())
    return replace(own, **changes)  # type: ignore[arg-type]


def at(day: date, hour: int, minute: int = 0, zone: ZoneInfo = NEW_YORK) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=zone).astimezone(UTC)


def clocks(starts: tuple[datetime, ...], zone: ZoneInfo = NEW_YORK) -> list[str]:
    return [f"{one.astimezone(zone):%H:%M}" for one in starts]


def test_an_empty_day_is_free_from_its_first_quarter_to_the_last_that_fits() -> None:
    found = clocks(diary().free(MONDAY, 30, now=NOW))
    assert (found[0], found[1], found[-1], len(found)) == ("08:00", "08:15", "15:30", 31)
    assert clocks(diary().free(MONDAY, 480, now=NOW)) == ["08:00"]
    assert diary().free(MONDAY, 481, now=NOW) == ()


def test_what_has_begun_is_not_offered_any_more() -> None:
    found = clocks(diary().free(MONDAY, 30, now=at(MONDAY, 14, 30)))
    assert found == ["14:45", "15:00", "15:15", "15:30"]
    assert diary().free(MONDAY, 30, now=at(MONDAY, 17)) == ()


def test_a_meeting_leaves_the_time_that_touches_it() -> None:
    taken = (Period(at(MONDAY, 9), at(MONDAY, 15)),)
    found = clocks(diary(taken=taken).free(MONDAY, 30, now=NOW))
    assert found == ["08:00", "08:15", "08:30", "15:00", "15:15", "15:30"]
    busy = [Period(at(MONDAY, 8), at(MONDAY, 8, 31)), Period(at(MONDAY, 15, 15), at(MONDAY, 20))]
    assert clocks(diary(taken=taken).free(MONDAY, 15, now=NOW, busy=busy)) == ["08:45", "15:00"]


def test_days_off_and_days_beyond_the_diary_have_nothing() -> None:
    off = DaysOff({MONDAY}, (DateRange(date(2026, 11, 24), date(2026, 11, 25)),))
    own = diary(off=off)
    days = [MONDAY + timedelta(number) for number in range(14)]
    assert [day.day for day in days if own.free(day, 30, now=NOW)] == [26, 27, 30, 1, 2, 3, 4]
    assert own.free(MONDAY + timedelta(14), 30, now=NOW) == ()
    saturday = WorkingHours(frozenset({5}), time(9), time(10))
    assert clocks(diary(hours=saturday).free(date(2026, 11, 28), 30, now=NOW))[0] == "09:00"


@pytest.mark.parametrize(
    ("day", "clock", "first"),
    [
        (date(2027, 3, 12), "2027-03-12 13:00", "08:00"),
        (date(2027, 3, 15), "2027-03-15 12:00", "08:00"),
        (date(2026, 11, 2), "2026-11-02 13:00", "08:00"),
    ],
)
def test_hours_are_those_of_the_clock_on_the_wall(day: date, clock: str, first: str) -> None:
    own = diary(first=day, last=day)
    (start, *_rest) = own.free(day, 30, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert f"{start:%Y-%m-%d %H:%M}" == clock
    assert clocks((start,)) == [first]


@pytest.mark.parametrize(("day", "quarters"), [(date(2027, 3, 14), 16), (date(2026, 11, 1), 24)])
def test_a_night_in_which_clocks_change_has_an_hour_less_or_more(day: date, quarters: int) -> None:
    hours = WorkingHours(frozenset(ALL), time(0), time(5))
    own = diary(first=day, last=day, hours=hours)
    found = own.free(day, 15, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert len(found) == quarters
    assert len(set(found)) == quarters


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=6),
    st.sampled_from((15, 30, 45, 60, 90)),
    st.sampled_from(("America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "UTC")),
)
def test_what_is_offered_overlaps_nothing_and_what_is_not_does(
    meetings: list[tuple[int, int]], minutes: int, name: str
) -> None:
    zone = ZoneInfo(name)
    taken = tuple(
        Period(
            at(MONDAY, 7, zone=zone) + first * STEP, at(MONDAY, 7, zone=zone) + (first + n) * STEP
        )
        for first, n in meetings
    )
    own = diary(zone=zone, taken=taken)
    found = set(own.free(MONDAY, minutes, now=datetime(2026, 1, 1, tzinfo=UTC)))
    start = at(MONDAY, 8, zone=zone)
    while start <= at(MONDAY, 16, zone=zone) - timedelta(minutes=minutes):
        slot = Period(start, start + timedelta(minutes=minutes))
        assert (start in found) is not any(slot.overlaps(one) for one in taken)
        start += STEP


def test_the_next_free_time_goes_over_a_weekend_and_a_holiday() -> None:
    friday = date(2026, 11, 27)
    own = diary(off=DaysOff({date(2026, 11, 30)}))
    after = at(friday, 15, 45)
    assert own.next_free(30, now=NOW, after=after) == at(date(2026, 12, 1), 8)
    assert own.next_free(15, now=NOW, after=after) == after
    assert own.next_free(30, now=NOW, after=at(date(2026, 12, 6), 8)) is None


def test_periods_are_merged_and_cut() -> None:
    hour = [at(MONDAY, number) for number in range(8, 16)]
    parts = [Period(hour[2], hour[3]), Period(hour[0], hour[1]), Period(hour[1], hour[2])]
    assert merged([*parts, Period(hour[5], hour[5])]) == (Period(hour[0], hour[3]),)
    assert without(parts, Period(hour[1], hour[2])) == (
        Period(hour[0], hour[1]),
        Period(hour[2], hour[3]),
    )


@pytest.mark.parametrize(
    "value",
    [
        None,
        {"days": [], "from": "08:00", "to": "16:00"},
        {"days": [9], "from": "08:00", "to": "16:00"},
        {"days": [1], "from": "16:00", "to": "08:00"},
        {"days": [1], "from": "x", "to": "16:00"},
    ],
)
def test_hours_that_are_none_are_the_usual_ones(value: dict[str, object] | None) -> None:
    assert working_hours(value) == DEFAULT_WORKING_HOURS


def lay_out_week(session: Session, staff: Staff) -> Meeting:
    """Ms Ruiz's week: as a guest of Mr Moss on Wednesday, a holiday, a pause, and her own hours."""
    other = Meeting(
        workspace_id=staff.workspace,
        teacher_id=staff.moss,
        student_id=staff.leo,
        meeting_type="group",
        scheduled_at=at(date(2026, 11, 25), 8),
        duration_minutes=60,
        status="scheduled",
    )
    session.add(other)
    holiday(session, staff, date(2026, 11, 26))
    pause(session, staff, FRIDAY, FRIDAY)
    guest = MeetingAttendee(workspace_id=staff.workspace, meeting_id=other.id, user_id=staff.ruiz)
    guest.name = "Ruiz"
    session.add(guest)
    hours = {"days": [0, 1, 2, 3, 4], "from": "08:00", "to": "15:00"}
    set_preference(session, staff.workspace, staff.ruiz, WORKING_HOURS, hours)
    session.flush()
    return other


def test_the_records_say_when_a_teacher_is_free(session: Session, staff: Staff) -> None:
    own = staff.schedule(session, at=at(date(2026, 11, 24), 14))
    other = lay_out_week(session, staff)
    own_days = diary_of(staff.ruiz, MONDAY, FRIDAY, session=session)
    shown = {
        number: clocks(own_days.free(date(2026, 11, number), 60, now=NOW))
        for number in range(24, 28)
    }
    assert (shown[24][0], shown[24][-1], shown[25][0], shown[26], shown[27]) == (
        "08:00", "13:00", "09:00", [], []
    )  # fmt: skip
    at_two = at(date(2026, 11, 24), 14)

    def next_free(but: int | None = None) -> datetime | None:
        known = diary_of(staff.ruiz, MONDAY, FRIDAY, session=session, but=but)
        return known.next_free(60, now=NOW, after=at_two)

    assert next_free() == at(date(2026, 11, 25), 9)
    assert next_free(but=own.id) == at_two
    cancel_meeting(staff.ruiz, own.id, own.version, session=session, now=NOW)
    assert next_free() == at_two
    taken = diary_of(staff.moss, MONDAY, FRIDAY, session=session).taken
    assert taken[0].starts_at == other.scheduled_at


def test_what_speaks_against_a_time_is_known() -> None:
    tuesday, saturday = MONDAY + timedelta(1), MONDAY + timedelta(5)
    off = DaysOff(frozenset({tuesday}), (DateRange(MONDAY + timedelta(2), MONDAY + timedelta(3)),))
    taken = (Period(at(MONDAY, 9), at(MONDAY, 10)),)
    own, busy = diary(off=off, taken=taken), [Period(at(MONDAY, 11), at(MONDAY, 12))]
    found = {
        moment: own.odd(moment, 30, busy=busy)
        for moment in (
            at(tuesday, 9),
            at(MONDAY + timedelta(3), 9),
            at(saturday, 9),
            at(MONDAY, 7, 45),
            at(MONDAY, 15, 31),
            at(MONDAY, 9, 45),
            at(MONDAY, 10, 45),
            at(MONDAY, 10, 10),
            at(MONDAY + timedelta(40), 9),
        )
    }
    assert list(found.values()) == [
        Odd.HOLIDAY,
        Odd.PAUSE,
        Odd.DAY_OFF,
        Odd.HOURS,
        Odd.HOURS,
        Odd.MEETING,
        Odd.BUSY,
        None,
        None,
    ]
