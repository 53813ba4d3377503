"""The forms of meetings: making one, moving one, writing down what came of one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from zoneinfo import ZoneInfo

from analytics.wording import joined
from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.views.blocks import (
    Block,
    Blocks,
    Element,
    bold,
    line,
    option,
    searching_menu,
    section,
)
from handlers.views.blocks import field as input_field
from handlers.views.fields import boxes_field, menu_field, text_field
from handlers.views.limits import shorten
from handlers.views.meeting_card import INVITED, KINDS, subject
from handlers.views.modals import View, modal
from handlers.views.slots import FreeTimes, When, when_fields
from interventions.meetings.shapes import AttendeeKind, MeetingView, PossibleAttendee
from school.models import MeetingStatus, MeetingType

MOST_PLACE, MOST_OTHERS, MOST_NOTES = 200, 500, 2000
WHO_COMES: dict[MeetingType, frozenset[AttendeeKind]] = {
    MeetingType.ONE_ON_ONE: frozenset({AttendeeKind.STUDENT}),
    MeetingType.PARENT_CONFERENCE: frozenset({AttendeeKind.GUARDIAN}),
    MeetingType.GROUP: frozenset({AttendeeKind.STUDENT, AttendeeKind.COLLEAGUE}),
}
"""Whose boxes are ticked at first."""


@dataclass(frozen=True, slots=True)
class WhoMet:
    """The student whom a meeting is about, as the form names them."""

    id: int
    name: str
    where: str


@dataclass(frozen=True, slots=True)
class MeetingForm:
    """What stands in the form. Times are in `zone`, the teacher's; `possible` is who may come.

    Without a `student` one is to be picked. `said` is what was not understood, or how it was.
    """

    student: WhoMet | None
    kind: MeetingType
    day: date
    at: time
    minutes: int
    zone: str
    possible: tuple[PossibleAttendee, ...] = ()
    place: str = ""
    others: str = ""
    notes: str = ""
    said: tuple[str, ...] = field(default=())
    free: FreeTimes | None = None

    @property
    def when(self) -> When:
        """The time in the form."""
        return When(self.day, self.at, self.minutes, self.zone, self.free)

    def at_time(self, when: When) -> "MeetingForm":
        """The form with another time in it."""
        return replace(
            self, day=when.day, at=when.at, minutes=when.minutes, zone=when.zone, free=when.free
        )


def meeting_modal(form: MeetingForm, ref: Ref) -> View:
    """The whole form. A student who was named stands above it; else one is picked in it."""
    blocks = [
        *[section(one) for one in form.said],
        *_whom(form, ref),
        menu_field("Type", Action.MEETING_TYPE, _kinds(), form.kind.value, told=True),
        *when_fields(form.when),
        text_field("Place", Action.MEETING_PLACE, form.place, most=MOST_PLACE),
        *_invited(form),
        text_field(
            "Other e-mail addresses",
            Action.MEETING_OTHERS,
            form.others,
            most=MOST_OTHERS,
            hint="With commas between them.",
        ),
        _notes(form.notes),
    ]
    return modal(Modal.MEETING, "Meeting", blocks, ref=ref, submit="Schedule")


def present_time(view: MeetingView) -> When:
    """When a meeting is, as the form that moves it shows it at first."""
    local = view.scheduled_at.astimezone(ZoneInfo(view.zone))
    return When(local.date(), local.time(), view.duration_minutes, view.zone)


def move_modal(
    view: MeetingView,
    ref: Ref,
    said: Sequence[str] = (),
    *,
    when: When | None = None,
    place: str | None = None,
) -> View:
    """Another day, time, length or place, at first those that it has. `said` is what has changed
    meanwhile.
    """
    told = sum(one.told for one in view.attendees)
    hears = "1 person is" if told == 1 else f"{told} people are"
    blocks = [
        *[section(one) for one in said],
        line(bold(_capital(subject(view)))),
        *when_fields(when or present_time(view)),
        text_field(
            "Place",
            Action.MEETING_PLACE,
            (view.location or "") if place is None else place,
            most=MOST_PLACE,
        ),
        *([section(f"{hears} told of the change by e-mail.")] if told else []),
    ]
    return modal(Modal.MOVE_MEETING, "Move the meeting", blocks, ref=ref, submit="Move")


def outcome_notes_modal(view: MeetingView, ref: Ref) -> View:
    """What was said at a meeting, and whether it took place."""
    held, missed = MeetingStatus.HELD.value, MeetingStatus.MISSED.value
    chosen = missed if view.status is MeetingStatus.MISSED else held
    answers = {held: "It took place", missed: "It did not take place"}
    blocks = [
        line(bold(_capital(subject(view)))),
        menu_field("The meeting", Action.MEETING_HELD, answers, chosen),
        text_field(
            "Notes",
            Action.OUTCOME_NOTES,
            view.outcome_notes or "",
            long=True,
            most=MOST_NOTES,
            hint="They stand on the next prep card, for whoever teaches this student.",
        ),
    ]
    return modal(Modal.OUTCOME_NOTES, "What came of it", blocks, ref=ref, submit="Save")


def default_boxes(form: MeetingForm) -> frozenset[str]:
    """Whose boxes are ticked at first: those whom that type of meeting is with."""
    fitting = WHO_COMES[form.kind]
    return frozenset(
        one.invitee.code()
        for one in form.possible
        if one.invitee.kind in fitting and one.address_hint is not None
    )


def _whom(form: MeetingForm, ref: Ref) -> Blocks:
    if ref.student is not None and form.student is not None:
        where = f" · {shorten(form.student.where, 'class')}" if form.student.where else ""
        return [line(bold(shorten(form.student.name, "name")), where)]
    menu = searching_menu(Action.MEETING_STUDENT, "Type a name")
    if form.student is not None:
        chosen = Ref(student=form.student.id).encode()
        menu["initial_option"] = option(form.student.name, chosen, form.student.where or None)
    return [input_field("Student", Action.MEETING_STUDENT, menu) | {"dispatch_action": True}]


def _kinds() -> dict[str, str]:
    return {kind.value: _capital(words) for kind, words in KINDS.items()}


def _invited(form: MeetingForm) -> Blocks:
    """Who may come, and how each is reached; whoever the type is with is ticked at first."""
    if form.student is None:
        return [section("Invited: choose a student first.")]
    reached = [one for one in form.possible if one.address_hint is not None]
    if not reached:
        return _unreached(form) or [section("Nobody is on record to be invited.")]
    # Slack keeps what was ticked in a block that it knows: another type or student is another one.
    block_id = f"{Action.MEETING_INVITED}|{form.student.id}|{form.kind.value}"
    boxes, ticked = [_box(one) for one in reached], default_boxes(form)
    invited = boxes_field("Invited", block_id, Action.MEETING_INVITED, boxes, ticked)
    return [invited, *_unreached(form)]


def _unreached(form: MeetingForm) -> Blocks:
    """Who cannot be invited from here, and why."""
    without = [one for one in form.possible if one.address_hint is None]
    if not without:
        return []
    names = joined([f"{one.name} ({INVITED[one.invitee.kind]})" for one in without])
    return [section(f"Without an e-mail address on record: {names}.")]


def _box(one: PossibleAttendee) -> Element:
    words = f"{INVITED[one.invitee.kind]}, e-mail to {one.address_hint}"
    return option(shorten(one.name, "name"), one.invitee.code(), words)


def _notes(text: str) -> Block:
    hint = "For you and the others who teach this student. Those invited do not see them."
    return text_field("Notes", Action.MEETING_NOTES, text, long=True, most=MOST_NOTES, hint=hint)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
