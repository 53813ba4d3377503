"""The last look at what goes to a student or a family: sent as it was seen, page by page."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.ask import Ask
from handlers.codec import OLDER, Ref
from handlers.ids import Modal
from handlers.last_look import Looker, kept_form, looking_first, sent_as_seen
from handlers.listening import Listener
from handlers.modals.bulk import bulk_look, bulk_submitted
from handlers.modals.message import message_look, message_submitted
from handlers.modals.parent import parent_look, parent_submitted
from handlers.quick import change_view
from handlers.services import Services
from handlers.views.last_look import last_look_modal
from school.errors import InvalidInput

FORMS: Mapping[Modal, tuple[Listener, Looker]] = {
    Modal.MESSAGE: (message_submitted, message_look),
    Modal.BULK: (bulk_submitted, bulk_look),
    Modal.PARENT: (parent_submitted, parent_look),
}
"""The forms whose words somebody outside will read: how each is sent, and looked at."""


def seen_first(modal: Modal) -> Listener:
    """The listener of such a form."""
    return looking_first(modal, *FORMS[modal])


def last_look_submitted(ask: Ask, services: Services) -> None:
    """Send just what was looked at, once; where it reads otherwise by now that is shown."""
    sent_as_seen(ask, services, seen_first(_form(ask.carried)))


def look_page_action(ask: Ask, services: Services) -> None:
    """Show another page of a last look. Raises InvalidInput."""
    ref = ask.carried
    _submitted, look = FORMS[_form(ref)]
    shown = look(kept_form(ask, services), services, ask.ref.page or 0)
    ask.ack()
    view = last_look_modal(shown.blocks, replace(ref, seen=shown.seen), shown.submit)
    change_view(ask, services, view)


def _form(ref: Ref) -> Modal:
    """Which form is looked at. Raises InvalidInput for one that is not."""
    found = next((one for one in FORMS if one.value == ref.form), None)
    if found is None:
        raise InvalidInput("form", OLDER)
    return found
