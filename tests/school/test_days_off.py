"""Holidays and pauses as they are read: of a person, a class, a school, and of everybody."""

from datetime import UTC, date, datetime, time

from sqlalchemy.orm import Session

from school.database import SessionFactory
from school.days import DateRange
from school.days_off import all_days_off, days_off, own_times
from school.hours import DEFAULT_QUIET, QuietHours
from school.models import Class, Holiday, Pause, User, Workspace
from school.preferences import QUIET_HOURS, set_preference

NOW = datetime(2026, 3, 2, tzinfo=UTC)
FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


def lay_out(session: Session) -> tuple[User, User, Class]:
    """Two workspaces, each with a teacher; the first has a class, holidays and pauses."""
    here = Workspace(name="Here", timezone="America/New_York", created_at=NOW)
    there = Workspace(name="There", timezone="Europe/London", created_at=NOW)
    session.add_all([here, there])
    session.flush()  # their ids are needed below
    one, other = (
        User(workspace_id=each.id, email=f"{each.id}@example.org", name="T", created_at=NOW)
        for each in (here, there)
    )
    taught = Class(workspace_id=here.id, source_id="c", title="5A", created_at=NOW)
    session.add_all([one, other, taught])
    session.flush()  # their ids are needed below
    for day in (date(2026, 2, 28), date(2026, 3, 5), date(2026, 4, 1)):
        session.add(Holiday(workspace_id=here.id, day=day, name="Off"))
    spans = [
        ({"user_id": one.id}, date(2026, 2, 20), date(2026, 3, 2)),
        ({"user_id": one.id}, date(2026, 4, 1), date(2026, 4, 2)),
        ({"user_id": one.id}, date(2026, 3, 9), date(2026, 3, 8)),
        ({"class_id": taught.id}, date(2026, 3, 10), date(2026, 3, 11)),
    ]
    for whose, start, end in spans:
        session.add(Pause(workspace_id=here.id, starts_on=start, ends_on=end, **whose))
    return one, other, taught


MINE = DateRange(date(2026, 2, 20), date(2026, 3, 2))
CLASSES = DateRange(date(2026, 3, 10), date(2026, 3, 11))


def test_days_off_are_those_that_touch_the_span(session_factory: SessionFactory) -> None:
    with session_factory.begin() as session:
        one, other, taught = lay_out(session)
        mine = days_off(session, one.workspace_id, FIRST, LAST, user_id=one.id)
        assert (mine.holidays, mine.pauses) == (frozenset({date(2026, 3, 5)}), (MINE,))
        both = days_off(session, one.workspace_id, FIRST, LAST, user_id=one.id, class_id=taught.id)
        assert set(both.pauses) == {MINE, CLASSES}
        assert days_off(session, one.workspace_id, FIRST, LAST).pauses == ()
        theirs = days_off(session, other.workspace_id, FIRST, LAST, user_id=other.id)
        assert (theirs.holidays, theirs.pauses) == (frozenset(), ())
        assert not mine.has_school(date(2026, 3, 2))
        assert mine.has_school(date(2026, 3, 3))
        assert not mine.has_school(date(2026, 3, 5))


def test_those_of_everybody_are_the_same(session_factory: SessionFactory) -> None:
    with session_factory.begin() as session:
        one, other, _ = lay_out(session)
        session.flush()
        everybody = all_days_off(session, FIRST, LAST)
        for user in (one, other):
            alone = days_off(session, user.workspace_id, FIRST, LAST, user_id=user.id)
            assert everybody.of(user.workspace_id, user.id) == alone
        assert everybody.of(one.workspace_id).pauses == ()


def test_own_times_are_by_the_persons_zone_and_wishes(session_factory: SessionFactory) -> None:
    with session_factory.begin() as session:
        one, _, _ = lay_out(session)
        plain = own_times(session, one, FIRST, LAST)
        assert (plain.zone.key, plain.quiet) == ("America/New_York", DEFAULT_QUIET)
        assert plain.off.pauses == (MINE,)
        one.timezone = "Asia/Kathmandu"
        value = {"from": "18:00", "to": "06:30"}
        set_preference(session, one.workspace_id, one.id, QUIET_HOURS, value)
        session.flush()
        own = own_times(session, one, FIRST, LAST)
        assert (own.zone.key, own.quiet) == ("Asia/Kathmandu", QuietHours(time(18), time(6, 30)))
