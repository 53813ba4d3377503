"""What a teacher sets for themselves: the form, and keeping what it says."""

from typing import Any

from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.ids import Action
from handlers.people import Asker, looking, saving
from handlers.quick import open_view
from handlers.services import Services
from handlers.views.fields import chosen_in, ticked_in, time_in
from handlers.views.settings import (
    FIRST,
    LAST,
    NONE,
    OwnSettings,
    settings_modal,
    settings_saved,
)
from interventions.reminders import leads_in, replan_of
from school.errors import InvalidInput
from school.hours import quiet_hours, working_hours
from school.preferences import (
    MEETING_REMINDERS,
    QUIET_HOURS,
    WORKING_HOURS,
    preference,
    set_preference,
)
from school.zones import own_zone


def open_settings(ask: Ask, services: Services) -> None:
    """Open the form with what holds now."""
    with looking(ask, services) as (session, asker):
        view = settings_modal(_own(asker, session=session))
    ask.ack()
    open_view(ask, services, view)


def settings_submitted(ask: Ask, services: Services) -> None:
    """Keep what was set; the reminders of all meetings to come follow it."""
    with saving(ask, services) as (session, asker):
        minutes = [_lead(ask, Action.FIRST_REMINDER, FIRST), _lead(ask, Action.LAST_REMINDER, LAST)]
        quiet = {"from": _clock(ask, Action.QUIET_FROM), "to": _clock(ask, Action.QUIET_TO)}
        _keep(asker, MEETING_REMINDERS, {"minutes": [one for one in minutes if one]}, session)
        _keep(asker, QUIET_HOURS, quiet, session)
        _keep(asker, WORKING_HOURS, _hours(ask), session)
        session.flush()  # what follows reads it
        replan_of(session, asker.user.id, asker.now)
    ask.ack(response_action="update", view=settings_saved())


def _own(asker: Asker, *, session: Session) -> OwnSettings:
    quiet = quiet_hours(preference(session, asker.user.id, QUIET_HOURS))
    leads = leads_in(preference(session, asker.user.id, MEETING_REMINDERS))
    zone = own_zone(asker.viewer, session=session)
    hours = working_hours(preference(session, asker.user.id, WORKING_HOURS))
    return OwnSettings(leads, quiet.start, quiet.end, zone.key, hours)


def _keep(asker: Asker, key: str, value: dict[str, Any], session: Session) -> None:
    set_preference(session, asker.viewer.workspace_id, asker.user.id, key, value)


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
