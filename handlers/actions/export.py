"""Buttons that ask for a file: a PDF, a CSV, the parents' version, a class pack."""

from handlers.ask import Answer, Ask
from handlers.codec import OLDER
from handlers.exports import save_export
from handlers.forms import is_export
from handlers.people import saving
from handlers.pointers import file_pointer, held_back
from handlers.quick import respond
from handlers.reports import title_of
from handlers.services import Services
from handlers.views.reports.answers import held_words
from school.errors import InvalidInput

ONCE = "You asked for this file a moment ago: it comes once."


def export_action(ask: Ask, services: Services) -> None:
    """Have a file made; a notice in the direct messages says at once that it is under way."""
    ref = ask.ref.report_only()
    if not is_export(ref):
        raise InvalidInput("kind", OLDER)
    with saving(ask, services) as (session, asker):
        title = title_of(asker.viewer, ref, session=session)
        patience = services.settings.double_click
        saved = save_export(asker, ref, ask.key, session=session, double_click=patience)
    ask.ack()
    services.wake()
    if not saved.is_new:
        respond(ask, services, Answer.plain(ONCE))
    elif wait := held_back(asker, services, "chat.postMessage"):
        respond(ask, services, Answer.plain(held_words(wait)))
    elif not (ask.channel or "").startswith("D"):
        respond(ask, services, file_pointer(ask, asker, title, services))
