"""Reading meetings, each through the access to its student."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from interventions.answers import answers_that_hold
from interventions.meetings.history import Change, changes_of
from interventions.meetings.invitees import hint
from interventions.meetings.opening import open_meeting
from interventions.meetings.recording import further_students
from interventions.meetings.rules import DURATIONS
from interventions.meetings.shapes import (
    AttendeeKind,
    AttendeeView,
    ChangeView,
    Invitee,
    LastNotes,
    MeetingView,
    News,
)
from interventions.meetings.telling import attendees_of, ever_invited, news_of, told_of
from interventions.reminders import REMINDER, USUAL_DURATION, WAITING, timers_of
from school.access import Viewer, open_student, visible_classes
from school.errors import NotFound
from school.models import (
    Guardian,
    Meeting,
    MeetingAttendee,
    MeetingEvent,
    MeetingStatus,
    MeetingType,
    Student,
    Timer,
    User,
)
from school.zones import own_zone


def meeting_of(viewer: Viewer, meeting_id: int, *, session: Session, now: datetime) -> MeetingView:
    """One meeting, audited. Raises NotFound where it is none of the viewer's, or none at all."""
    meeting, student = open_meeting(viewer, meeting_id, "meeting", session=session, now=now)
    view = _view(viewer, meeting, student, session=session)
    further = _further(viewer, meeting, session=session, now=now)
    visible = {student.id, *further}
    hidden = {
        one.id
        for one in attendees_of(meeting, session=session)
        if (whose := student_of(one, session=session)) is not None and whose not in visible
    }
    invited = tuple(one for one in view.attendees if one.id not in hidden)
    return replace(view, attendees=invited, further=tuple(further.items()))


def _further(
    viewer: Viewer, meeting: Meeting, *, session: Session, now: datetime
) -> dict[int, str]:
    """The names of a group's other students, of those whom the viewer may see; each audited."""
    found = {}
    for student_id in further_students(meeting, session=session):
        with suppress(NotFound):
            student = open_student(session, viewer, student_id, "meeting", now=now)
            found[student.id] = student.name
    return found


def upcoming_meetings(
    viewer: Viewer, until: datetime, *, session: Session, now: datetime, most: int | None = None
) -> list[MeetingView]:
    """The viewer's own meetings that have not ended and begin before `until`, the next first.

    Those whose student they may not see any more are left out. No more than `most` are opened.
    """
    query = (
        select(Meeting.id)
        .where(
            Meeting.workspace_id == viewer.workspace_id,
            Meeting.teacher_id == viewer.user_id,
            Meeting.scheduled_at > now - timedelta(minutes=DURATIONS.stop),
            Meeting.scheduled_at < until,
            Meeting.status == MeetingStatus.SCHEDULED.value,
        )
        .order_by(Meeting.scheduled_at, Meeting.id)
    )
    found: list[MeetingView] = []
    for meeting_id in session.scalars(query).all():
        if len(found) == most:
            break
        try:
            view = meeting_of(viewer, meeting_id, session=session, now=now)
        except NotFound:
            continue
        if view.scheduled_at + timedelta(minutes=view.duration_minutes) > now:
            found.append(view)
    return found


def last_notes(student_id: int, *, session: Session, before: datetime) -> LastNotes | None:
    """The latest meeting about a student before a moment of which anything was written.

    For whoever may see the student: the caller has opened them.
    """
    query = (
        select(Meeting)
        .where(
            Meeting.student_id == student_id,
            Meeting.scheduled_at < before,
            Meeting.status != MeetingStatus.CANCELLED.value,
            or_(Meeting.notes.is_not(None), Meeting.outcome_notes.is_not(None)),
        )
        .order_by(Meeting.scheduled_at.desc(), Meeting.id.desc())
    )
    last = session.scalars(query.limit(1)).first()
    if last is None:
        return None
    kind, status = MeetingType(last.meeting_type), MeetingStatus(str(last.status))
    return LastNotes(last.id, last.scheduled_at, kind, status, last.notes, last.outcome_notes)


def coming_reminders(view: MeetingView, *, session: Session, now: datetime) -> list[datetime]:
    """When the teacher is reminded of a meeting from now on, the first first."""
    timers = _coming_timers(view, session=session, now=now)
    return sorted(one.due_at for one in timers if one.user_id is not None)


def are_mails_to_come(view: MeetingView, *, session: Session, now: datetime) -> bool:
    """Whether those invited are still to be reminded."""
    return any(one.user_id is None for one in _coming_timers(view, session=session, now=now))


