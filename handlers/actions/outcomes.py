"""The answer to the question after a meeting: whether it took place, and what came of it."""

from dataclasses import replace

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.ids import Action
from handlers.meetings.form import Wish, as_seen, empty_form, with_student
from handlers.modals.meeting import filled_by, on_their_fields, show_form
from handlers.people import opening, saving
from handlers.quick import open_view
from handlers.services import Services
from handlers.views.fields import chosen_in, text_in
from handlers.views.meetings.meeting import outcome_notes_modal
from interventions.meetings import MeetingStatus, meeting_of, record_outcome, reopen_outcome


def meeting_held_action(ask: Ask, services: Services) -> None:
    """It took place."""
    _record(ask, services, MeetingStatus.HELD)


def meeting_missed_action(ask: Ask, services: Services) -> None:
    """It did not; the question's place offers to schedule it again."""
    _record(ask, services, MeetingStatus.MISSED)


def _record(ask: Ask, services: Services, outcome: MeetingStatus) -> None:
    ref = ask.ref
    with saving(ask, services) as (session, asker):
        who, when = asker.user.id, asker.now
        record_outcome(who, ref.meeting or 0, ref.version or 0, outcome, session=session, now=when)
    ask.ack()
    services.wake()


def reopen_outcome_action(ask: Ask, services: Services) -> None:
    """Ask anew whether it took place; what was written stays."""
    ref = ask.ref
    with saving(ask, services) as (session, asker):
        reopen_outcome(
            asker.user.id, ref.meeting or 0, ref.version or 0, session=session, now=asker.now
        )
    ask.ack()
    services.wake()


def add_outcome_notes_action(ask: Ask, services: Services) -> None:
    """Open the form for what came of it."""
    with opening(ask, services) as (session, asker):
        view = as_seen(asker, ask.ref, session=session)
    ask.ack()
    open_view(ask, services, outcome_notes_modal(view, ask.ref))


def outcome_notes_submitted(ask: Ask, services: Services) -> None:
    """Keep what was written, and whether the meeting took place."""
    ref = ask.ref
    with on_their_fields(), saving(ask, services) as (session, asker):
        record_outcome(
            asker.user.id,
            ref.meeting or 0,
            ref.version or 0,
            chosen_in(ask.view, Action.MEETING_HELD) or MeetingStatus.HELD,
            text_in(ask.view, Action.OUTCOME_NOTES),
            session=session,
            now=asker.now,
        )
    ask.ack()
    services.wake()


def meet_again_action(ask: Ask, services: Services) -> None:
    """Open the form of a new meeting with what the one that was missed was to be."""
    with opening(ask, services) as (session, asker):
        view = meeting_of(asker.viewer, ask.ref.meeting or 0, session=session, now=asker.now)
        ref = Ref(student=view.student_id, class_id=view.class_id)
        wish = Wish(minutes=view.duration_minutes, kind=view.meeting_type.value)
        empty, further = empty_form(asker, wish, session=session), [one for one, _ in view.further]
        form = with_student(asker, empty, ref, session=session, further=further)
        form = replace(form, place=view.location or "", notes=view.notes or "")
        filled = filled_by(asker, form, ref, wish, session=session)
    show_form(ask, services, filled)
