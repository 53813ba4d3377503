"""Buttons and menus that send a report, or show another range of one where it stands."""

from dataclasses import dataclass

from handlers.actions.place import in_place
from handlers.ask import Answer, Ask
from handlers.codec import Ref
from handlers.modals.custom_range import open_custom_range
from handlers.notices import notice_when_slow
from handlers.people import Asker, saving
from handlers.pointers import held_back, report_pointer
from handlers.quick import lay_view, open_view, respond
from handlers.ranges import CUSTOM, range_words
from handlers.reports import title_of
from handlers.saving import save_clicked_report
from handlers.services import Services
from handlers.views.modals import note
from handlers.views.reports.answers import held_words
from school.models import Delivery


@dataclass(frozen=True, slots=True)
class Saved:
    """A report that was asked for by a click, and the name of whom it is about."""

    asker: Asker
    delivery: Delivery
    title: str


def report_picked_action(ask: Ask, services: Services) -> None:
    """One of several was chosen, or another range offered: the pointer takes the choice's place."""
    saved = _save(ask, services, ask.ref.report_only())
    ask.ack()
    services.wake()
    pointer = report_pointer(ask, saved.asker, saved.title, services, kind=ask.ref.kind)
    respond(ask, services, pointer, replace=ask.message_ts is None)


def home_report_action(ask: Ask, services: Services) -> None:
    """A class's report, asked for in App Home."""
    saved = _save(ask, services, ask.ref.report_only())
    ask.ack()
    services.wake()
    pointer = report_pointer(ask, saved.asker, saved.title, services)
    open_view(ask, services, note("Report", pointer))


def class_student_action(ask: Ask, services: Services) -> None:
    """A student was chosen in a class's report."""
    saved = _save(ask, services, ask.ref.report_only())
    ask.ack()
    services.wake()
    _say_if_slow(ask, services, saved, "The report is being made.")


def full_report_action(ask: Ask, services: Services) -> None:
    """The whole report of a student, asked for in a message or in a form above one."""
    if ask.view.get("type") != "modal":
        class_student_action(ask, services)
        return
    saved = _save(ask, services, ask.ref.report_only())
    ask.ack()
    services.wake()
    lay_view(ask, services, note("Report", report_pointer(ask, saved.asker, saved.title, services)))


def range_chosen_action(ask: Ask, services: Services) -> None:
    """Another range was chosen: the same message shows it, and its picture with it."""
    if ask.ref.range == CUSTOM:
        open_custom_range(ask, services)
        return
    words = range_words(ask.ref.range or "").lower()
    change_in_place(ask, services, f"This report is being changed to {words}.")


def change_in_place(ask: Ask, services: Services, words: str) -> None:
    """Show what was chosen in the message that was clicked; say `words` where that takes long."""
    saved = _save(ask, services, in_place(ask, ask.ref))
    ask.ack()
    services.wake()
    _say_if_slow(ask, services, saved, words)


def _save(ask: Ask, services: Services, ref: Ref) -> Saved:
    with saving(ask, services) as (session, asker):
        title = title_of(asker.viewer, ref, session=session)
        delivery = save_clicked_report(
            asker, ref, ask.key, session=session, double_click=services.settings.double_click
        )
        return Saved(asker, delivery, title)


def _say_if_slow(ask: Ask, services: Services, saved: Saved, words: str) -> None:
    method = "chat.postMessage" if "ts" not in saved.delivery.payload else "chat.update"
    if wait := held_back(saved.asker, services, method):
        respond(ask, services, Answer.plain(held_words(wait)))
    else:
        notice_when_slow(ask, services, saved.delivery, words)
