"""One of several that typed words may mean was chosen: whom the command was about."""

from handlers.actions.reports import report_picked_action
from handlers.acts import act_action
from handlers.ask import Ask
from handlers.ids import Kind
from handlers.modals.meeting import meet_picked_action
from handlers.services import Services


def picked_action(ask: Ask, services: Services) -> None:
    """Go on with the command that asked: an act, a form, or a report."""
    if ask.ref.act is not None:
        act_action(ask, services)
    elif ask.ref.kind == Kind.MEETING_CARD.value:
        meet_picked_action(ask, services)
    else:
        report_picked_action(ask, services)