def _coming_timers(view: MeetingView, *, session: Session, now: datetime) -> list[Timer]:
    timers = timers_of(session, session.get_one(Meeting, view.id)).values()
    waiting = (one for one in timers if (one.job, one.state) == (REMINDER, WAITING))
    return [one for one in waiting if one.due_at > now]


def _view(viewer: Viewer, meeting: Meeting, student: Student, *, session: Session) -> MeetingView:
    titles = {one.id: one.title for one in visible_classes(session, viewer)}
    return MeetingView(
        id=meeting.id,
        version=meeting.version,
        sequence=meeting.sequence,
        student_id=student.id,
        student_name=student.name,
        class_id=meeting.class_id,
        teacher_name=session.get_one(User, meeting.teacher_id).name,
        meeting_type=MeetingType(meeting.meeting_type),
        scheduled_at=meeting.scheduled_at,
        duration_minutes=meeting.duration_minutes or USUAL_DURATION,
        location=meeting.location,
        notes=meeting.notes,
        status=MeetingStatus(str(meeting.status)),
        outcome_notes=meeting.outcome_notes,
        attendees=_attendees(meeting, session=session),
        uninvited=_uninvited(meeting, session=session),
        zone=own_zone(viewer, session=session).key,
        teacher_id=meeting.teacher_id,
        class_title=titles.get(meeting.class_id) if meeting.class_id is not None else None,
        last_change=_last_change(changes_of(meeting, session=session), session=session),
    )


def _attendees(meeting: Meeting, *, session: Session) -> tuple[AttendeeView, ...]:
    told, news = told_of(meeting, session=session), news_of(meeting, session=session)
    answers = answers_that_hold(session, meeting)
    return tuple(
        replace(
            _attendee(one, told, session=session),
            news=news.get(one.id),
            answer=answers.get(one.id),
            answer_note=one.answer_note if one.id in answers else None,
        )
        for one in attendees_of(meeting, session=session)
    )


def _uninvited(meeting: Meeting, *, session: Session) -> tuple[News, ...]:
    """The news to those who need not come any more."""
    if meeting.status == MeetingStatus.CANCELLED.value:
        return ()
    gone = [
        one for one in ever_invited(meeting, session=session) if one.removed_sequence is not None
    ]
    news = news_of(meeting, session=session)
    return tuple(news[one.id] for one in gone if one.id in news)


def _attendee(one: MeetingAttendee, told: Collection[int], *, session: Session) -> AttendeeView:
    """The address that would be written to, which may be another than when they were invited."""
    has_heard = one.told_sequence is not None or one.id in told
    email = present_address(one, session=session)
    view = AttendeeView(one.name or "", kind_of(one), hint(email), one.id, has_heard)
    return replace(view, invitee=invitee_of(one), of_id=student_of(one, session=session))


def invitee_of(one: MeetingAttendee) -> Invitee:
    """How a form names somebody invited."""
    kind = kind_of(one)
    ids = {
        AttendeeKind.GUARDIAN: one.guardian_id,
        AttendeeKind.STUDENT: one.student_id,
        AttendeeKind.COLLEAGUE: one.user_id,
    }
    return Invitee(kind, ids.get(kind, one.id))


def kind_of(one: MeetingAttendee) -> AttendeeKind:
    """Who somebody invited is."""
    if one.guardian_id is not None:
        return AttendeeKind.GUARDIAN
    if one.student_id is not None:
        return AttendeeKind.STUDENT
    return AttendeeKind.ADDRESS if one.user_id is None else AttendeeKind.COLLEAGUE


def student_of(one: MeetingAttendee, *, session: Session) -> int | None:
    """Whose guardian somebody invited is, or the student themselves; None for all others."""
    if one.guardian_id is not None:
        return session.get_one(Guardian, one.guardian_id).student_id
    return one.student_id


def present_address(one: MeetingAttendee, *, session: Session) -> str | None:
    """The address on record by now; of a guardian only while they may be contacted."""
    if one.guardian_id is not None:
        guardian = session.get_one(Guardian, one.guardian_id)
        is_open = guardian.is_active and not guardian.do_not_contact
        return guardian.email if is_open else None
    if one.student_id is not None:
        return session.get_one(Student, one.student_id).email
    return one.email if one.user_id is None else session.get_one(User, one.user_id).email


def _last_change(changes: list[MeetingEvent], *, session: Session) -> ChangeView | None:
    if not changes:
        return None
    last, before = changes[-1], changes[-2] if len(changes) > 1 else None
    is_move = last.change == Change.MOVED.value and before is not None
    return ChangeView(
        change=last.change,
        by_name=session.get_one(User, last.user_id).name,
        by_id=last.user_id,
        at=last.happened_at,
        was_at=before.scheduled_at if is_move and before is not None else None,
    )
