"""The form of a new meeting: opened, changed as a student or a type is chosen, and sent off."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.drafts import new_draft
from handlers.ids import Action, Kind
from handlers.meetings.form import Wish, class_of, empty_form, form_zone, with_student, zone_code
from handlers.people import Asker, opening, saving
from handlers.pointers import report_pointer
from handlers.quick import open_view, show_modal, update_view
from handlers.reports import title_of
from handlers.services import Services
from handlers.views.fields import chosen_in, day_in, text_in, ticked_in, time_in
from handlers.views.meeting import MeetingForm, meeting_modal
from handlers.views.modals import View, note
from interventions.meetings import AttendeeKind, Invitee, schedule_meeting
from school.errors import InvalidInput
from school.hours import local_moment
from school.models import MeetingType

UNCLEAR = "I could not read all that you typed about the time. Please check the day and the time."
FIELDS = {
    "meeting_type": Action.MEETING_TYPE,
    "datetime": Action.MEETING_TIME,
    "duration_minutes": Action.MEETING_MINUTES,
    "location": Action.MEETING_PLACE,
    "attendees": Action.MEETING_OTHERS,
    "notes": Action.MEETING_NOTES,
    "outcome": Action.MEETING_HELD,
    "outcome_notes": Action.OUTCOME_NOTES,
}
"""In which field of a form stands what a service has refused."""


@contextmanager
def on_their_fields() -> Iterator[None]:
    """Have what a service refuses land on the field where it was typed."""
    try:
        yield
    except InvalidInput as refused:
        raise InvalidInput(FIELDS.get(refused.field, refused.field), str(refused)) from refused


def filled_modal(asker: Asker, ref: Ref, said: Sequence[str] = (), *, session: Session) -> View:
    """The form of what a reference asks for: a student (perhaps none yet) and a time."""
    wish = Wish.decode(ref.when)
    form = replace(empty_form(asker, wish, session=session), said=tuple(said))
    if ref.student is not None:
        form = with_student(asker, form, ref, session=session)
    return meeting_modal(form, form_ref(form, ref))


def form_ref(form: MeetingForm, ref: Ref) -> Ref:
    """What a new form carries: whom it is about, if that is known, and in which zone it is read."""
    zone, draft = zone_code(form.zone), new_draft()
    return Ref(student=ref.student, class_id=ref.class_id, draft=draft, zone=zone)


def meet_picked_action(ask: Ask, services: Services) -> None:
    """One of several students was chosen: open the form with what was typed."""
    with opening(ask, services) as (session, asker):
        said = [UNCLEAR] if Wish.decode(ask.ref.when).unclear else []
        view = filled_modal(asker, ask.ref, said, session=session)
    ask.ack()
    open_view(ask, services, view)


def open_meeting(ask: Ask, services: Services, ref: Ref) -> None:
    """Open the form for the student of a reference, or for one to be chosen in it."""
    with opening(ask, services) as (session, asker):
        view = filled_modal(asker, ref, session=session)
    show_modal(ask, services, view)


def meeting_form_action(ask: Ask, services: Services) -> None:
    """A student or a type was chosen in the form: show who may come."""
    with opening(ask, services) as (session, asker):
        form, whole = _entered(ask, asker, session=session), _whole(ask)
        if whole.student is not None:
            form = with_student(asker, form, whole, session=session)
    ask.ack()
    update_view(ask, services, ask.view, meeting_modal(form, _own(ask)))


def meeting_submitted(ask: Ask, services: Services) -> None:
    """Make the meeting, once; the form says where its card will be."""
    with on_their_fields(), saving(ask, services) as (session, asker):
        ref = _whole(ask)
        if ref.student is None:
            raise InvalidInput(Action.MEETING_STUDENT, "Choose a student.")
        title = title_of(asker.viewer, Ref(student=ref.student), session=session)
        schedule_meeting(
            asker.user.id,
            ref.student,
            chosen_in(ask.view, Action.MEETING_TYPE) or "",
            entered_moment(ask, asker, session=session),
            session=session,
            now=asker.now,
            duration_minutes=entered_minutes(ask.view),
            location=text_in(ask.view, Action.MEETING_PLACE),
            notes=text_in(ask.view, Action.MEETING_NOTES),
            attendees=_invitees(ask.view),
            class_id=class_of(asker, ref, session=session),
            key=f"draft:{ref.draft}",
        )
    pointer = report_pointer(ask, asker, title, services, kind=Kind.MEETING_CARD)
    ask.ack(response_action="update", view=note("Meeting", pointer))
    services.wake()


def entered_moment(ask: Ask, asker: Asker, *, session: Session) -> datetime:
    """The day and time in a form, on the clock that it names. Raises InvalidInput."""
    day, at = day_in(ask.view, Action.MEETING_DAY), time_in(ask.view, Action.MEETING_TIME)
    if day is None:
        raise InvalidInput(Action.MEETING_DAY, "Choose a day.")
    if at is None:
        raise InvalidInput(Action.MEETING_TIME, "Choose a time.")
    try:
        return local_moment(day, at, form_zone(asker, _own(ask), session=session))
    except OverflowError:  # the last day that there is, which the calendar offers
        raise InvalidInput(Action.MEETING_DAY, "Choose an earlier day.") from None


def entered_minutes(view: dict[str, Any]) -> int:
    """The length in a form. Raises InvalidInput where it is none of the menu's."""
    minutes = _minutes(view)
    if minutes is None:
        raise InvalidInput(Action.MEETING_MINUTES, "Choose how long it lasts.")
    return minutes


