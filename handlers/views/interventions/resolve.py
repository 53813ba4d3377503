"""The form that closes an alert: which one, what was done, and what there is to note."""

from collections.abc import Sequence
from datetime import date

from analytics.wording import date_words
from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.views.blocks import Block, bold, line, option
from handlers.views.fields import menu_field, radio_field, text_field
from handlers.views.limits import shorten
from handlers.views.modals import View, modal
from interventions.alerts import ACTIONS, MOST_NOTES, OpenAlert

TITLE = "Resolve"
MOST_LISTED = 10
"""So many radio buttons one field may have in Slack; the newest are listed."""
KINDS = {
    "inactive": "no practice",
    "struggling": "struggling",
    "overdue": "overdue work",
    "declining": "declining",
    "praise": "worth praising",
}
NOTES_HINT = "For you and the other teachers of this student. Please no health details."


def resolve_modal(alerts: Sequence[OpenAlert], ref: Ref, today: date) -> View:
    """The form for one alert of a student, or for one to be chosen of several."""
    name = shorten(alerts[0].student_name, "name")
    one = alerts[0] if len(alerts) == 1 else None
    about = f" · {alert_words(one, today)} · {shorten(one.class_title, 'class')}" if one else ""
    which = [] if one else [_which(alerts, today)]
    blocks = [
        line(bold(name), about),
        *which,
        menu_field("What was done?", Action.RESOLVE_ACTION, ACTIONS, next(iter(ACTIONS))),
        text_field("Notes", Action.RESOLVE_NOTES, "", long=True, most=MOST_NOTES, hint=NOTES_HINT),
    ]
    return modal(Modal.RESOLVE, TITLE, blocks, ref=ref, submit="Resolve")


def nothing_open_words(name: str) -> str:
    """That there is nothing to resolve."""
    return f"{name} has no open alert in your classes: there is nothing to resolve."


def resolved_words(name: str) -> str:
    """What the form closes with; the student's name stands in its title line."""
    return f"Resolved. The card about {name} is in your messages with me, with [Undo]."


def concern_words(code: str) -> str:
    """What a concern's code says: `no practice`."""
    return KINDS.get(code, code.replace("_", " "))


def alert_words(alert: OpenAlert, today: date) -> str:
    """What an alert is about: `No practice, high, since Tue 24 Nov`."""
    kind = concern_words(alert.kind)
    skill = f" with {shorten(alert.skill, 'skill')}" if alert.skill else ""
    severity = f", {alert.severity}" if alert.severity else ""
    words = f"{kind}{skill}{severity}, since {date_words(alert.raised_on, today)}"
    return words[:1].upper() + words[1:]


def _which(alerts: Sequence[OpenAlert], today: date) -> Block:
    entries = [
        option(alert_words(one, today), Ref(alert=one.id, version=one.version).encode())
        for one in alerts[:MOST_LISTED]
    ]
    return radio_field("Which alert?", Action.RESOLVE_ALERT, entries)
