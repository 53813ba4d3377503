"""The form of a new meeting: opened, changed as a student or a type is chosen, and sent off."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.drafts import new_draft
from handlers.ids import Action, Kind
from handlers.meetings.changing import entered_form
from handlers.meetings.entered import (
    chosen_students,
    entered_minutes,
    entered_moment,
    entered_week,
    entered_when,
    invited_in,
    is_move,
    own_ref,
    time_field_of,
    words_above,
)
from handlers.meetings.form import (
    Filled,
    Wish,
    class_of,
    empty_form,
    form_zone,
    with_student,
    zone_code,
)
from handlers.meetings.free import (
    Busy,
    change_with_times,
    days_of,
    open_with_times,
    with_times,
)
from handlers.meetings.refused import naming_next_free
from handlers.people import Asker, opening, saving
from handlers.pointers import report_pointer
from handlers.reports import title_of
from handlers.services import Services
from handlers.views.fields import chosen_in, text_in
from handlers.views.meetings.meeting import MeetingForm, move_modal
from handlers.views.modals import View, note
from interventions.meetings import meeting_of, schedule_meeting
from interventions.record import Reason
from school.errors import InvalidInput
from school.models import Meeting, MeetingType

UNCLEAR = "I could not read all that you typed about the time. Please check the day and the time."
FIELDS = {
    "meeting_type": Action.MEETING_TYPE,
    "datetime": Action.MEETING_TIME,
    "duration_minutes": Action.MEETING_MINUTES,
    "location": Action.MEETING_PLACE,
    "attendees": Action.MEETING_OTHERS,
    "students": Action.MEETING_STUDENTS,
    "notes": Action.MEETING_NOTES,
    "outcome": Action.MEETING_HELD,
    "outcome_notes": Action.OUTCOME_NOTES,
}
"""In which field of a form stands what a service has refused."""


@contextmanager
def on_their_fields(view: dict[str, Any] | None = None) -> Iterator[None]:
    """Have what a service refuses land on the field where it was typed; `view` is the form."""
    try:
        yield
    except InvalidInput as refused:
        field = FIELDS.get(refused.field, refused.field)
        if field == Action.MEETING_TIME and view is not None:
            field = time_field_of(view)
        raise InvalidInput(field, str(refused)) from refused


def filled_form(asker: Asker, ref: Ref, said: Sequence[str] = (), *, session: Session) -> Filled:
    """The form of what a reference asks for: a student (perhaps none yet) and a time."""
    wish = Wish.decode(ref.when)
    form = replace(empty_form(asker, wish, session=session), said=tuple(said))
    if ref.student is not None:
        form = with_student(asker, form, ref, session=session)
    return filled_by(asker, form, ref, wish, session=session)


def filled_by(asker: Asker, form: MeetingForm, ref: Ref, wish: Wish, *, session: Session) -> Filled:
    """A new form, with what its free times are reckoned from."""
    days = days_of(asker, form.day, session=session)
    typed, fixed = wish.at is not None, wish.day is not None
    return Filled(form, form_ref(form, ref), days, typed=typed, fixed=fixed)


def show_form(ask: Ask, services: Services, filled: Filled) -> None:
    """Acknowledge and show a form."""
    shown = replace(filled, form=replace(filled.form, mailed=services.settings.sends_mail))
    open_with_times(ask, services, shown.days, shown.view)


def form_ref(form: MeetingForm, ref: Ref) -> Ref:
    """What a new form carries: whom it is about, if that is known, and in which zone it is read."""
    zone, draft = zone_code(form.zone), new_draft()
    about = Ref(student=ref.student, class_id=ref.class_id, draft=draft, zone=zone)
    return replace(about, concern=ref.concern, alert=ref.alert, skill=ref.skill)


def meet_picked_action(ask: Ask, services: Services) -> None:
    """One of several students was chosen: open the form with what was typed."""
    with opening(ask, services) as (session, asker):
        said = [UNCLEAR] if Wish.decode(ask.ref.when).unclear else []
        filled = filled_form(asker, ask.ref, said, session=session)
    show_form(ask, services, filled)


def open_meeting(ask: Ask, services: Services, ref: Ref) -> None:
    """Open the form for the student of a reference, or for one to be chosen in it."""
    with opening(ask, services) as (session, asker):
        filled = filled_form(asker, ref, session=session)
    show_form(ask, services, filled)


def meeting_form_action(ask: Ask, services: Services) -> None:
    """Something was chosen in a form on which the rest depends: a student or a type, who may come;
    a day or a length, which times are free; a week, to see its free times, or one of them.
    """
    if is_move(ask):
        move_form_action(ask, services)
        return
    with opening(ask, services) as (session, asker):
        form, whole = _entered(ask, asker, session=session), whole_ref(ask)
        if whole.student is not None:
            further = further_in(ask.view, form.kind)
            form = with_student(asker, form, whole, session=session, further=further)
        form = replace(form, mailed=services.settings.sends_mail)
        when, other = entered_when(ask, form.when)
        days, ref = days_of(asker, when.day, session=session), own_ref(ask)
    ask.ack()
    week = entered_week(ask)
    filled = Filled(form.at_time(when), replace(ref, page=week or None), days, other=other)
    change_with_times(ask, services, days, filled.view)


def move_form_action(ask: Ask, services: Services) -> None:
    """The same in the form that changes a meeting."""
    ref = own_ref(ask)
    with opening(ask, services) as (session, asker):
        view = meeting_of(asker.viewer, ref.meeting or 0, session=session, now=asker.now)
        zone = form_zone(asker, ref, session=session).key
        form = entered_form(ask, asker, view, session=session)
        when, other = entered_when(ask, replace(form.when, zone=zone))
        days = days_of(asker, when.day, session=session, moved=view)
    ask.ack()
    week = entered_week(ask)
    form, ref = replace(form, mailed=services.settings.sends_mail), replace(ref, page=week or None)

    def shown(busy: Busy) -> View:
        now = with_times(when, days, busy, other=other, week=week)
        return move_modal(view, form.at_time(now), ref)

    change_with_times(ask, services, days, shown)


def meeting_submitted(ask: Ask, services: Services) -> None:
    """Make the meeting, once; the form says where its card will be."""
    with on_their_fields(ask.view), saving(ask, services) as (session, asker):
        scheduled(ask, services, asker, session=session)
        whom = Ref(student=whole_ref(ask).student)
        title = title_of(asker.viewer, whom, session=session)
    pointer = report_pointer(ask, asker, title, services, kind=Kind.MEETING_CARD)
    ask.ack(response_action="update", view=note("Meeting", pointer))
    services.wake()


def scheduled(ask: Ask, services: Services, asker: Asker, *, session: Session) -> Meeting:
    """Make the meeting of the form, in the caller's transaction. Raises NotFound, and InvalidInput
    which names the next free time where it is about the time.
    """
    ref = whole_ref(ask)
    if ref.student is None:
        raise InvalidInput(Action.MEETING_STUDENT, "Choose a student.")
    title_of(asker.viewer, Ref(student=ref.student), session=session)
    kind = chosen_in(ask.view, Action.MEETING_TYPE) or ""
    with naming_next_free(ask, services, asker, session=session):
        return schedule_meeting(
            asker.user.id,
            ref.student,
            kind,
            entered_moment(ask, asker, session=session),
            session=session,
            now=asker.now,
            duration_minutes=entered_minutes(ask.view),
            location=text_in(ask.view, Action.MEETING_PLACE),
            notes=text_in(ask.view, Action.MEETING_NOTES),
            attendees=invited_in(ask.view),
            class_id=class_of(asker, ref, session=session),
            key=f"draft:{ref.draft}",
            students=further_in(ask.view, kind),
            reason=Reason(ref.concern, (ref.skill,) if ref.skill else (), ref.alert),
            take_back=timedelta(seconds=services.settings.take_back),
            by_mail=services.settings.sends_mail,
        )


def further_in(view: dict[str, Any], kind: str) -> list[int]:
    """The further students chosen in a form, where its type is one for several."""
    if kind != MeetingType.GROUP:
        return []
    return chosen_students(view)


def whole_ref(ask: Ask) -> Ref:
    """The same with the student who was chosen in the form, where one was."""
    own, picked = own_ref(ask), chosen_in(ask.view, Action.MEETING_STUDENT)
    return own if picked is None else replace(own, student=Ref.decode(picked).student)


def _entered(ask: Ask, asker: Asker, *, session: Session) -> MeetingForm:
    """What stands in the form just now."""
    view = ask.view
    usual = empty_form(asker, Wish(), session=session)
    zone = form_zone(asker, own_ref(ask), session=session).key
    chosen = chosen_in(view, Action.MEETING_TYPE)
    return replace(
        usual,
        zone=zone,
        kind=MeetingType(chosen) if chosen in set(MeetingType) else usual.kind,
        place=text_in(view, Action.MEETING_PLACE),
        others=text_in(view, Action.MEETING_OTHERS),
        notes=text_in(view, Action.MEETING_NOTES),
        said=words_above(view),
    )
