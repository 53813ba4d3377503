"""Ranges as people say them, resolved to local days (docs/metrics.md, "Ranges")."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.queries import people
from analytics.queries.skills import last_practised
from school.days import DEFAULT_DAYS, DateRange, last_days, local_day, parse_range
from school.errors import InvalidInput
from school.models import Class, Term

EVER = DateRange(date.min, date.max)
"""All days that a calendar knows."""


@dataclass(frozen=True, slots=True)
class PracticeOffer:
    """What to offer where a range holds no practice: the last day with some, and ranges that do."""

    last_day: date | None
    ranges: tuple[DateRange, ...]


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whom a range is about: those `asked` about, and the `members` of the class around them."""

    asked: tuple[people.Member, ...]
    members: tuple[people.Member, ...]
    workspace_id: int
    zone: ZoneInfo
    class_id: int | None


def resolve_range(
    word: str | None,
    *,
    session: Session,
    now: datetime,
    student_id: int | None = None,
    class_id: int | None = None,
) -> DateRange:
    """The local days that `word` means for a student or a class; without a word the last 30.

    `term` is the academic session that holds today, up to today, else the last 120 days; `all` goes
    from the first practice to `data_through`. Raises InvalidInput (field `range`) for other words,
    NotFound where there is no such student or class.
    """
    subject = _subject(session, student_id, class_id, now)
    today = local_day(now, subject.zone)
    if word is None or not word.strip():
        return last_days(DEFAULT_DAYS, today)
    meant = word.strip().lower()
    return parse_range(
        meant,
        today,
        term=_term(session, subject, today) if meant == "term" else None,
        everything=_everything(subject) if meant == "all" else None,
    )


def ranges_with_practice(
    *,
    session: Session,
    now: datetime,
    student_id: int | None = None,
    class_id: int | None = None,
    days: int = DEFAULT_DAYS,
) -> PracticeOffer:
    """The last day with practice, and ranges that hold some: `days` up to it, and `all`.

    A student's own days count, also where `class_id` is given. Nothing is offered without practice.
    """
    subject = _subject(session, student_id, class_id, now)
    last = people.last_practice(subject.asked)
    everything = _everything(subject)
    if last is None or everything is None:
        return PracticeOffer(None, ())
    recent = DateRange(last_days(days, last).start, last)
    return PracticeOffer(last, (recent, everything))


def ranges_with_skill(
    *, session: Session, now: datetime, class_id: int, skill_id: int, days: int = DEFAULT_DAYS
) -> PracticeOffer:
    """The same for a skill: the last day on which anyone of the class practised it."""
    subject = _subject(session, None, class_id, now)
    students = [one.student_id for one in subject.members]
    last = last_practised(session, subject.workspace_id, students, skill_id)
    everything = _everything(subject)
    if last is None or everything is None:
        return PracticeOffer(None, ())
    return PracticeOffer(last, (DateRange(last_days(days, last).start, last), everything))


def _subject(
    session: Session, student_id: int | None, class_id: int | None, now: datetime
) -> _Subject:
    if student_id is not None:
        return _one_student(session, student_id, class_id, now)
    if class_id is None:
        raise InvalidInput("range", "A range is about a student or a class.")
    head = people.class_head(session, class_id)
    everyone = people.members(session, class_id, EVER)
    return _Subject(everyone, everyone, head.workspace_id, head.zone, class_id)


def _one_student(
    session: Session, student_id: int, class_id: int | None, now: datetime
) -> _Subject:
    head = people.student_head(session, student_id)
    course = class_id or people.main_class(session, student_id, _today(now, head.zone))
    mates = people.members(session, course, EVER) if course else ()
    return _Subject((head.member,), (head.member, *mates), head.workspace_id, head.zone, course)


def _today(now: datetime, zone: ZoneInfo) -> DateRange:
    return last_days(1, local_day(now, zone))


def _term(session: Session, subject: _Subject, today: date) -> DateRange | None:
    """The class's own term where it holds today, else the shortest session that does."""
    own = select(Class.term_id).where(Class.id == subject.class_id).scalar_subquery()
    holding = select(Term.starts_on, Term.ends_on, Term.id == own).where(
        Term.workspace_id == subject.workspace_id, Term.starts_on <= today, Term.ends_on >= today
    )
    rows = sorted(session.execute(holding).all(), key=lambda row: (not row[2], row[1] - row[0]))
    return DateRange(rows[0][0], today, "term") if rows else None


def _everything(subject: _Subject) -> DateRange | None:
    """From the first practice of those asked about to the newest data of the class."""
    first = people.first_practice(subject.asked)
    through = people.newest_data(subject.members)
    if first is None or through is None:
        return None
    return DateRange(first, max(first, local_day(through, subject.zone)), "all")
