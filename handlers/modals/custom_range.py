"""The modal with two date pickers, and its submission."""

from dataclasses import replace
from datetime import date

from analytics.ranges import resolve_range
from handlers.actions.place import in_place
from handlers.ask import Ask
from handlers.codec import Ref
from handlers.drafts import new_draft
from handlers.ids import Action
from handlers.people import looking, saving
from handlers.quick import open_view
from handlers.ranges import span_code
from handlers.reports import title_of
from handlers.saving import first_time, save_report
from handlers.services import Services
from handlers.views.modals import custom_range_modal, field_value
from school.days import YEARS, DateRange
from school.errors import InvalidInput


def open_custom_range(ask: Ask, services: Services) -> None:
    """Open two date pickers on the days that the report shows now."""
    given = ask.ref
    ref = replace(in_place(ask, given), range=None, shown=given.shown, draft=new_draft())
    with looking(ask, services) as (session, asker):
        title_of(asker.viewer, ref, session=session)
        days = resolve_range(
            ref.shown,
            session=session,
            now=asker.now,
            student_id=ref.student,
            class_id=ref.class_id,
        )
    ask.ack()
    open_view(ask, services, custom_range_modal(ref, days, asker.viewer.today))


def custom_range_submitted(ask: Ask, services: Services) -> None:
    """Show the chosen days in the report that the modal was opened from."""
    with saving(ask, services) as (session, asker):
        ref = ask.ref.with_range(span_code(_chosen(ask, asker.viewer.today)))
        title_of(asker.viewer, ref, session=session)
        draft = f"draft:{ref.draft}"
        if first_time(asker.viewer.workspace_id, draft, session=session, now=asker.now):
            save_report(asker, _in_its_place(ref), draft, session=session)
    ask.ack()
    services.wake()


def custom_range_closed(ask: Ask, services: Services) -> None:
    """Show the report as it was: in Slack its menu still says that other days were chosen."""
    with saving(ask, services) as (session, asker):
        ref = ask.ref.with_range(ask.ref.shown)
        title_of(asker.viewer, ref, session=session)
        if ref.ts is not None:
            save_report(asker, _in_its_place(ref), f"closed:{ref.draft}", session=session)
    ask.ack()
    services.wake()


def _in_its_place(ref: Ref) -> Ref:
    return replace(ref, shown=None, draft=None)


def _chosen(ask: Ask, today: date) -> DateRange:
    """The days in the modal. Raises InvalidInput on the field that is wrong."""
    days = {}
    for name in (Action.FIRST_DAY, Action.LAST_DAY):
        value = field_value(ask.view, name, "selected_date")
        if not value:
            raise InvalidInput(name, "Choose a day.")
        days[name] = date.fromisoformat(value)
        if days[name].year < YEARS[0]:
            raise InvalidInput(name, f"Choose a day since {YEARS[0]}.")
        if days[name] > today:
            raise InvalidInput(name, "That day has not come yet.")
    if days[Action.LAST_DAY] < days[Action.FIRST_DAY]:
        raise InvalidInput(Action.LAST_DAY, "The last day is before the first.")
    return DateRange(days[Action.FIRST_DAY], days[Action.LAST_DAY])
