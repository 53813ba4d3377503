"""What the deliveries of reports share: who looks, where the message stands, what else to offer."""

from datetime import datetime, timedelta
from html import escape

from sqlalchemy.orm import Session

from analytics.ranges import ranges_with_practice, ranges_with_skill
from bot.outgoing import NotYet
from handlers.codec import Ref
from school.access import Viewer, viewer_of
from school.days import DateRange
from school.days_off import own_times
from school.errors import NotAllowed
from school.hours import later_allowed
from school.models import Delivery, User
from school.preferences import names_in_notifications

TEXT = "Your report is ready."
"""What a lock screen shows: it names nobody."""
FILE_NAME = "report.png"
AT_WORK = timedelta(hours=1)
"""Who wrote so lately is there to be answered, whatever the hour."""
BEHIND, AROUND = timedelta(days=7), timedelta(days=400)
"""Days off around now within which a teacher's next good hour is looked for."""


def viewer_for(session: Session, delivery: Delivery, now: datetime) -> Viewer:
    """Whoever asked, as they are now. Raises NotAllowed where they have gone."""
    user = session.get(User, delivery.recipient_id) if delivery.recipient_id else None
    if user is None:
        raise NotAllowed("Reports are for teachers.")
    return viewer_of(session, user, now=now)


def ranges_with_more(
    here: Ref, shown: DateRange, *, session: Session, now: datetime
) -> tuple[DateRange, ...]:
    """Ranges that hold practice of whom `here` is about, for where the shown one holds too little.

    Of a skill those count in which anyone of the class practised it. Each stretch of days comes
    once.
    """
    if here.class_id is not None and here.skill is not None:
        offer = ranges_with_skill(
            session=session, now=now, class_id=here.class_id, skill_id=here.skill
        )
    else:
        offer = ranges_with_practice(
            session=session, now=now, student_id=here.student, class_id=here.class_id
        )
    spans = {(one.start, one.end): one for one in offer.ranges}
    spans.pop((shown.start, shown.end), None)
    return tuple(spans.values())


def check_hour(session: Session, user_id: int, now: datetime) -> None:
    """Raises NotYet in a teacher's quiet hours and on their days off."""
    reader = session.get_one(User, user_id)
    span = now.date() - BEHIND, now.date() + AROUND
    when = later_allowed(now, own_times(session, reader, *span))
    if when is not None and when > now:
        raise NotYet(when)


def lock_screen(session: Session, user_id: int, plain: str, named: str) -> str:
    """What a lock screen shows of a message to a teacher: `plain`, which names nobody, unless they
    chose to read whom it is about. Slack reads markup there, so a name is escaped.
    """
    return escape(named, quote=False) if names_in_notifications(session, user_id) else plain


def replaces(ref: Ref) -> tuple[str, str] | None:
    """The message that the report is to be edited into; None for a new one."""
    return (ref.channel, ref.ts) if ref.channel and ref.ts else None