def _minutes(view: dict[str, Any]) -> int | None:
    chosen = chosen_in(view, Action.MEETING_MINUTES) or ""
    return int(chosen[:4]) if chosen.isascii() and chosen.isdigit() else None


def _own(ask: Ask) -> Ref:
    """What the form was opened with."""
    return Ref.decode(str(ask.view.get("private_metadata") or ""))


def _whole(ask: Ask) -> Ref:
    """The same with the student who was chosen in the form, where one was."""
    own, picked = _own(ask), chosen_in(ask.view, Action.MEETING_STUDENT)
    return own if picked is None else replace(own, student=Ref.decode(picked).student)


def _entered(ask: Ask, asker: Asker, *, session: Session) -> MeetingForm:
    """What stands in the form just now."""
    view = ask.view
    usual = empty_form(asker, Wish(), session=session)
    zone = form_zone(asker, _own(ask), session=session).key
    chosen = chosen_in(view, Action.MEETING_TYPE)
    return replace(
        usual,
        zone=zone,
        kind=MeetingType(chosen) if chosen in set(MeetingType) else usual.kind,
        day=day_in(view, Action.MEETING_DAY) or usual.day,
        at=time_in(view, Action.MEETING_TIME) or usual.at,
        minutes=_minutes(view) or usual.minutes,
        place=text_in(view, Action.MEETING_PLACE),
        others=text_in(view, Action.MEETING_OTHERS),
        notes=text_in(view, Action.MEETING_NOTES),
        said=_said(view),
    )


def _said(view: dict[str, Any]) -> tuple[str, ...]:
    """What stands above the first field: how words were read."""
    above = takewhile(lambda block: block["type"] == "section", view.get("blocks") or ())
    return tuple(block["text"]["text"] for block in above)


def _invitees(view: dict[str, Any]) -> list[Invitee]:
    """Who was ticked, and the addresses that were typed. Raises InvalidInput."""
    try:
        ticked = [Invitee.from_code(code) for code in ticked_in(view, Action.MEETING_INVITED)]
    except ValueError:
        raise InvalidInput(Action.MEETING_OTHERS, "Choose those invited again.") from None
    others = text_in(view, Action.MEETING_OTHERS).replace(";", ",").replace("\n", ",").split(",")
    typed = [Invitee(AttendeeKind.ADDRESS, email=one.strip()) for one in others if one.strip()]
    return [*ticked, *typed]
