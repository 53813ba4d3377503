"""The forms of meetings: making one, moving one, writing down what came of one."""

from dataclasses import dataclass, field, replace
from datetime import date, time
from zoneinfo import ZoneInfo

from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.views.blocks import (
    Block,
    Blocks,
    actions,
    bold,
    button,
    line,
    option,
    searching_menu,
    section,
)
from handlers.views.blocks import field as input_field
from handlers.views.fields import menu_field, text_field
from handlers.views.limits import shorten
from handlers.views.meetings.meeting_card import KINDS, subject
from handlers.views.meetings.meeting_invited import NO_MAIL, invited_fields
from handlers.views.meetings.slots import FreeTimes, When, when_fields
from handlers.views.modals import View, modal
from interventions.meetings.shapes import MeetingView, PossibleAttendee
from school.models import MeetingStatus, MeetingType

MOST_PLACE, MOST_OTHERS, MOST_NOTES = 200, 500, 2000
HEARS = (
    "By e-mail, half a minute after you save: who is new is invited, who is not ticked any more "
    "hears that they need not come, and all others hear of another time, length or place."
)


@dataclass(frozen=True, slots=True)
class WhoMet:
    """The student whom a meeting is about, as the form names them."""

    id: int
    name: str
    where: str


@dataclass(frozen=True, slots=True)
class MeetingForm:
    """What stands in the form. Times are in `zone`, the teacher's; `possible` is who may come.

    Without a `student` one is to be picked; `further` are the others of a group. `said` is what was
    not understood, or how it was. Unless it is `mailed` nobody can be invited. `invited` are the
    codes of those who are ticked, in a form that changes a meeting.
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
    further: tuple[WhoMet, ...] = ()
    mailed: bool = True
    invited: frozenset[str] | None = None

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
        *_further(form),
        *when_fields(form.when),
        text_field("Place", Action.MEETING_PLACE, form.place, most=MOST_PLACE),
        *_invited(form),
        _notes(form.notes),
        *_preview(form, ref),
    ]
    return modal(Modal.MEETING, "Meeting", blocks, ref=ref, submit="Schedule")


def _preview(form: MeetingForm, ref: Ref) -> Blocks:
    """The way to see what those invited will read, where e-mails go out."""
    shows = button("Preview", Action.MEETING_PREVIEW, ref.encode() or "-")
    return [actions(shows)] if form.mailed else []


def present_time(view: MeetingView) -> When:
    """When a meeting is, as the form that moves it shows it at first."""
    local = view.scheduled_at.astimezone(ZoneInfo(view.zone))
    return When(local.date(), local.time(), view.duration_minutes, view.zone)


def move_modal(view: MeetingView, form: MeetingForm, ref: Ref) -> View:
    """The form of a meeting that there is: its time, place and notes, and who comes."""
    blocks = [
        *[section(one) for one in form.said],
        line(bold(_capital(subject(view)))),
        *_further(form),
        *when_fields(form.when),
        text_field("Place", Action.MEETING_PLACE, form.place, most=MOST_PLACE),
        *_invited(form),
        _notes(form.notes),
        *([section(HEARS)] if form.mailed else []),
    ]
    return modal(Modal.MOVE_MEETING, "Move or change", blocks, ref=ref, submit="Save")


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


def _further(form: MeetingForm) -> Blocks:
    """Who else is in the group, of all the teacher's students."""
    if form.student is None or form.kind is not MeetingType.GROUP:
        return []
    menu = searching_menu(Action.MEETING_STUDENTS, "Type names")
    menu["type"] = "multi_external_select"
    if form.further:
        menu["initial_options"] = [
            option(one.name, Ref(student=one.id).encode(), one.where or None)
            for one in form.further
        ]
    field_of_them = input_field("Other students in the group", Action.MEETING_STUDENTS, menu)
    return [field_of_them | {"dispatch_action": True, "optional": True}]


def _invited(form: MeetingForm) -> Blocks:
    """Whom to invite, where there is e-mail to invite them by."""
    if not form.mailed:
        return [section(NO_MAIL)]
    others = text_field(
        "Other e-mail addresses",
        Action.MEETING_OTHERS,
        form.others,
        most=MOST_OTHERS,
        hint="With commas between them.",
    )
    if form.student is None:
        return [section("Invited: choose a student first."), others]
    return [*invited_fields(form.possible, form.student.id, form.kind, form.invited), others]


def _notes(text: str) -> Block:
    hint = "For you and the others who teach this student. Those invited do not see them."
    return text_field("Notes", Action.MEETING_NOTES, text, long=True, most=MOST_NOTES, hint=hint)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
