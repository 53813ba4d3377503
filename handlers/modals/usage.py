"""How Homeroom is used in a workspace: opened at once, filled afterwards, for administrators."""

from handlers.ask import Ask
from handlers.codec import Ref
from handlers.modals.history import open_filled
from handlers.overviews import is_administrator
from handlers.people import looking
from handlers.quick import View
from handlers.services import Services
from handlers.views.interventions.usage import USAGE, usage_modal
from interventions.usage import FOR_ADMINISTRATORS, usage_of
from school.errors import NotAllowed


def open_usage(ask: Ask, services: Services) -> None:
    """Open it. Raises NotAllowed for who is no administrator."""
    open_filled(ask, services, Ref(), USAGE, _usage, _check)


def _check(ask: Ask, services: Services, _ref: Ref) -> None:
    with looking(ask, services) as (_, asker):
        if not is_administrator(asker):
            raise NotAllowed(FOR_ADMINISTRATORS)


def _usage(ask: Ask, services: Services, _ref: Ref) -> View:
    with looking(ask, services) as (session, asker):
        return usage_modal(usage_of(asker.user.id, session=session, now=asker.now))
