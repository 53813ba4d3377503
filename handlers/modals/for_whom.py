"""For whom? The small form before an act's own, where nobody was named."""

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.people import looking
from handlers.quick import show_modal
from handlers.services import Services
from handlers.views.interventions.for_whom import for_whom_modal
from handlers.words import check_range


def ask_for_whom(ask: Ask, services: Services, ref: Ref) -> None:
    """Let a student be chosen and go on with `ref.act`: for openers, where none was named."""
    with looking(ask, services) as (_session, asker):
        check_range(ref.range, asker.viewer.today)
    show_modal(ask, services, for_whom_modal(ref))
