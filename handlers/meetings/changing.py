"""The form of a meeting that there is: opened with what holds, then filled in as it is changed."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.ids import Action
from handlers.meetings.entered import chosen_students, invited_in, words_above
from handlers.meetings.form import with_student
from handlers.people import Asker
from handlers.views.fields import block_of, text_in, ticked_in
from handlers.views.meetings.meeting import MeetingForm, WhoMet, present_time
from handlers.views.meetings.meeting_invited import default_boxes
from interventions.meetings import Guests, MeetingView, PossibleAttendee


def present_form(asker: Asker, view: MeetingView, *, session: Session) -> MeetingForm:
    """What holds of a meeting. Its students are opened, and audited."""
    further = [one for one, _ in view.further]
    invited = {one.invitee.code() for one in view.attendees if one.invitee is not None}
    return _filled(asker, view, further, invited, session=session)


def entered_form(ask: Ask, asker: Asker, view: MeetingView, *, session: Session) -> MeetingForm:
    """What stands in the form of a meeting just now; its time aside. Raises NotFound."""
    shown = ask.view
    before = [one for one, _ in view.further]
    further = chosen_students(shown) if block_of(shown, Action.MEETING_STUDENTS) else before
    ticked = {*ticked_in(shown, Action.MEETING_INVITED)}
    form = _filled(asker, view, further, ticked, session=session)
    new = [
        one for one in form.possible if one.of_id in further and not _has_boxes(shown, one.of_id)
    ]
    return replace(
        form,
        invited=frozenset(ticked) | default_boxes(new, form.kind),
        place=text_in(shown, Action.MEETING_PLACE),
        others=text_in(shown, Action.MEETING_OTHERS),
        notes=text_in(shown, Action.MEETING_NOTES),
        said=words_above(shown),
    )


def entered_guests(view: dict[str, Any]) -> Guests:
    """Who is to come, of a form that was submitted; what it did not ask stays. Raises InvalidInput.

    Where nothing was on offer to be ticked, addresses may have been typed all the same.
    """
    asks_whom = bool(block_of(view, Action.MEETING_OTHERS))
    asks_students = bool(block_of(view, Action.MEETING_STUDENTS))
    return Guests(
        invited_in(view) if asks_whom else None, chosen_students(view) if asks_students else None
    )


def _filled(
    asker: Asker,
    view: MeetingView,
    further: Sequence[int],
    invited: Collection[str],
    *,
    session: Session,
) -> MeetingForm:
    when = present_time(view)
    who = WhoMet(view.student_id, view.student_name, view.class_title or "")
    form = MeetingForm(who, view.meeting_type, when.day, when.at, when.minutes, when.zone)
    about = Ref(student=view.student_id, class_id=view.class_id)
    form = with_student(asker, form, about, session=session, further=further, whose=view.teacher_id)
    return replace(
        form,
        possible=(*form.possible, *_others_invited(view, form.possible, further)),
        invited=frozenset(invited),
        place=view.location or "",
        notes=view.notes or "",
    )


def _others_invited(
    view: MeetingView, possible: Sequence[PossibleAttendee], further: Sequence[int]
) -> list[PossibleAttendee]:
    """Those invited whom nobody would find on record now: addresses, and who has left since."""
    on_offer = {one.invitee for one in possible}
    met = {None, view.student_id, *further}
    return [
        PossibleAttendee(one.invitee, one.name, one.address_hint)
        for one in view.attendees
        if one.invitee is not None and one.invitee not in on_offer and one.of_id in met
    ]


def _has_boxes(view: dict[str, Any], student_id: int) -> bool:
    """Whether the family of a further student was on offer in the form already."""
    named = (str(one.get("block_id") or "").split("|")[:2] for one in view.get("blocks") or ())
    return [Action.MEETING_INVITED.value, str(student_id)] in list(named)
