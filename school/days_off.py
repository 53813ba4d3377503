"""Reading holidays and pauses of a span of days, one query each, for people, classes or all.

A pause is a row of `pauses` for a person or a class, both days included; a person sets
their own (school/pauses.py), and whatever writes the row needs to tell nobody: the clock looks each
time.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, bindparam, or_, select
from sqlalchemy.orm import Session

from school.days import DateRange
from school.hours import DaysOff, OwnTimes, quiet_hours
from school.models import Holiday, Pause, Preference, User
from school.preferences import QUIET_HOURS
from school.zones import zone_of

_FIRST: BindParameter[date] = bindparam("first")
_LAST: BindParameter[date] = bindparam("last")
_TOUCHES = (
    Pause.starts_on <= _LAST,
    Pause.ends_on >= _FIRST,
    Pause.starts_on <= Pause.ends_on,  # what ends before it starts is none
)
HOLIDAYS = select(Holiday.workspace_id, Holiday.day).where(Holiday.day.between(_FIRST, _LAST))
HOLIDAYS_OF_ONE = HOLIDAYS.with_only_columns(Holiday.day).where(
    Holiday.workspace_id == bindparam("workspace")
)
PAUSES = select(Pause.user_id, Pause.starts_on, Pause.ends_on).where(
    *_TOUCHES, Pause.user_id.is_not(None)
)
PAUSES_OF_ONE = select(Pause.starts_on, Pause.ends_on).where(
    *_TOUCHES,
    Pause.workspace_id == bindparam("workspace"),
    or_(Pause.user_id == bindparam("user"), Pause.class_id == bindparam("class")),
)


def days_off(
    session: Session,
    workspace_id: int,
    first: date,
    last: date,
    *,
    user_id: int | None = None,
    class_id: int | None = None,
) -> DaysOff:
    """The days off that touch the span, for a person, a class or both; else the school's alone."""
    span = {"workspace": workspace_id, "first": first, "last": last}
    days = frozenset(session.scalars(HOLIDAYS_OF_ONE, span))
    if user_id is None and class_id is None:
        return DaysOff(days)
    pauses = session.execute(PAUSES_OF_ONE, {**span, "user": user_id, "class": class_id})
    return DaysOff(days, tuple(DateRange(each.starts_on, each.ends_on) for each in pauses))


def holiday_name(session: Session, workspace_id: int, day: date) -> str | None:
    """What a day is called on which there is no school; None where it is no holiday."""
    query = select(Holiday.name).where(Holiday.workspace_id == workspace_id, Holiday.day == day)
    return session.scalar(query)


def own_times(
    session: Session, user: User, first: date, last: date, *, class_id: int | None = None
) -> OwnTimes:
    """When a user may be disturbed within the span: by their zone, or else the school's."""
    quiet = session.get(Preference, (user.id, QUIET_HOURS))
    off = days_off(session, user.workspace_id, first, last, user_id=user.id, class_id=class_id)
    zone = zone_of(session, user.workspace_id, user.id)
    return OwnTimes(zone, quiet_hours(None if quiet is None else quiet.value), off)


@dataclass(frozen=True, slots=True)
class AllDaysOff:
    """The days off of everybody, by workspace and user."""

    holidays: dict[int, frozenset[date]]
    pauses: dict[int, tuple[DateRange, ...]]

    def of(self, workspace_id: int, user_id: int | None = None) -> DaysOff:
        """Those of one person, or of the whole workspace."""
        mine = () if user_id is None else self.pauses.get(user_id, ())
        return DaysOff(self.holidays.get(workspace_id, frozenset()), mine)


def all_days_off(session: Session, first: date, last: date) -> AllDaysOff:
    """The days off of all workspaces and people that touch the span."""
    span = {"first": first, "last": last}
    days: defaultdict[int, set[date]] = defaultdict(set)
    for holiday in session.execute(HOLIDAYS, span):
        days[holiday.workspace_id].add(holiday.day)
    pauses: defaultdict[int, list[DateRange]] = defaultdict(list)
    for pause in session.execute(PAUSES, span):
        pauses[pause.user_id].append(DateRange(pause.starts_on, pause.ends_on))
    return AllDaysOff(
        {key: frozenset(value) for key, value in days.items()},
        {key: tuple(value) for key, value in pauses.items()},
    )
