"""Importing holidays: days without school, from a CSV or an iCalendar file.

The file adds days and renames them; a day is taken away by calling it cancelled. Nothing that is
stored rests on holidays: reports read them whenever they count school days.
"""

from datetime import date, datetime
from pathlib import Path

from school.bulk import bulk
from school.database import SessionFactory
from school.days import DateRange, local_day
from school.imports.holiday_days import NamedDay, read_days
from school.imports.outcome import ImportOutcome, Problems, Progress
from school.imports.store import Store, Values, record_run, steps
from school.models import Holiday

KIND = "holidays"
YEARS_BACK, YEARS_AHEAD = 10, 5
"""How far what comes back every year is followed."""


def import_holidays(
    path: Path,
    *,
    session_factory: SessionFactory,
    workspace_id: int,
    strict: bool = False,
    now: datetime,
    progress: Progress | None = None,
) -> ImportOutcome:
    """Take in a file of holidays; repeating it changes nothing.

    `rows` counts rows of a CSV or events of a calendar, `new` the days that were added, renamed or
    taken away. With `strict` one bad row refuses the whole, with nothing written. Raises
    InvalidInput (field `file`) when the file as a whole cannot be used.
    """
    problems = Problems(path.name)
    with bulk(session_factory) as work:
        store = Store(work, workspace_id, lambda _: None)
        zone = store.zone()
        window = _window(local_day(now, zone))
        found = read_days(path, zone=zone, window=window, problems=problems)
        if strict and problems.errors:
            return problems.outcome(rows=found.rows, new=0, stopped=True)
        store.step = steps(len(found.days), progress)
        _apply(store, found.days, problems)
        record_run(store, KIND, now, found.rows, problems.errors)
    return problems.outcome(rows=found.rows, new=store.written)


def _window(today: date) -> DateRange:
    """Whole years, so that a file means the same all year long."""
    return DateRange(date(today.year - YEARS_BACK, 1, 1), date(today.year + YEARS_AHEAD, 12, 31))


def _apply(store: Store, days: tuple[NamedDay, ...], problems: Problems) -> None:
    wanted: dict[date, str] = {}
    for one in days:
        if not one.is_cancelled:
            wanted.setdefault(one.day, one.name)
    cancelled = {one.day for one in days if one.is_cancelled} - wanted.keys()
    stored = store.stored(Holiday, ("day", "name"))
    _tell_of_others(stored, {*wanted, *cancelled}, problems)
    store.sync(Holiday, ("day",), ({"day": day, "name": name} for day, name in wanted.items()))
    store.remove(Holiday, [one["id"] for one in stored if one["day"] in cancelled])


def _tell_of_others(stored: list[Values], named: set[date], problems: Problems) -> None:
    """Say which days between the file's first and last stay although it does not name them."""
    if not named:
        return
    others = sorted(
        (one["day"], one["name"])
        for one in stored
        if one["day"] not in named and min(named) <= one["day"] <= max(named)
    )
    if others:
        day, name = others[0]
        which = f"{day.isoformat()} ({name})"
        many = which if len(others) == 1 else f"{len(others)} days, the first {which},"
        verb = "stays a day" if len(others) == 1 else "stay days"
        problems.warn(
            1, "date", f"{many} {verb} without school, from before, though not named here"
        )
