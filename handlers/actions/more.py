"""The menu of three dots under a report: another view of it, or a file."""

from handlers.actions.export import export_action
from handlers.actions.reports import class_student_action
from handlers.ask import Ask
from handlers.forms import is_export
from handlers.services import Services


def more_action(ask: Ask, services: Services) -> None:
    """Have a file made, or another view sent."""
    if is_export(ask.ref):
        export_action(ask, services)
    else:
        class_student_action(ask, services)
