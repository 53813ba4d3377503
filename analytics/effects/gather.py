"""What effects rest on, asked of the database: few queries, whatever was done."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from analytics.calendar import SchoolCalendar, judged_days, school_calendar
from analytics.effects.data import Action, Outcome
from analytics.effects.helps import Given, outcome_of
from analytics.effects.practice import DayCount, PracticeBook
from analytics.effects.scene import Pupil, Scene
from analytics.effects.windows import windows
from analytics.feeds import known_days
from analytics.queries import mates, people, practice
from school.days import TERM_DAYS_UNKNOWN, DateRange

LOOKED_BACK = timedelta(days=TERM_DAYS_UNKNOWN)
"""How far before the first action's windows absences without help are looked for: a term."""


def gather(
    session: Session,
    class_ids: Collection[int],
    actions: Sequence[Action],
    *,
    asked: Collection[Action],
    now: datetime,
    also: Collection[int] = (),
) -> Scene:
    """All that the actions `asked` about are seen in; `actions` are everything that was done.

    There is at least one class and one action asked about. The practice of students `also` named is
    there even where they are in none of the classes. Raises NotFound where there is no such class.
    """
    heads = [people.class_head(session, class_id) for class_id in sorted(class_ids)]
    workspace_id, zone = heads[0].workspace_id, heads[0].zone
    calendar = school_calendar(session, workspace_id)
    span = _span(asked, calendar)
    rolls = [(one.class_id, people.members(session, one.class_id, span)) for one in heads]
    members = [member for _, roll in rolls for member in roll]
    ids = {one.student_id for one in members} | set(also)
    return Scene(
        pupils=_pupils(rolls, _known(members, span, now, zone, calendar)),
        book=_book(session, workspace_id, ids, asked, span),
        given=Given({*actions, *asked}),
        calendar=calendar,
        first_day=people.first_practice(members),
    )


def _span(asked: Iterable[Action], calendar: SchoolCalendar) -> DateRange:
    """The days that all windows lie in; after inactivity those of earlier absences too."""
    around = [windows(one.day, calendar) for one in asked]
    start = min(one.earlier.start for one in around)
    if any(outcome_of(one) == Outcome.DAYS for one in asked):
        start -= LOOKED_BACK
    return DateRange(start, max(one.after.end for one in around))


def _known(
    members: Sequence[people.Member],
    span: DateRange,
    now: datetime,
    zone: ZoneInfo,
    calendar: SchoolCalendar,
) -> dict[int, date]:
    """By student the last of these days through which their practice is known."""
    judged = judged_days(span, people.newest_data(members), now=now, zone=zone)
    found = {
        one.student_id: known_days(one.anywhere(), judged, now=now, zone=zone, calendar=calendar)
        for one in members
    }
    return {student: days.end for student, days in found.items() if days}


def _pupils(
    rolls: Iterable[tuple[int, Sequence[people.Member]]], known: dict[int, date]
) -> dict[int, Pupil]:
    stays: dict[int, list[tuple[int, DateRange]]] = {}
    for class_id, roll in rolls:
        for one in roll:
            stay = DateRange(one.starts_on or date.min, one.ends_on or date.max)
            stays.setdefault(one.student_id, []).append((class_id, stay))
    return {
        student: Pupil(student, tuple(found), known.get(student))
        for student, found in sorted(stays.items())
    }


def _book(
    session: Session,
    workspace_id: int,
    student_ids: Collection[int],
    asked: Iterable[Action],
    span: DateRange,
) -> PracticeBook:
    totals = practice.practice_days(session, workspace_id, student_ids, span)
    skills = {skill for one in asked for skill in one.skill_ids}
    pairs = list(product(student_ids, skills))
    by_skill = mates.recent_days(session, workspace_id, pairs, span) if pairs else {}
    return PracticeBook(
        {student: [DayCount(*one[:3]) for one in days] for student, days in totals.items()},
        {
            key: [DayCount(one.day, one.questions, one.correct) for one in days]
            for key, days in by_skill.items()
        },
    )
