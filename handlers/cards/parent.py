"""The card of an e-mail to a family: how far each guardian is, and what they answered."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.cards.part import Part
from handlers.taking_back import can_be_taken_back
from handlers.views.families.parent_words import CONCERNS, ERRORS, STANDS, answer_words
from handlers.views.limits import shorten
from interventions.outcomes import Outcome, State
from interventions.parents import ConcernType
from interventions.parents.outcome import NoticeStands, furthest, standing
from school.models import Delivery, Guardian, Intervention, ParentNotice

SHOWN_WORDS = 1200
"""Characters of an answer on the card; the message about it has the whole."""


def parent_part(session: Session, intervention: Intervention, now: datetime) -> Part:
    """What the card says of a notice to a family."""
    stand = standing([intervention.id], session=session)
    if not stand:
        return Part(Outcome(State.TAKEN_BACK, intervention.withdrawn_at))
    ids = [one.notice.guardian_id for one in stand]
    names = {
        one.id: one.name for one in session.scalars(select(Guardian).where(Guardian.id.in_(ids)))
    }
    waiting = _waiting(session, stand, now)
    return Part(
        furthest(one.outcome for one in stand),
        lines=(_about(stand[0].notice), *(_line(one, names) for one in stand)),
        delivery_id=waiting.id if waiting is not None else None,
        steps=stand[0].steps[:-1] if len(stand) == 1 else (),
    )


def _about(notice: ParentNotice) -> str:
    about = CONCERNS[ConcernType(notice.concern)]
    report = " · with the report" if notice.with_report else ""
    words = " ".join(notice.message.split())
    return f"{about}{report}: “{shorten(words, 'reason')}”"


def _line(one: NoticeStands, names: dict[int, str]) -> str:
    """`Ngozi Okafor: answered – Please call me`."""
    name = shorten(names[one.notice.guardian_id], "name")
    said = STANDS[one.outcome.state]
    if one.error is not None:
        said = f"{said} ({ERRORS.get(one.error, one.error)})"
    if one.answer is None:
        return f"{name}: {said}"
    again = " (changed)" if one.answer.version > 1 else ""
    words = one.answer.answer
    shown = words if len(words) <= SHOWN_WORDS else f"{words[:SHOWN_WORDS]}…"
    return f"{name}: {said}{again} – {answer_words(one.answer.choice, shown)}"


def _waiting(session: Session, stand: list[NoticeStands], now: datetime) -> Delivery | None:
    """The first e-mail that can be taken back still, with all that go out with it."""
    for one in stand:
        where = one.notice.workspace_id, one.notice.delivery_id or 0
        mail = session.get(Delivery, where)
        if mail is not None and can_be_taken_back(mail, now):
            return mail
    return None
