"""A meeting as a card in its teacher's messages, edited in place as it changes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from analytics.wording import clock_words, joined, moment_words, plural
from handlers.codec import Ref
from handlers.ids import Action
from handlers.views.blocks import Block, Blocks, Element, Span, actions, bold, button, line
from handlers.views.limits import shorten
from handlers.views.lines import groups
from handlers.views.meetings.meeting_told import told_words
from handlers.views.moments import other_zone, reminders_words
from interventions.answers import Answer
from interventions.meetings.shapes import AttendeeKind, AttendeeView, ChangeView, MeetingView
from school.models import MeetingStatus, MeetingType

CARD_TEXT = "A meeting of yours."
"""What a lock screen shows: it names nobody."""
KINDS = {
    MeetingType.ONE_ON_ONE: "one-on-one",
    MeetingType.PARENT_CONFERENCE: "parent conference",
    MeetingType.GROUP: "group meeting",
}
STATES = {
    MeetingStatus.CANCELLED: "Cancelled",
    MeetingStatus.HELD: "Took place",
    MeetingStatus.MISSED: "Did not take place",
}
MOVE = "Move or change"
"""The button that leads to the form of a meeting that there is."""
NAMED = 6
"""So many of those invited are named."""
MET = 4
"""So many students of a group are named."""
ANSWERS = {
    Answer.ACCEPTED: "Coming",
    Answer.TENTATIVE: "Perhaps",
    Answer.DECLINED: "Not coming",
    None: "No answer yet",
}
INVITED = {
    AttendeeKind.GUARDIAN: "guardian",
    AttendeeKind.STUDENT: "student",
    AttendeeKind.COLLEAGUE: "colleague",
    AttendeeKind.ADDRESS: "",
}


def meeting_card(
    view: MeetingView,
    *,
    viewer_id: int,
    now: datetime,
    reminders: Sequence[datetime] = (),
    mailed: bool = True,
    school_zone: str | None = None,
) -> Blocks:
    """Who, when, where and with whom; what has changed; what can be done about it now.

    `reminders`: those to the teacher that are still to come; `mailed`: e-mails to those invited
    are. `school_zone` is named beside the teacher's where the clocks differ.
    """
    is_to_come = view.status is MeetingStatus.SCHEDULED and now < view.scheduled_at
    parts = [
        title_line(view, now=now, school_zone=school_zone),
        _where_and_who(view, viewer_id),
        answers_lines(view) if view.status is MeetingStatus.SCHEDULED else None,
        line(_coming(view, reminders, now, mailed=mailed)) if is_to_come else None,
        _written(view),
        _changed(view, viewer_id, now),
    ]
    return [*[part for part in parts if part], *_row(_card_buttons(view, now))]


def title_line(
    view: MeetingView, *, now: datetime, school_zone: str | None = None, when: str | None = None
) -> Block:
    """When, what and with whom, the line that alone is worth reading; its state in words."""
    said = when or moment_words(view.scheduled_at, view.zone, now)
    said += other_zone(view.scheduled_at, view.zone, school_zone)
    state = f"{STATES[view.status]} · " if view.status in STATES else ""
    place = f" · {shorten(view.location, 'reason')}" if view.location else ""
    words = f"{state}{said}: {subject(view)}"
    return line(bold(words[:1].upper() + words[1:]), place)


def subject(view: MeetingView) -> str:
    """What sort of meeting, with whom: `parent conference, Leo Park's family`."""
    if view.further:
        return f"{KINDS[view.meeting_type]} with {group_words(view)}"
    name = shorten(view.student_name, "name")
    if view.meeting_type is MeetingType.PARENT_CONFERENCE:
        of = f"the family of {name}" if name.endswith(("s", ")")) else f"{name}'s family"
        return f"{KINDS[view.meeting_type]}, {of}"
    return f"{KINDS[view.meeting_type]} with {name}"


def group_words(view: MeetingView) -> str:
    """The students of a group: `Leo Park, Ben Stone and 2 others`."""
    names = [shorten(name, "name") for name in (view.student_name, *(n for _, n in view.further))]
    shown = names if len(names) <= MET else names[: MET - 1]
    rest = len(names) - len(shown)
    return joined([*shown, f"{rest} others"] if rest else shown)


def invited_words(attendees: Sequence[AttendeeView], *, reached: bool = True) -> str:
    """Who is invited, and how they are `reached`; nobody for an empty string."""
    shown = [_attendee(one, reached=reached) for one in attendees[:NAMED]]
    more = len(attendees) - len(shown)
    return ", ".join([*shown, f"{more} more"] if more else shown)


def meeting_ref(view: MeetingView) -> Ref:
    """The meeting as it stands, for its buttons."""
    return Ref(meeting=view.id, version=view.version)


def prep_button(view: MeetingView, number: int | None = None) -> Element:
    """Opens one page about the student. `number` tells several of them apart."""
    ref = replace(meeting_ref(view), student=view.student_id)
    return button("Prep card", Action.PREP_CARD, ref.encode(), number=number)


def who_changed(change: ChangeView, viewer_id: int) -> str:
    """Who did what was done last: `you`, or a name."""
    return "you" if change.by_id == viewer_id else shorten(change.by_name, "name")


def _where_and_who(view: MeetingView, viewer_id: int) -> Block:
    parts = [f"{view.duration_minutes} minutes"]
    if view.class_title:
        parts.append(shorten(view.class_title, "class"))
    if view.teacher_id not in (0, viewer_id):
        parts.append(f"with {shorten(view.teacher_name, 'name')}")
    invited = invited_words(view.attendees)
    said: list[Span | str] = [" · ".join(parts), "\n", bold("Invited:"), f" {invited or 'nobody'}"]
    return line(*said)


def answers_lines(view: MeetingView) -> Block | None:
    """Who is coming and who is not, as far as anybody has said."""
    if not any(one.answer for one in view.attendees):
        return None
    return groups(*[(words, _those(view, answer)) for answer, words in ANSWERS.items()])


def _those(view: MeetingView, answer: Answer | None) -> str:
    """The names of those who have given an answer."""
    names = [_called(one) for one in view.attendees if one.answer is answer]
    rest = len(names) - NAMED
    return joined([*names[:NAMED], f"{rest} more"] if rest > 0 else names)


def _called(one: AttendeeView) -> str:
    return shorten(one.name or one.address_hint or "somebody", "name")


def _attendee(one: AttendeeView, *, reached: bool) -> str:
    address = shorten(one.address_hint or "no address on record", "reason")
    if not one.name:
        return address
    beside = f"{INVITED[one.how]}, {address}" if reached else INVITED[one.how]
    return f"{shorten(one.name, 'name')} ({beside})" if beside else shorten(one.name, "name")


def _coming(
    view: MeetingView, reminders: Sequence[datetime], now: datetime, *, mailed: bool
) -> str:
    begins = view.scheduled_at
    coming = [one for one in reminders if now < one]
    theirs = _theirs(view, mailed=mailed)
    if not coming:
        return f"You get no reminder before it.{theirs}"
    return f"I remind you {reminders_words(coming, begins, view.zone, now)}.{theirs}"


def _theirs(view: MeetingView, *, mailed: bool) -> str:
    """What those invited hear before it."""
    if not _reached(view):
        return ""
    if mailed:
        who = "Those invited who may come" if _refused(view) else "Those invited"
        return f" {who} are reminded by e-mail."
    has_heard = any(one.told or one.news for one in view.attendees)
    return "" if has_heard else " Those invited get no e-mail before it: please tell them."


def _refused(view: MeetingView) -> bool:
    return any(one.answer is Answer.DECLINED for one in view.attendees)


def _reached(view: MeetingView) -> bool:
    return any(one.address_hint for one in view.attendees)


def _written(view: MeetingView) -> Block | None:
    """What it is for, and what came of it."""
    notes, came = view.notes, view.outcome_notes
    wrote = [
        f"{_called(one)}: “{shorten(one.answer_note, 'reason')}”"
        for one in view.attendees
        if one.answer_note
    ]
    return groups(
        ("Notes", shorten(notes, "finding") if notes else ""),
        ("They wrote", " · ".join(wrote[:NAMED])),
        ("What came of it", shorten(came, "finding") if came else ""),
    )


def _changed(view: MeetingView, viewer_id: int, now: datetime) -> Block | None:
    """What was done last, by whom and when; and whom it is told."""
    change = view.last_change
    if change is None or change.change not in _CHANGES:
        return None
    was = f" from {moment_words(change.was_at, view.zone, now)}" if change.was_at else ""
    words = _CHANGES[change.change].format(was=was)
    if change.was_at == view.scheduled_at:
        words = "Place or length changed"
    clock = clock_words(change.at, view.zone)
    told = "" if change.change in ("outcome", "noted") else told_words(view)
    if change.change == "scheduled" and not told:
        return None
    more = f" · {told}" if told else ""
    return line(f"{words} by {who_changed(change, viewer_id)}, {clock}{more}")


_CHANGES = {
    "scheduled": "Made",
    "moved": "Moved{was}",
    "invited": "Changed who is invited",
    "noted": "Notes changed",
    "move_undone": "Move undone",
    "cancelled": "Cancelled",
    "restored": "Cancellation undone",
    "outcome": "Noted",
}


def _card_buttons(view: MeetingView, now: datetime) -> list[Element]:
    value, change = meeting_ref(view).encode(), view.last_change
    undo = button("Undo", Action.RESTORE_MEETING, value)
    if view.status is MeetingStatus.CANCELLED:
        return [undo] if now < view.scheduled_at else []
    if view.status is not MeetingStatus.SCHEDULED:
        return []
    back = change is not None and change.change == "moved" and change.was_at is not None
    was_at = change.was_at if change is not None and back else None
    return [
        prep_button(view),
        button(MOVE, Action.MOVE_MEETING, value),
        *([undo] if was_at is not None and now < was_at else []),
        cancel_button(view),
    ]


def cancel_button(view: MeetingView) -> Element:
    """Cancelling is asked about first, as those invited hear of it."""
    text = _hears_of_cancel(view)
    return {
        **button("Cancel meeting", Action.CANCEL_MEETING, meeting_ref(view).encode()),
        "confirm": {
            "title": {"type": "plain_text", "text": "Cancel this meeting?"},
            "text": {"type": "plain_text", "text": text},
            "confirm": {"type": "plain_text", "text": "Cancel meeting"},
            "deny": {"type": "plain_text", "text": "Keep it"},
            "style": "danger",
        },
    }


def _hears_of_cancel(view: MeetingView) -> str:
    """Who will: the card is not made anew as reminders go out, so it does not say that nobody."""
    told = sum(one.told for one in view.attendees)
    if told == len(view.attendees):
        hears = f"{plural(told, 'person')} invited".replace("persons", "people")
        return f"{hears} will be told by e-mail." if told else "Nobody else is invited."
    return "Those invited who have had an e-mail about it will be told by e-mail."


def called_off_card(scheduled_at: datetime, zone: str, *, now: datetime) -> Blocks:
    """What is left to say to a teacher who called off a meeting about a student not theirs now."""
    when = moment_words(scheduled_at, zone, now)
    words = (
        "\nYou do not teach the student any more. Those invited who knew of it are told by e-mail."
    )
    return [line(bold(f"Cancelled · {when}: a meeting of yours."), words)]


def _row(buttons: Sequence[Element]) -> Blocks:
    return [actions(*buttons)] if buttons else []
