"""How Homeroom is used in a workspace: opened at once, filled afterwards, for administrators.

All figures but one come within a second, of a district too. What improved is worked out class by
class, saying how far it is, for as long as the modal is open.
"""

import time
from collections.abc import Iterator
from dataclasses import replace

from analytics.effects import Improved
from handlers.actions.filling import fill_in
from handlers.ask import Ask
from handlers.overviews import is_administrator
from handlers.people import looking
from handlers.quick import View, lay_view
from handlers.services import Services
from handlers.views.interventions.usage import USAGE, so_far, usage_modal
from handlers.views.modals import loading
from interventions.usage import FOR_ADMINISTRATORS, improved_of, judged_classes, usage_of
from school.errors import NotAllowed

AT_ONCE = 5
"""Classes looked at in one transaction, which is to be short."""


def open_usage(ask: Ask, services: Services) -> None:
    """Open it. Raises NotAllowed for who is no administrator."""
    with looking(ask, services) as (_, asker):
        if not is_administrator(asker):
            raise NotAllowed(FOR_ADMINISTRATORS)
    ask.ack()
    shown = lay_view(ask, services, loading(USAGE))
    fill_in(ask, services, shown, USAGE, lambda: _views(ask, services))


def _views(ask: Ask, services: Services) -> Iterator[View]:
    """The figures, every now and then while the last of them is worked out, and whole."""
    with looking(ask, services) as (session, asker):
        who, now = asker.user.id, asker.now
        usage = usage_of(who, session=session, now=now)
        classes = judged_classes(who, session=session, now=now)
    told, found = time.monotonic(), Improved(0, 0, 0.0)
    for start in range(0, len(classes), AT_ONCE):
        if time.monotonic() - told > services.settings.progress_every:
            yield usage_modal(usage, so_far(start, len(classes)))
            told = time.monotonic()
        with looking(ask, services) as (session, _):
            some = classes[start : start + AT_ONCE]
            found += improved_of(who, some, session=session, now=now)
    yield usage_modal(replace(usage, improved=found))
