"""What stands in the form of a meeting, opened or submitted: its time, its length, its words."""

from dataclasses import replace
from datetime import date, datetime, time
from itertools import takewhile
from typing import Any

from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.codec import OLDER, Ref
from handlers.ids import Action, Modal
from handlers.meetings.form import form_zone
from handlers.people import Asker
from handlers.views.fields import chosen_in, day_in, text_in, ticked_in, time_in
from handlers.views.meetings.slots import NO_WEEK, OTHER, When
from interventions.meetings import AttendeeKind, Invitee
from school.errors import InvalidInput
from school.hours import local_moment


def own_ref(ask: Ask) -> Ref:
    """What the form was opened with."""
    return ask.carried


def is_move(ask: Ask) -> bool:
    """Whether it is the form that moves a meeting."""
    return ask.view.get("callback_id") == Modal.MOVE_MEETING


def entered_moment(ask: Ask, asker: Asker, *, session: Session) -> datetime:
    """The day and time in a form, on the clock that it names. Raises InvalidInput."""
    day, at = day_in(ask.view, Action.MEETING_DAY), entered_time(ask.view)
    if day is None:
        raise InvalidInput(Action.MEETING_DAY, "Choose a day.")
    if at is None:
        raise InvalidInput(Action.MEETING_TIME, "Choose a time.")
    try:
        return local_moment(day, at, form_zone(asker, own_ref(ask), session=session))
    except OverflowError:  # the last day that there is, which the calendar offers
        raise InvalidInput(Action.MEETING_DAY, "Choose an earlier day.") from None


def entered_time(view: dict[str, Any]) -> time | None:
    """The free time that was chosen, or the other one that was typed."""
    chosen = chosen_in(view, Action.MEETING_SLOT)
    if chosen in (None, OTHER):
        return time_in(view, Action.MEETING_TIME)
    return _time_of(str(chosen))


def time_field_of(view: dict[str, Any]) -> Action:
    """The field in which the time stands."""
    chosen = chosen_in(view, Action.MEETING_SLOT)
    return Action.MEETING_TIME if chosen in (None, OTHER) else Action.MEETING_SLOT


def entered_minutes(view: dict[str, Any]) -> int:
    """The length in a form. Raises InvalidInput where it is none of the menu's."""
    minutes = minutes_in(view)
    if minutes is None:
        raise InvalidInput(Action.MEETING_MINUTES, "Choose how long it lasts.")
    return minutes


def minutes_in(view: dict[str, Any]) -> int | None:
    """The length in a form, None where it is none."""
    chosen = chosen_in(view, Action.MEETING_MINUTES) or ""
    return int(chosen[:4]) if chosen.isascii() and chosen.isdigit() else None


def entered_when(ask: Ask, usual: When) -> tuple[When, bool]:
    """The time that stands in the form just now, or was just taken, and whether it is another than
    the free ones that are offered.
    """
    view, taken = ask.view, _taken(ask)
    chosen = chosen_in(view, Action.MEETING_SLOT)
    when = replace(
        usual,
        day=day_in(view, Action.MEETING_DAY) or usual.day,
        at=entered_time(view) or _slot_before(view) or usual.at,
        minutes=minutes_in(view) or usual.minutes,
    )
    if taken is not None:
        return replace(when, day=taken[0], at=taken[1]), False
    return when, chosen == OTHER


def entered_week(ask: Ask) -> int:
    """Which week's free times are shown after this click."""
    if _taken(ask) is not None:
        return NO_WEEK
    is_button = str(ask.action["action_id"]).startswith(Action.MEETING_WEEK)
    return (ask.ref if is_button else own_ref(ask)).page or NO_WEEK


def words_above(view: dict[str, Any]) -> tuple[str, ...]:
    """What stands above the first field: how words were read."""
    above = takewhile(lambda block: block["type"] == "section", view.get("blocks") or ())
    return tuple(block["text"]["text"] for block in above)


def _taken(ask: Ask) -> tuple[date, time] | None:
    """The free time of a week that was just chosen. Raises InvalidInput on what is none."""
    if ask.action["action_id"] != Action.MEETING_TAKE:
        return None
    day, _, at = str((ask.action.get("selected_option") or {}).get("value")).partition(".")
    try:
        return date.fromisoformat(day), _time_of(at)
    except ValueError:
        raise InvalidInput("when", OLDER) from None


def _slot_before(view: dict[str, Any]) -> time | None:
    """The free time that stood in the form before another was asked for."""
    for block in view.get("blocks") or ():
        name, *rest = str(block.get("block_id") or "").split("|")
        if name == Action.MEETING_SLOT and len(rest) > 1:
            return _time_of(rest[1])
    return None


def _time_of(text: str) -> time:
    """A time as `14:30` or `1430`. Raises InvalidInput."""
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise InvalidInput(Action.MEETING_SLOT, "Choose a time.") from None


def chosen_students(view: dict[str, Any]) -> list[int]:
    """The further students chosen in a form."""
    return [Ref.decode(code).student or 0 for code in ticked_in(view, Action.MEETING_STUDENTS)]


def invited_in(view: dict[str, Any]) -> list[Invitee]:
    """Who was ticked, and the addresses that were typed. Raises InvalidInput."""
    try:
        ticked = [Invitee.from_code(code) for code in ticked_in(view, Action.MEETING_INVITED)]
    except ValueError:
        raise InvalidInput(Action.MEETING_OTHERS, "Choose those invited again.") from None
    others = text_in(view, Action.MEETING_OTHERS).replace(";", ",").replace("\n", ",").split(",")
    typed = [Invitee(AttendeeKind.ADDRESS, email=one.strip()) for one in others if one.strip()]
    return [*ticked, *typed]
