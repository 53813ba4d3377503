"""What can be done under a comparison: its numbers, and who stands on leaderboards."""

from handlers.actions.filling import open_filled
from handlers.actions.place import in_place
from handlers.ask import Ask
from handlers.comparisons import class_comparison, student_comparison
from handlers.people import opening, saving
from handlers.quick import View, respond
from handlers.reports import title_of
from handlers.saving import save_report
from handlers.services import Services
from handlers.views.reports.compare import leaderboard_answer
from handlers.views.reports.compare_numbers import class_numbers_modal, student_numbers_modal
from school.access import open_student


def leave_out_action(ask: Ask, services: Services) -> None:
    """From now on no leaderboard names or counts the student."""
    _set_on_leaderboards(ask, services, on=False)


def put_back_action(ask: Ask, services: Services) -> None:
    """Leaderboards name and count the student again."""
    _set_on_leaderboards(ask, services, on=True)


def _set_on_leaderboards(ask: Ask, services: Services, *, on: bool) -> None:
    """Keep the choice, show it in the message that was clicked in, and say it in words.

    The audit entry says which way; a second click changes nothing.
    """
    purpose = "put back on leaderboards" if on else "left out of leaderboards"
    with saving(ask, services) as (session, asker):
        student = open_student(session, asker.viewer, ask.ref.student or 0, purpose, now=asker.now)
        name = title_of(asker.viewer, ask.ref, session=session)
        already = student.on_leaderboard == on
        student.on_leaderboard = on
        save_report(asker, in_place(ask, ask.ref), ask.key, session=session)
    ask.ack()
    services.wake()
    respond(ask, services, leaderboard_answer(name, on=on, already=already))


def comparison_numbers_action(ask: Ask, services: Services) -> None:
    """Open the modal at once, and fill it."""
    open_filled(ask, services, "Numbers", _numbers)


def _numbers(ask: Ask, services: Services) -> View:
    ref = ask.ref
    with opening(ask, services) as (session, asker):
        if ref.student is None:
            of_class = class_comparison(
                asker.viewer, ref, "numbers", session=session, now=asker.now
            )
            return class_numbers_modal(of_class, ref.report_only(), asker.now)
        found = student_comparison(asker.viewer, ref, "numbers", session=session, now=asker.now)
        return student_numbers_modal(found, ref.report_only(), asker.now)
