"""What a teacher may set: when they can be met, when meetings are reminded of, quiet hours."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time

from handlers.ask import Answer
from handlers.ids import Action, Modal
from handlers.views.blocks import Block, Blocks, Element, bold, field, line, option, section
from handlers.views.fields import boxes_field, menu_field, time_field
from handlers.views.modals import View, modal, note
from handlers.views.moments import zone_words
from school.days import DateRange
from school.hours import DEFAULT_WORKING_HOURS, WorkingHours
from school.preferences import DIGEST_AT

NONE = "0"
FIRST = {2880: "2 days before", 1440: "1 day before", 180: "3 hours before", 60: "1 hour before"}
LAST = {30: "30 minutes before", 15: "15 minutes before", 10: "10 minutes before"} | {
    5: "5 minutes before"
}
NO_REMINDER = "None"
NOTIFIED = {"nobody": "Names nobody", "student": "Names the student"}
IN_CALENDAR = {
    "on": "My meetings stand in my calendar, and free times heed it",
    "off": "My calendar is left alone",
}
"""The entries of the two menus, by what is kept."""
EACH_DAY, WEEKLY, NEVER = "each", "weekly", "never"
DIGEST_DAYS = {
    EACH_DAY: "Every school day",
    WEEKLY: "The first school day of a week",
    NEVER: "Never",
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class OwnDigest:
    """On which days the morning digest comes, as the menu has them, and when."""

    days: str = EACH_DAY
    at: time = DIGEST_AT


@dataclass(frozen=True, slots=True)
class OwnSettings:
    """What holds for a teacher now. `leads` are minutes before a meeting; times are in `zone`.

    `pause` is the one that they are in, or that comes next. `names`: a lock screen names the
    student. `calendar` is None where no calendars are set.
    """

    leads: tuple[int, ...]
    quiet_from: time
    quiet_to: time
    zone: str
    hours: WorkingHours = DEFAULT_WORKING_HOURS
    pause: DateRange | None = None
    names: bool = False
    calendar: bool | None = None
    digest: OwnDigest = OwnDigest()


def settings_modal(own: OwnSettings) -> View:
    """The form, with what holds now."""
    zone = zone_words(own.zone)
    blocks = [
        line(
            bold("Meetings"),
            "\nI remind you in your messages with me, with a page about the student.",
        ),
        menu_field("First reminder", Action.FIRST_REMINDER, _entries(FIRST), _of(own.leads, FIRST)),
        menu_field("Last reminder", Action.LAST_REMINDER, _entries(LAST), _of(own.leads, LAST)),
        *_hours(own.hours, zone),
        *_calendar(own.calendar),
        *_digest(own.digest, zone),
        line(
            bold("Quiet hours"),
            "\nIn them, at weekends and on holidays I keep still: what is not urgent comes on the "
            "school day before or after. What you ask for, and a reminder less than 3 hours "
            "before a meeting, comes at any hour.",
        ),
        time_field("From", Action.QUIET_FROM, own.quiet_from, hint=f"{zone} time"),
        time_field("To", Action.QUIET_TO, own.quiet_to, hint="The same time twice: none."),
        *_notifications(own.names),
        *_pause(own.pause),
        section("The clock is that of your Slack profile, or else your school's."),
    ]
    return modal(Modal.SETTINGS, "Settings", blocks, submit="Save")


def _hours(hours: WorkingHours, zone: str) -> Blocks:
    days = [option(words, str(number)) for number, words in enumerate(DAYS)]
    ticked = {str(number) for number in hours.days}
    about = "\nI offer free times for meetings within them, and none on holidays."
    boxes = boxes_field("Days", Action.WORK_DAYS, Action.WORK_DAYS, days, ticked)
    return [
        line(bold("Hours for meetings"), about),
        boxes | {"optional": False},
        time_field("Meetings from", Action.WORK_FROM, hours.start, hint=f"{zone} time"),
        time_field("Meetings until", Action.WORK_TO, hours.end),
    ]


def _calendar(is_used: bool | None) -> Blocks:
    if is_used is None:
        return []
    about = "\nWhat stands there when you turn this off is left, and follows no change."
    chosen = "on" if is_used else "off"
    menu = menu_field("My calendar", Action.OWN_CALENDAR, IN_CALENDAR, chosen)
    return [line(bold("Calendar"), about), menu]


def _digest(digest: OwnDigest, zone: str) -> Blocks:
    about = (
        "\nYour day in one message: meetings, what is due, answers that came in. Without any of "
        "them it does not come."
    )
    return [
        line(bold("Morning digest"), about),
        menu_field("Digest", Action.DIGEST_DAYS, DIGEST_DAYS, digest.days),
        time_field("Digest at", Action.DIGEST_TIME, digest.at, hint=f"{zone} time"),
    ]


def _notifications(names: bool) -> Blocks:
    about = "\nWhat a lock screen shows of a message from me about a student."
    chosen = "student" if names else "nobody"
    menu = menu_field("Notification text", Action.NOTIFICATION_TEXT, NOTIFIED, chosen)
    return [line(bold("Notifications"), about), menu]


def _pause(pause: DateRange | None) -> Blocks:
    about = (
        "\nFor these days I keep still as in quiet hours, and offer no times for meetings. Leave "
        "both empty for none."
    )
    return [
        line(bold("Pause"), about),
        _any_day("First day", Action.PAUSE_FROM, pause.start if pause else None),
        _any_day("Last day", Action.PAUSE_TO, pause.end if pause else None),
    ]


def _any_day(label: str, name: Action, day: date | None) -> Block:
    picker: Element = {"type": "datepicker", "action_id": name}
    filled = {"initial_date": day.isoformat()} if day else {}
    return field(label, name, picker | filled) | {"optional": True}


def settings_saved(*, reminders_follow: bool) -> View:
    """That it is kept, and what follows from it."""
    follow = " The reminders of your meetings to come follow it." if reminders_follow else ""
    return note("Settings", Answer.plain(f"Saved.{follow}"))


def _entries(choices: dict[int, str]) -> dict[str, str]:
    return {NONE: NO_REMINDER} | {str(minutes): words for minutes, words in choices.items()}


def _of(leads: Sequence[int], choices: Collection[int]) -> str:
    return next((str(one) for one in leads if one in choices), NONE)
