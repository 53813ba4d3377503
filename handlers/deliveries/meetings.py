"""Meetings as messages: the card, the reminder with its prep card, the question afterwards.

All are opened anew, with access checked and audited, when they are sent.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot.outbox.use import PAST_USE
from bot.outgoing import Blocks, CardShown, NotYet, Obsolete, Outgoing
from handlers.deliveries.shared import lock_screen, viewer_for
from handlers.meetings.prep import prep_for
from handlers.views.meetings.meeting_card import (
    CARD_TEXT,
    called_off_card,
    meeting_card,
    subject,
    title_line,
)
from handlers.views.meetings.meeting_outcome import OUTCOME_TEXT, outcome_question
from handlers.views.reports.prep import REMINDER_TEXT, reminder_message
from interventions.meetings import (
    MeetingStatus,
    MeetingView,
    are_mails_to_come,
    coming_reminders,
    meeting_of,
)
from interventions.meetings.opening import NO_SUCH_MEETING
from interventions.reminders import AROUND, DAY, SHORT, Planned, put_off
from school.access import Viewer
from school.cards import AGAIN
from school.days_off import own_times
from school.errors import NotFound
from school.models import CardCopy, Delivery, Meeting, User
from school.zones import zone_of


def meeting_card_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """A copy of a meeting's card. Raises Obsolete where it shows what there is already.

    Raises NotFound or NotAllowed for who may not see the meeting.
    """
    copy = _copy(session, delivery)
    try:
        viewer, view = _seen(session, delivery, copy, now)
    except NotFound:
        return _called_off(session, delivery, copy, now)
    _check_news(delivery, copy, view)
    reminders = coming_reminders(view, session=session, now=now)
    blocks = meeting_card(
        view,
        viewer_id=viewer.user_id,
        now=now,
        reminders=reminders,
        mailed=are_mails_to_come(view, session=session, now=now),
        school_zone=zone_of(session, viewer.workspace_id).key,
    )
    return _card(CARD_TEXT, blocks, copy, view.version)


def _called_off(session: Session, delivery: Delivery, copy: CardCopy, now: datetime) -> Outgoing:
    """The card of a meeting that its teacher has cancelled about a student not theirs any more.

    It names nobody. Raises NotFound where it is no such meeting, NotAllowed where they have gone.
    """
    viewer, meeting = viewer_for(session, delivery, now), session.get(Meeting, copy.subject_id)
    is_own = meeting is not None and meeting.teacher_id == viewer.user_id
    if meeting is None or not is_own or meeting.status != MeetingStatus.CANCELLED.value:
        raise NotFound(NO_SUCH_MEETING)
    zone = zone_of(session, viewer.workspace_id, viewer.user_id)
    blocks = called_off_card(meeting.scheduled_at, zone.key, now=now)
    return _card(CARD_TEXT, blocks, copy, meeting.version)


def meeting_outcome_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """A copy of the question what came of a meeting. Raises Obsolete where none is left to ask.

    Where the meeting has another time by now, the old question gives way to that time; the new one
    comes as a message of its own. Raises NotFound or NotAllowed for who may not see the meeting.
    """
    copy = _copy(session, delivery)
    viewer, view = _seen(session, delivery, copy, now)
    asks = delivery.payload.get("sequence")
    question = _question(view, viewer, now)
    if asks is not None:
        check_stands(view.status, view.sequence, int(asks))
        _check_hour(session, delivery, now)
        return _card(OUTCOME_TEXT, question, copy, view.version, anew=True)
    if copy.message_ts is None:
        raise Obsolete("never_asked")
    _check_news(delivery, copy, view)
    return _card(OUTCOME_TEXT, question, copy, view.version)


def meeting_reminder_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """A reminder with its prep card. Raises Obsolete where the meeting is not to be, or not then.

    Raises NotFound or NotAllowed for who may not see the meeting.
    """
    viewer = viewer_for(session, delivery, now)
    view = meeting_of(viewer, int(delivery.payload["meeting"]), session=session, now=now)
    check_stands(view.status, view.sequence, int(delivery.payload["sequence"]))
    if view.scheduled_at <= now:
        raise Obsolete("begun")
    _check_hour(session, delivery, now)
    prep = prep_for(viewer, view, session=session, now=now)
    zone = zone_of(session, viewer.workspace_id)
    blocks = reminder_message(view, prep, now=now, school_zone=zone.key)
    named = f"You have a meeting soon: {subject(view)}."
    text = lock_screen(session, viewer.user_id, REMINDER_TEXT, named)
    return Outgoing(text, lambda _file: blocks)


def _check_hour(session: Session, delivery: Delivery, now: datetime) -> None:
    """Raises NotYet for what Slack did not take in time where its reader has quiet by now, and
    Obsolete where it would be past its use by then. What is short before comes whatever the hour.
    """
    lead = timedelta(minutes=delivery.payload.get("lead", DAY))
    if lead < SHORT or delivery.expires_at is None or AGAIN in delivery.payload:
        return
    reader = session.get_one(User, delivery.recipient_id)
    times = own_times(session, reader, now.date() - AROUND, now.date() + AROUND)
    until = delivery.expires_at
    late = Planned(delivery.kind, "", delivery.due_at, until, reader.id, times)
    when = put_off(late, now)
    if when is None:
        raise Obsolete(PAST_USE)
    if when > now:
        raise NotYet(when)


def check_stands(status: MeetingStatus, sequence: int, saved_for: int) -> None:
    """Raises Obsolete where a meeting is not to be any more, or not as what was saved for it."""
    if status is MeetingStatus.CANCELLED:
        raise Obsolete("cancelled")
    if status is not MeetingStatus.SCHEDULED:
        raise Obsolete("answered")
    if sequence != saved_for:
        raise Obsolete("moved")


def _copy(session: Session, delivery: Delivery) -> CardCopy:
    """The copy that a delivery is to show; another person's is none of it."""
    copy = session.get(CardCopy, int(delivery.payload["copy"]))
    if copy is None or copy.workspace_id != delivery.workspace_id:
        raise Obsolete("no_copy")
    return copy


def _seen(
    session: Session, delivery: Delivery, copy: CardCopy, now: datetime
) -> tuple[Viewer, MeetingView]:
    viewer = viewer_for(session, delivery, now)
    return viewer, meeting_of(viewer, copy.subject_id, session=session, now=now)


def _check_news(delivery: Delivery, copy: CardCopy, view: MeetingView) -> None:
    if copy.version >= view.version and AGAIN not in delivery.payload:
        raise Obsolete("shown")


def _question(view: MeetingView, viewer: Viewer, now: datetime) -> Blocks:
    ends_at = view.scheduled_at + timedelta(minutes=view.duration_minutes)
    if view.status is MeetingStatus.SCHEDULED and now < ends_at:
        return [title_line(view, now=now)]
    return outcome_question(view, viewer_id=viewer.user_id, now=now)


def _card(
    text: str, blocks: Blocks, copy: CardCopy, version: int, *, anew: bool = False
) -> Outgoing:
    """A copy, edited in place where it stands, unless it is to come as a message of its own."""
    stands = copy.channel is not None and copy.message_ts is not None and not anew
    place = (str(copy.channel), str(copy.message_ts)) if stands else None
    shown = CardShown(copy.id, version)
    return Outgoing(text, lambda _file: blocks, replaces=place, card=shown)
