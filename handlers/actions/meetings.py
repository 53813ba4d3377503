"""What can be done about a meeting: move it, cancel it, take that back, prepare for it."""

from dataclasses import replace
from datetime import timedelta

from handlers.actions.filling import open_filled
from handlers.ask import Ask
from handlers.ids import Action
from handlers.meetings.entered import entered_minutes, entered_moment
from handlers.meetings.form import as_seen, zone_code
from handlers.meetings.free import Busy, days_of, open_with_times, with_times
from handlers.meetings.prep import prep_for
from handlers.meetings.refused import naming_next_free
from handlers.modals.meeting import on_their_fields
from handlers.people import opening, saving
from handlers.services import Services
from handlers.views.fields import text_in
from handlers.views.meetings.meeting import move_modal, present_time
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
    """Open the form with the meeting's own day, time, length and place."""
    with opening(ask, services) as (session, asker):
        view = as_seen(asker, ask.ref, session=session)
        now, ref = present_time(view), replace(ask.ref, zone=zone_code(view.zone))
        days = days_of(asker, now.day, session=session, moved=view)

    def form(busy: Busy) -> View:
        when = with_times(now, days, busy, typed=True)
        return move_modal(view, ref, when=when)

    open_with_times(ask, services, days, form)


def meeting_moved(ask: Ask, services: Services) -> None:
    """Move the meeting to what the form says; where somebody was quicker, say so there."""
    ref = ask.ref
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
