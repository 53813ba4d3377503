"""What a teacher sets for themselves: the form, and keeping what it says."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.ids import Action
from handlers.people import Asker, looking, saving
from handlers.quick import open_view
from handlers.services import Services
from handlers.views.fields import block_of, chosen_in, day_in, ticked_in, time_in
from handlers.views.settings import (
    DIGEST_DAYS,
    EACH_DAY,
    FIRST,
    IN_CALENDAR,
    LAST,
    NEVER,
    NONE,
    NOTIFIED,
    WEEKLY,
    OwnDigest,
    OwnSettings,
    settings_modal,
    settings_saved,
)
from interventions.reminders import leads_in, replan_of
from school.days import DateRange, local_day
from school.errors import InvalidInput
from school.hours import quiet_hours, time_of_day, working_hours
from school.pauses import own_pause, set_own_pause
from school.preferences import (
    CALENDAR,
    DIGEST,
    DIGEST_AT,
    MEETING_REMINDERS,
    NOTIFICATIONS,
    QUIET_HOURS,
    WORKING_HOURS,
    names_in_notifications,
    preference,
    set_preference,
    uses_calendar,
)
from school.zones import own_zone

LONGEST_PAUSE = timedelta(days=366)


def open_settings(ask: Ask, services: Services) -> None:
    """Open the form with what holds now."""
    with looking(ask, services) as (session, asker):
        has_calendar = services.settings.caldav_url is not None
        view = settings_modal(_own(asker, has_calendar, session=session))
    ask.ack()
    open_view(ask, services, view)


def settings_submitted(ask: Ask, services: Services) -> None:
    """Keep what was set; the reminders of all meetings to come follow it."""
    with saving(ask, services) as (session, asker):
        before = _reminding(asker, session=session)
        minutes = [_lead(ask, Action.FIRST_REMINDER, FIRST), _lead(ask, Action.LAST_REMINDER, LAST)]
        quiet = {"from": _clock(ask, Action.QUIET_FROM), "to": _clock(ask, Action.QUIET_TO)}
        _keep(asker, MEETING_REMINDERS, {"minutes": [one for one in minutes if one]}, session)
        _keep(asker, QUIET_HOURS, quiet, session)
        _keep(asker, WORKING_HOURS, _hours(ask), session)
        _keep_choices(ask, asker, session)
        _keep_digest(ask, asker, session)
        today = _today(asker, session=session)
        pause = _pause(ask, today)
        set_own_pause(session, asker.viewer.workspace_id, asker.user.id, pause, today)
        session.flush()  # what follows reads it
        replan_of(session, asker.user.id, asker.now)
        moved = _reminding(asker, session=session) != before
    ask.ack(response_action="update", view=settings_saved(reminders_follow=moved))


def _reminding(asker: Asker, *, session: Session) -> tuple[object, ...]:
    """All that decides when this teacher is reminded of meetings."""
    own = _own(asker, has_calendar=False, session=session)
    return own.leads, own.quiet_from, own.quiet_to, own.zone, own.pause


def _own(asker: Asker, has_calendar: bool, *, session: Session) -> OwnSettings:
    quiet = quiet_hours(preference(session, asker.user.id, QUIET_HOURS))
    leads = leads_in(preference(session, asker.user.id, MEETING_REMINDERS))
    zone = own_zone(asker.viewer, session=session)
    hours = working_hours(preference(session, asker.user.id, WORKING_HOURS))
    pause = own_pause(session, asker.user.id, _today(asker, session=session))
    names = names_in_notifications(session, asker.user.id)
    calendar = uses_calendar(session, asker.user.id) if has_calendar else None
    digest = _digest(asker, session)
    return OwnSettings(
        leads, quiet.start, quiet.end, zone.key, hours, pause, names, calendar, digest
    )


def _today(asker: Asker, *, session: Session) -> date:
    return local_day(asker.now, own_zone(asker.viewer, session=session))


def _pause(ask: Ask, today: date) -> DateRange | None:
    """The days that were chosen. Raises InvalidInput where they are none."""
    first, last = day_in(ask.view, Action.PAUSE_FROM), day_in(ask.view, Action.PAUSE_TO)
    if first is None and last is None:
        return None
    if first is None:
        raise InvalidInput(Action.PAUSE_FROM, "Choose the first day too.")
    if last is None:
        raise InvalidInput(Action.PAUSE_TO, "Choose the last day too.")
    if last < first:
        raise InvalidInput(Action.PAUSE_TO, "Choose the first day or a later one.")
    if last < today:
        raise InvalidInput(Action.PAUSE_TO, "That day has passed. Leave both empty for no pause.")
    if last - first > LONGEST_PAUSE:
        raise InvalidInput(Action.PAUSE_TO, "A pause is a year at most.")
    return DateRange(first, last)


def _keep(asker: Asker, key: str, value: dict[str, Any], session: Session) -> None:
    set_preference(session, asker.viewer.workspace_id, asker.user.id, key, value)


def _keep_choices(ask: Ask, asker: Asker, session: Session) -> None:
    """Keep what was chosen of what the form asks: without calendars, or opened before there were
    these menus, it has none, and what held before holds on. Raises InvalidInput.
    """
    names = _choice(ask, Action.NOTIFICATION_TEXT, NOTIFIED)
    if names is not None:
        _keep(asker, NOTIFICATIONS, {"names": names}, session)
    use = _choice(ask, Action.OWN_CALENDAR, IN_CALENDAR)
    if use is not None:
        _keep(asker, CALENDAR, {"use": use}, session)


def _keep_digest(ask: Ask, asker: Asker, session: Session) -> None:
    """Keep when the digest comes, where the form asked. Raises InvalidInput."""
    days = _choice(ask, Action.DIGEST_DAYS, DIGEST_DAYS)
    if days is not None:
        at = None if days == NEVER else _clock(ask, Action.DIGEST_TIME)
        _keep(asker, DIGEST, {"at": at, "weekly": days == WEEKLY}, session)


def _digest(asker: Asker, session: Session) -> OwnDigest:
    wish = preference(session, asker.user.id, DIGEST) or {}
    if "at" in wish and wish["at"] is None:
        return OwnDigest(NEVER)
    days = WEEKLY if wish.get("weekly") is True else EACH_DAY
    return OwnDigest(days, time_of_day(wish.get("at")) or DIGEST_AT)


def _choice(ask: Ask, name: Action, choices: Mapping[str, str]) -> str | None:
    """What was chosen, None where the form has no such menu. Raises InvalidInput."""
    if not block_of(ask.view, name):
        return None
    chosen = chosen_in(ask.view, name)
    if chosen not in choices:
        raise InvalidInput(name, "Choose one of the entries.")
    return chosen


def _hours(ask: Ask) -> dict[str, Any]:
    """The days and hours for meetings. Raises InvalidInput where there are none."""
    ticked = {one for one in ticked_in(ask.view, Action.WORK_DAYS) if one in "0123456"}
    starts, ends = _clock(ask, Action.WORK_FROM), _clock(ask, Action.WORK_TO)
    if not ticked:
        raise InvalidInput(Action.WORK_DAYS, "Choose at least one day.")
    if starts >= ends:
        raise InvalidInput(Action.WORK_TO, "Choose a time after the one they begin at.")
    return {"days": sorted(int(one) for one in ticked), "from": starts, "to": ends}


def _lead(ask: Ask, name: Action, choices: dict[int, str]) -> int:
    """The minutes that were chosen, 0 for none. Raises InvalidInput on anything else."""
    chosen = chosen_in(ask.view, name)
    if chosen not in {NONE, *map(str, choices)}:
        raise InvalidInput(name, "Choose one of the entries.")
    return int(chosen or NONE)


def _clock(ask: Ask, name: Action) -> str:
    """The time of day that was chosen. Raises InvalidInput where there is none."""
    at = time_in(ask.view, name)
    if at is None:
        raise InvalidInput(name, "Choose a time.")
    return f"{at:%H:%M}"
