"""What the deliveries of reports share: who looks, where the message stands, what else to offer."""

from datetime import datetime

from sqlalchemy.orm import Session

from analytics.ranges import PracticeOffer
from handlers.codec import Ref
from school.access import Viewer, viewer_of
from school.days import DateRange
from school.errors import NotAllowed
from school.models import Delivery, User

TEXT = "Your report is ready."
"""What a lock screen shows: it names nobody."""
FILE_NAME = "report.png"


def viewer_for(session: Session, delivery: Delivery, now: datetime) -> Viewer:
    """Whoever asked, as they are now. Raises NotAllowed where they have gone."""
    user = session.get(User, delivery.recipient_id) if delivery.recipient_id else None
    if user is None:
        raise NotAllowed("Reports are for teachers.")
    return viewer_of(session, user, now=now)


def other_ranges(offer: PracticeOffer, shown: DateRange) -> tuple[DateRange, ...]:
    """The offered ranges, each stretch of days once, without the one that is shown already."""
    spans = {(one.start, one.end): one for one in offer.ranges}
    spans.pop((shown.start, shown.end), None)
    return tuple(spans.values())


def replaces(ref: Ref) -> tuple[str, str] | None:
    """The message that the report is to be edited into; None for a new one."""
    return (ref.channel, ref.ts) if ref.channel and ref.ts else None
