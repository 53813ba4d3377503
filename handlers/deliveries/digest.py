"""The morning digest as a message: what it tells is looked up when it is sent."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outgoing import Obsolete, Outgoing
from handlers.deliveries.shared import check_hour, viewer_for
from handlers.views.digest import DIGEST_TEXT, digest_message, named_in, nothing_today
from handlers.views.interventions.waiting import Seen
from interventions.digest import digest_of, school_day_before
from school.access import open_student
from school.days import local_day
from school.days_off import own_times
from school.hours import DAY, local_moment
from school.models import Delivery, DeliveryState, User
from school.zones import own_zone

SINCE = "since"
REMEMBERED = 120
"""Days without one after which a digest explains itself again."""
EMPTY = "empty"
"""Why one was not sent: there was nothing to say."""


def digest_keys(user_id: int | None, day: date, days: int) -> list[str]:
    """The keys of a teacher's digests of so many days, `day` the last of them: by these they are
    found without looking through all that was ever sent.
    """
    return [f"digest {user_id} {day - number * DAY}" for number in range(days)]


def digest_payload(since: datetime) -> dict[str, Any]:
    """What the clock saves: from when on answers are news. What a teacher asked for has none."""
    return {SINCE: since.astimezone(UTC).isoformat()}


def since_of(payload: dict[str, Any]) -> datetime:
    """The same, read back."""
    return datetime.fromisoformat(payload[SINCE])


def digest_delivery(session: Session, delivery: Delivery, now: datetime) -> Outgoing:
    """A teacher's day, audited; who asked for it is told where there is nothing.

    Raises Obsolete where the clock's has nothing to say, and NotYet in their quiet hours.
    """
    viewer = viewer_for(session, delivery, now)
    zone = own_zone(viewer, session=session)
    is_asked = SINCE not in delivery.payload
    if not is_asked:
        check_hour(session, viewer.user_id, now)
    found = digest_of(viewer, _since(session, delivery, now), zone, session=session, now=now)
    if found.is_empty and not is_asked:
        raise Obsolete(EMPTY)
    if found.is_empty:
        return Outgoing(DIGEST_TEXT, lambda _file: nothing_today())
    for student_id in sorted(named_in(found)):
        open_student(session, viewer, student_id, "digest", now=now)
    name = session.get_one(User, viewer.user_id).name
    is_first = not is_asked and _is_first(session, delivery, local_day(now, zone))
    said = {"is_asked": is_asked, "is_first": is_first}
    blocks = digest_message(name, found, Seen(now, zone.key), **said)
    return Outgoing(DIGEST_TEXT, lambda _file: blocks)


def _since(session: Session, delivery: Delivery, now: datetime) -> datetime:
    """From when on answers are news: as the clock saved it, else since the last school day."""
    if SINCE in delivery.payload:
        return since_of(delivery.payload)
    reader = session.get_one(User, delivery.recipient_id)
    times = own_times(session, reader, now.date() - 15 * DAY, now.date() + DAY)
    before = school_day_before(local_day(now, times.zone), times.off)
    return local_moment(before, now.astimezone(times.zone).time(), times.zone)


def _is_first(session: Session, delivery: Delivery, day: date) -> bool:
    """Whether the clock has sent this teacher none lately."""
    earlier = (
        select(Delivery.id)
        .where(
            Delivery.workspace_id == delivery.workspace_id,
            Delivery.unique_key.in_(digest_keys(delivery.recipient_id, day, REMEMBERED)),
            Delivery.state == DeliveryState.SENT.value,
            Delivery.id != delivery.id,
        )
        .limit(1)
    )
    return session.scalars(earlier).first() is None
