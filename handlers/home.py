"""App Home: published when it is opened."""

from datetime import timedelta

from sqlalchemy.orm import Session

from handlers.actions.waiting import home_waiting
from handlers.ask import Ask
from handlers.codec import Ref
from handlers.overviews import delivering, is_administrator
from handlers.people import Asker, opening
from handlers.quick import publish_home
from handlers.reports import class_report
from handlers.services import Services
from handlers.views.blocks import Blocks
from handlers.views.deliveries import delivery_blocks
from handlers.views.home import ClassLine, home_for_nobody, home_view
from handlers.views.meetings.home_meetings import MOST_MEETINGS, home_meetings
from interventions.meetings import MeetingView, upcoming_meetings
from school.access import visible_classes
from school.errors import NotAllowed

MOST_SENTENCES = 12
"""Classes with a sentence of their own; more would make Home slow to open."""
DAYS_AHEAD = timedelta(days=7)


def home_opened(ask: Ask, services: Services) -> None:
    """Show a teacher's classes, each with its sentence; to everybody else say what to do."""
    if ask.event.get("tab") == "home":
        show_home(ask, services)


def show_home(ask: Ask, services: Services, said: str = "") -> None:
    """Publish the asker's Home. `said`: what an administrator's click on it has led to."""
    try:
        with opening(ask, services) as (session, asker):
            meetings = home_meetings(_meetings(asker, session=session), asker.now)
            pending = home_waiting(asker, session=session)
            delivery = _delivery(asker, services, said, session=session)
            view = home_view(_lines(asker, session=session), meetings, delivery, pending)
    except NotAllowed as refusal:
        view = home_for_nobody(str(refusal), ask.user_id)
    publish_home(ask, services, view)


def _meetings(asker: Asker, *, session: Session) -> list[MeetingView]:
    """The asker's own meetings of the next days."""
    until = asker.now + DAYS_AHEAD
    one_more = MOST_MEETINGS + 1
    return upcoming_meetings(asker.viewer, until, session=session, now=asker.now, most=one_more)


def _delivery(asker: Asker, services: Services, said: str, *, session: Session) -> Blocks:
    """How deliveries stand, for administrators; nothing for everybody else."""
    if not is_administrator(asker):
        return []
    shown = delivering(asker, services, session=session, whole=False, said=said)
    return delivery_blocks(shown)


def _lines(asker: Asker, *, session: Session) -> list[ClassLine]:
    lines = []
    for number, one in enumerate(visible_classes(session, asker.viewer)):
        finding = ""
        if number < MOST_SENTENCES:
            report = class_report(
                asker.viewer, Ref(class_id=one.id), "home", session=session, now=asker.now
            )
            finding = report.finding
        lines.append(ClassLine(one.id, one.title, one.source_id, finding))
    return lines
