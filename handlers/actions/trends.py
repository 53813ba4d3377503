"""What can be done under a trend: another metric or period in its place, and its numbers."""

from handlers.actions.filling import open_filled, turn_page
from handlers.actions.reports import change_in_place
from handlers.ask import Ask
from handlers.people import opening
from handlers.quick import View
from handlers.services import Services
from handlers.trends import trend_report
from handlers.views.reports.trend_numbers import trend_numbers_modal


def metric_chosen_action(ask: Ask, services: Services) -> None:
    """Another metric was chosen: the same message shows it, and its picture with it."""
    change_in_place(ask, services, "This trend is being changed to another metric.")


def period_chosen_action(ask: Ask, services: Services) -> None:
    """Days, weeks or months were chosen: the same message goes by them."""
    change_in_place(ask, services, f"This trend is being changed to go by {ask.ref.by or 'week'}.")


def trend_numbers_action(ask: Ask, services: Services) -> None:
    """Open the modal at once, and fill it."""
    open_filled(ask, services, "Numbers", _numbers)


def trend_numbers_page_action(ask: Ask, services: Services) -> None:
    """Show another page in the same modal."""
    turn_page(ask, services, _numbers)


def _numbers(ask: Ask, services: Services) -> View:
    ref = ask.ref
    with opening(ask, services) as (session, asker):
        report = trend_report(asker.viewer, ref, "numbers", session=session, now=asker.now)
    return trend_numbers_modal(report, ref.report_only(), ref.page or 0, asker.now)
