"""What can be done about an intervention where it is shown: undone, or rated."""

from handlers.ask import Ask
from handlers.modals.history import show_history_again
from handlers.people import saving
from handlers.services import Services
from interventions.rating import rate_intervention
from interventions.undoing import undo_intervention


def undo_intervention_action(ask: Ask, services: Services) -> None:
    """Undo it; its card shows that it is."""
    with saving(ask, services) as (session, asker):
        number = ask.ref.intervention or 0
        undo_intervention(asker.user.id, number, session=session, now=asker.now)
    ask.ack()
    services.wake()


def rate_intervention_action(ask: Ask, services: Services) -> None:
    """Keep the rating, or take it away; the card and the history show it."""
    with saving(ask, services) as (session, asker):
        number, rating = ask.ref.intervention or 0, ask.ref.rating or None
        rate_intervention(asker.user.id, number, rating, session=session, now=asker.now)
    ask.ack()
    services.wake()
    if ask.view.get("type") == "modal":
        show_history_again(ask, services)
