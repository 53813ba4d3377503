"""The morning digest: what a day holds for a teacher, and what has come in since the last one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.meetings import MeetingView, upcoming_meetings
from interventions.waiting import WaitingFor, WaitingLine, waiting
from school.access import Viewer, visible_student_ids
from school.days import day_start, local_day, week_start
from school.hours import DAY, DaysOff
from school.models import (
    Guardian,
    ParentAnswer,
    ParentNotice,
    Student,
    StudentReply,
    TeacherMessage,
)

FARTHEST = 14
"""So many days it looks back for the school day before: no digest tells of a whole summer."""
MOST_ANSWERS = 50


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """What came in about a student: from the student, or from a guardian by name."""

    student_id: int
    student: str
    guardian: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """A teacher's day: own meetings to come, answers `since`, assignments due on the day.

    The next meeting, the latest answer and what is due first come first.
    """

    since: datetime
    meetings: tuple[MeetingView, ...]
    answers: tuple[AnswerLine, ...]
    due: tuple[WaitingLine, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing worth a message."""
        return not (self.meetings or self.answers or self.due)


def digest_of(
    viewer: Viewer, since: datetime, zone: ZoneInfo, *, session: Session, now: datetime
) -> Digest:
    """What there is to say to a teacher on the local day of `now`, of what they may still see."""
    today = local_day(now, zone)
    tomorrow = day_start(today + DAY, zone)
    running = waiting(viewer, session=session, now=now).get(WaitingFor.PRACTICE, ())
    return Digest(
        since=since,
        meetings=tuple(upcoming_meetings(viewer, tomorrow, session=session, now=now)),
        answers=_answers(viewer, since, session=session),
        due=tuple(one for one in running if _is_on(one, today, zone)),
    )


def school_day_before(day: date, off: DaysOff) -> date:
    """The last school day before, or `FARTHEST` days before where there was none since."""
    days = (day - number * DAY for number in range(1, FARTHEST))
    return next((one for one in days if off.has_school(one)), day - FARTHEST * DAY)


def is_first_of_week(day: date, off: DaysOff) -> bool:
    """Whether no day of its week before it was a school day."""
    monday = week_start(day)
    earlier = (monday + number * DAY for number in range((day - monday) // timedelta(days=1)))
    return not any(off.has_school(one) for one in earlier)


def _is_on(one: WaitingLine, day: date, zone: ZoneInfo) -> bool:
    return one.due_at is not None and local_day(one.due_at, zone) == day


def _answers(viewer: Viewer, since: datetime, *, session: Session) -> tuple[AnswerLine, ...]:
    found = [*_of_students(viewer, since, session), *_of_guardians(viewer, since, session)]
    found.sort(key=lambda one: one.at, reverse=True)
    return tuple(found[:MOST_ANSWERS])


def _of_students(viewer: Viewer, since: datetime, session: Session) -> Sequence[AnswerLine]:
    query = (
        select(Student, StudentReply.replied_at)
        .join(TeacherMessage, TeacherMessage.student_id == Student.id)
        .join(StudentReply, StudentReply.message_id == TeacherMessage.id)
        .where(
            TeacherMessage.teacher_id == viewer.user_id,
            StudentReply.replied_at >= since,
            Student.id.in_(visible_student_ids(viewer)),
        )
        .order_by(StudentReply.replied_at.desc())
        .limit(MOST_ANSWERS)
    )
    rows = session.execute(query)
    return [AnswerLine(student.id, student.name, None, at) for student, at in rows]


def _of_guardians(viewer: Viewer, since: datetime, session: Session) -> Sequence[AnswerLine]:
    query = (
        select(ParentNotice.id, Student, Guardian.name, ParentAnswer.answered_at)
        .join(ParentNotice, ParentNotice.student_id == Student.id)
        .join(Guardian, Guardian.id == ParentNotice.guardian_id)
        .join(ParentAnswer, ParentAnswer.notice_id == ParentNotice.id)
        .where(
            ParentNotice.teacher_id == viewer.user_id,
            ParentAnswer.answered_at >= since,
            Student.id.in_(visible_student_ids(viewer)),
        )
        .order_by(ParentAnswer.answered_at.desc())
        .limit(MOST_ANSWERS)
    )
    latest: dict[int, AnswerLine] = {}
    for notice, student, name, at in session.execute(query):
        # An answer that was changed is one answer.
        latest.setdefault(notice, AnswerLine(student.id, student.name, name, at))
    return list(latest.values())
