"""App Home: published when it is opened."""

from collections.abc import Callable, Sequence
from concurrent.futures import wait
from datetime import timedelta
from functools import partial

from sqlalchemy.orm import Session

from handlers.actions.waiting import home_waiting
from handlers.ask import Ask
from handlers.codec import Ref
from handlers.errors import say_later, words_for
from handlers.overviews import delivering, is_administrator
from handlers.people import Asker, opening
from handlers.quick import View, publish_home
from handlers.reports import class_report
from handlers.services import Services
from handlers.views.blocks import Blocks
from handlers.views.deliveries import delivery_blocks
from handlers.views.home import ClassLine, home_for_nobody, home_view
from handlers.views.meetings.home_meetings import MOST_MEETINGS, home_meetings
from interventions.meetings import MeetingView, upcoming_meetings
from school.access import visible_classes
from school.errors import NotAllowed
from school.models import Class

MOST_SENTENCES = 12
"""Classes with a sentence of their own; more would make Home slow to open."""
FOLLOWS = "One moment…"
"""What stands in the place of a sentence that is still worked out."""
DAYS_AHEAD = timedelta(days=7)
Frame = Callable[[Sequence[ClassLine]], View]
"""Makes Home of the lines of its classes."""


def home_opened(ask: Ask, services: Services) -> None:
    """Show a teacher's classes, each with its sentence; to everybody else say what to do."""
    if ask.event.get("tab") == "home":
        show_home(ask, services)


def show_home(ask: Ask, services: Services, said: str = "") -> None:
    """Publish the asker's Home. `said`: what an administrator's click on it has led to.

    The sentences of many classes take a while: where they take longer than `home_wait`, all else
    is there before them. They are worked out elsewhere, so that no Home keeps Slack waiting.
    """
    try:
        with opening(ask, services) as (session, asker):
            frame = _frame(asker, services, said, session=session)
            classes = visible_classes(session, asker.viewer)
    except NotAllowed as refusal:
        publish_home(ask, services, home_for_nobody(str(refusal), ask.user_id))
        return
    whose = asker.viewer.workspace_id, asker.user.id
    whole = services.homes.begin(whose, partial(_whole, ask, services, frame))
    if whole in wait([whole], services.settings.home_wait).done:
        if (view := whole.result()) is not None:
            publish_home(ask, services, view)
        return
    known = [_line(one, FOLLOWS) for one in classes[:MOST_SENTENCES]]
    known += [_line(one) for one in classes[MOST_SENTENCES:]]
    publish_home(ask, services, frame(known))
    services.homes.tell(
        whole,
        partial(publish_home, ask, services),
        lambda error: say_later(words_for(error, ask), ask, services),
    )


def _whole(ask: Ask, services: Services, frame: Frame) -> View:
    """Home with the sentences of its classes, which are opened, and audited."""
    try:
        with opening(ask, services) as (session, asker):
            return frame(_lines(asker, session=session))
    except NotAllowed as refusal:
        return home_for_nobody(str(refusal), ask.user_id)


def _frame(asker: Asker, services: Services, said: str, *, session: Session) -> Frame:
    """Home without its classes, which are to be put in."""
    pending = home_waiting(asker, session=session)
    meetings = home_meetings(_meetings(asker, session=session), asker.now)
    delivery = _delivery(asker, services, said, session=session)
    administers = is_administrator(asker)
    return lambda classes: home_view(
        classes, [*pending, *meetings], delivery, administers=administers
    )


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
        lines.append(_line(one, finding))
    return lines


def _line(one: Class, finding: str = "") -> ClassLine:
    return ClassLine(one.id, one.title, one.source_id, finding)
