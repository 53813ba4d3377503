"""What can be done about a meeting: move it, cancel it, take that back, prepare for it."""

from dataclasses import replace
from datetime import timedelta

from handlers.actions.filling import open_filled
from handlers.ask import Ask
from handlers.codec import Ref
from handlers.ids import Action
from handlers.meetings.changing import entered_guests, present_form
from handlers.meetings.entered import entered_minutes, entered_moment
from handlers.meetings.form import as_seen, zone_code
from handlers.meetings.free import Busy, days_of, open_with_times, with_times
from handlers.meetings.prep import prep_for
from handlers.meetings.refused import naming_next_free
from handlers.modals.meeting import on_their_fields
from handlers.people import opening, saving
from handlers.services import Services
from handlers.views.fields import block_of, text_in
from handlers.views.meetings.meeting import move_modal
from handlers.views.modals import View
from handlers.views.reports.prep import prep_modal
from interventions.meetings import (
    MeetingStatus,
    cancel_meeting,
    meeting_of,
    move_meeting,
    restore_meeting,
    undo_move,
)


def move_meeting_action(ask: Ask, services: Services) -> None:
    """Open the form with what holds of the meeting: its time and place, and who comes."""
    with opening(ask, services) as (session, asker):
        view = as_seen(asker, ask.ref, session=session)
        form, ref = present_form(asker, view, session=session), Ref(meeting=view.id)
        days = days_of(asker, form.day, session=session, moved=view)
    form = replace(form, mailed=services.settings.sends_mail)
    ref = replace(ref, version=view.version, zone=zone_code(view.zone))

    def shown(busy: Busy) -> View:
        when = with_times(form.when, days, busy, typed=True)
        return move_modal(view, form.at_time(when), ref)

    open_with_times(ask, services, days, shown)


def meeting_moved(ask: Ask, services: Services) -> None:
    """Have the meeting be as the form says; where somebody was quicker, say so there."""
    ref, notes = ask.ref, Action.MEETING_NOTES
    with (
        on_their_fields(ask.view),
        saving(ask, services) as (session, asker),
        naming_next_free(ask, services, asker, session=session, moved=ref.meeting),
    ):
        move_meeting(
            asker.user.id,
            ref.meeting or 0,
            ref.version or 0,
            entered_moment(ask, asker, session=session),
            session=session,
            now=asker.now,
            duration_minutes=entered_minutes(ask.view),
            location=text_in(ask.view, Action.MEETING_PLACE),
            notes=text_in(ask.view, notes) if block_of(ask.view, notes) else None,
            guests=entered_guests(ask.view),
            take_back=_take_back(services),
            by_mail=services.settings.sends_mail,
        )
    ask.ack()
    services.wake()


def cancel_meeting_action(ask: Ask, services: Services) -> None:
    """Cancel the meeting; its card says so, and offers to undo it."""
    ref = ask.ref
    with saving(ask, services) as (session, asker):
        cancel_meeting(
            asker.user.id,
            ref.meeting or 0,
            ref.version or 0,
            session=session,
            now=asker.now,
            take_back=_take_back(services),
            by_mail=services.settings.sends_mail,
        )
    ask.ack()
    services.wake()


def restore_meeting_action(ask: Ask, services: Services) -> None:
    """Undo what was done last: the cancel, or the move."""
    ref = ask.ref
    with saving(ask, services) as (session, asker):
        view = meeting_of(asker.viewer, ref.meeting or 0, session=session, now=asker.now)
        undo = restore_meeting if view.status is MeetingStatus.CANCELLED else undo_move
        undo(
            asker.user.id,
            view.id,
            ref.version or 0,
            session=session,
            now=asker.now,
            take_back=_take_back(services),
            by_mail=services.settings.sends_mail,
        )
    ask.ack()
    services.wake()


def prep_card_action(ask: Ask, services: Services) -> None:
    """Open one page about the student, and fill it."""
    open_filled(ask, services, "Prep card", _prep)


def _prep(ask: Ask, services: Services) -> View:
    with opening(ask, services) as (session, asker):
        view = meeting_of(asker.viewer, ask.ref.meeting or 0, session=session, now=asker.now)
        prep = prep_for(asker.viewer, view, session=session, now=asker.now)
    return prep_modal(view, prep, now=asker.now)


def _take_back(services: Services) -> timedelta:
    """How long those invited are not told yet, for who thinks better of it."""
    return timedelta(seconds=services.settings.take_back)
