"""A form that is sent again with something else in it, whatever its act.

Slack may have said that it had trouble although the first submission was taken in. Whoever then
changes what they typed and sends it again is told what went out, and can send theirs as another:
the form keeps all that is typed and gets a new draft.
"""

from dataclasses import replace
from functools import wraps
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.wording import clock_words, moment_words
from handlers.ask import Ask
from handlers.deliveries.interventions import card_view
from handlers.drafts import new_draft
from handlers.ids import Action
from handlers.listening import Listener
from handlers.people import Asker, opening
from handlers.pointers import link_to_messages
from handlers.services import Services
from handlers.views.fields import text_in
from handlers.views.interventions.again import Before, done_before, form_again
from handlers.views.interventions.intervention_card import CardView
from interventions.once import DoneOtherwise
from school.models import Intervention, InterventionType, Meeting


def told_again(submitted: Listener) -> Listener:
    """The listener of a form; where its draft has done something else it says so, and what."""

    @wraps(submitted)
    def listener(ask: Ask, services: Services) -> None:
        try:
            submitted(ask, services)
        except DoneOtherwise as found:
            with opening(ask, services) as (session, asker):
                before = _before(ask, asker, found.done, session=session)
            ask.ack(response_action="update", view=_view(ask, before))

    return listener


def _view(ask: Ask, before: Before) -> dict[str, object]:
    if before.kind is InterventionType.RESOLUTION:
        typed = text_in(ask.view, Action.RESOLVE_NOTES)
        return done_before(ask.view["title"]["text"], before, typed)
    return form_again(ask.view, before, replace(ask.carried, draft=new_draft()))


def _before(ask: Ask, asker: Asker, number: int, *, session: Session) -> Before:
    """What was done, opened and audited. Raises NotFound."""
    card = card_view(asker.viewer, number, session=session, now=asker.now)
    return Before(
        kind=card.kind,
        when=_when(card, asker),
        lines=_lines(card, number, asker, session=session),
        withdrawn=card.withdrawn_at is not None,
        delivery_id=None if card.withdrawn_at else card.part.delivery_id,
        link=link_to_messages(ask, asker),
    )


def _when(card: CardView, asker: Asker) -> str:
    """`at 9:12`; the day with it where it was another."""
    zone = ZoneInfo(card.zone)
    if card.at.astimezone(zone).date() == asker.now.astimezone(zone).date():
        return f"at {clock_words(card.at, card.zone)}"
    return moment_words(card.at, card.zone, asker.now)


def _lines(card: CardView, number: int, asker: Asker, *, session: Session) -> list[str]:
    """The beginning of what went out, and to whom."""
    done = session.get_one(Intervention, number)
    who = card.part.who or card.student_name
    if card.kind is InterventionType.MESSAGE:
        return [who, done.action_taken]
    if card.kind is InterventionType.MEETING:
        return [f"{who} · {done.action_taken}, {_meets(card, number, asker, session=session)}"]
    return [who, *(card.part.lines or (done.action_taken,))]


def _meets(card: CardView, number: int, asker: Asker, *, session: Session) -> str:
    query = select(Meeting.scheduled_at).where(Meeting.intervention_id == number)
    return moment_words(session.scalars(query).one(), card.zone, asker.now)
