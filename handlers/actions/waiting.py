"""What a teacher waits for, in App Home: each sort in a modal."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.codec import OLDER
from handlers.people import Asker, opening
from handlers.quick import View, change_view, open_view
from handlers.services import Services
from handlers.views.blocks import Blocks
from handlers.views.interventions.waiting import Seen, waiting_blocks, waiting_modal
from handlers.views.paging import page_of
from interventions.waiting import WaitingFor, WaitingLine, waiting
from school.access import open_student
from school.errors import InvalidInput
from school.zones import own_zone


def waiting_action(ask: Ask, services: Services) -> None:
    """Open one sort in a modal."""
    view = _page(ask, services)
    ask.ack()
    open_view(ask, services, view)


def waiting_page_action(ask: Ask, services: Services) -> None:
    """Show another page in the same modal."""
    view = _page(ask, services)
    ask.ack()
    change_view(ask, services, view)


def home_waiting(asker: Asker, *, session: Session) -> Blocks:
    """The part of Home."""
    found = waiting(asker.viewer, session=session, now=asker.now)
    return waiting_blocks(found, _seen(asker, session=session))


def _page(ask: Ask, services: Services) -> View:
    ref = ask.ref
    if ref.kind not in set(WaitingFor):
        raise InvalidInput("kind", OLDER)
    what = WaitingFor(ref.kind)
    with opening(ask, services) as (session, asker):
        lines = waiting(asker.viewer, session=session, now=asker.now).get(what, ())
        _audit(asker, page_of(lines, ref.page or 0).lines, session=session)
        return waiting_modal(what, lines, ref.page or 0, _seen(asker, session=session))


def _audit(asker: Asker, shown: Sequence[WaitingLine], *, session: Session) -> None:
    for student in dict.fromkeys(one.student_id for one in shown):
        open_student(session, asker.viewer, student, "waiting", now=asker.now)


def _seen(asker: Asker, *, session: Session) -> Seen:
    return Seen(asker.now, own_zone(asker.viewer, session=session).key)
