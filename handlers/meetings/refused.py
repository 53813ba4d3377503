"""A time that cannot be is answered with the next one that can."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from analytics.wording import clock_words
from handlers.ask import Ask
from handlers.meetings.entered import entered_minutes, entered_moment
from handlers.meetings.free import busy_of, days_of
from handlers.people import Asker
from handlers.services import Services
from handlers.views.moments import near_words
from interventions.meetings import meeting_of
from interventions.meetings.rules import FARTHEST
from school.errors import InvalidInput
from school.zones import own_zone


@contextmanager
def naming_next_free(
    ask: Ask,
    services: Services,
    asker: Asker,
    *,
    session: Session,
    moved: int | None = None,
) -> Iterator[None]:
    """Have the refusal of a time in a form name the next free one: `The next free slot is 14:30.`

    `moved` is the id of a meeting that is to be moved. What the calendar has said counts where it
    is known already: nobody waits for it here.
    """
    try:
        yield
    except InvalidInput as refused:
        if refused.field != "datetime":
            raise
        asked = entered_moment(ask, asker, session=session)
        words = _words(ask, services, asker, asked, session=session, moved=moved)
        raise InvalidInput("datetime", f"{refused}{words}") from refused


def _words(
    ask: Ask,
    services: Services,
    asker: Asker,
    asked: datetime,
    *,
    session: Session,
    moved: int | None,
) -> str:
    now, zone = asker.now, own_zone(asker.viewer, session=session)
    after = asked if now < asked < now + FARTHEST else now
    view = None if moved is None else meeting_of(asker.viewer, moved, session=session, now=now)
    days = days_of(asker, after.astimezone(zone).date(), session=session, moved=view)
    busy = busy_of(services, days, 0)
    minutes = entered_minutes(ask.view)
    found = days.diary.next_free(minutes, now=now, after=after, busy=busy.periods)
    if found is None:
        return ""
    same_day = found.astimezone(zone).date() == asked.astimezone(zone).date()
    words = clock_words(found, zone.key) if same_day else near_words(found, zone.key, now)
    return f" The next free slot is {words}."
