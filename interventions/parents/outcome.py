"""How the notices to a family stand: the furthest that any of the guardians has come."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from interventions.outcomes import Outcome, State
from interventions.parents.notify import notices_of
from school.links import PageKind, revoke_links
from school.models import (
    Delivery,
    DeliveryState,
    Intervention,
    PageLink,
    ParentAnswer,
    ParentNotice,
)

FURTHEST = (
    State.REPLIED,
    State.READ,
    State.FETCHED,
    State.SENT,
    State.WAITING,
    State.FAILED,
    State.TAKEN_BACK,
)
"""Of several guardians' states the first one here is the family's."""
_NOT_SENT = {
    DeliveryState.FAILED.value: State.FAILED,
    DeliveryState.TAKEN_BACK.value: State.TAKEN_BACK,
    DeliveryState.CLOSED.value: State.FAILED,
}


@dataclass(frozen=True, slots=True)
class NoticeStands:
    """One notice with how it stands, and what happened to it, the oldest first."""

    notice: ParentNotice
    steps: tuple[Outcome, ...]
    answer: ParentAnswer | None = None
    error: str | None = None

    @property
    def outcome(self) -> Outcome:
        """Where it stands now."""
        return self.steps[-1]


def outcomes(
    session: Session, interventions: Sequence[Intervention], now: datetime
) -> Mapping[int, Outcome]:
    """How some interventions of this kind stand, by their ids."""
    ids = [one.id for one in interventions]
    stand: dict[int, list[Outcome]] = defaultdict(list)
    for one in standing(ids, session=session):
        stand[one.notice.intervention_id or 0].append(one.outcome)
    return {each: _of_all(found) for each, found in stand.items()}


def furthest(found: Iterable[Outcome]) -> Outcome:
    """The outcome of the guardian who has come furthest, the latest of several."""
    latest = sorted(found, key=lambda one: one.at.timestamp() if one.at else 0.0, reverse=True)
    return min(latest, key=lambda one: FURTHEST.index(one.state))


def _of_all(found: Sequence[Outcome]) -> Outcome:
    """The furthest, with what each of the guardians has answered."""
    return replace(furthest(found), answers=tuple(said for one in found for said in one.answers))


def standing(intervention_ids: Sequence[int], *, session: Session) -> list[NoticeStands]:
    """Every notice of some interventions, in four queries whatever their number."""
    notices = notices_of(intervention_ids, session=session)
    links, answers = _links(notices, session), _answers(notices, session)
    mails = _mails(notices, session)
    return [
        _stands(one, mails.get(one.delivery_id or 0), links.get(one.id), answers.get(one.id))
        for one in notices
    ]


def revoke_pages(session: Session, intervention: Intervention, now: datetime) -> None:
    """What taking back means beside stopping the e-mails: no link opens any more."""
    for one in notices_of([intervention.id], session=session):
        revoke_links(session, one.workspace_id, PageKind.PARENT, one.id, now=now)


def _stands(
    notice: ParentNotice,
    mail: Delivery | None,
    link: PageLink | None,
    answer: ParentAnswer | None,
) -> NoticeStands:
    if mail is None or mail.finished_at is None:
        first = Outcome(State.WAITING)
    elif mail.state in _NOT_SENT:
        first = Outcome(_NOT_SENT[mail.state], mail.finished_at)
    else:
        first = Outcome(State.SENT, mail.finished_at)
    steps = [first]
    if link is not None and link.opened_at is not None:
        steps.append(Outcome(State.READ, link.opened_at))
    elif link is not None and link.fetched_at is not None:
        steps.append(Outcome(State.FETCHED, link.fetched_at))
    if answer is not None:
        said = answer.choice, answer.answer
        words = answer.answer or answer.choice
        steps.append(Outcome(State.REPLIED, answer.answered_at, words, (said,)))
    error = mail.error if mail is not None and first.state is State.FAILED else None
    return NoticeStands(notice, tuple(steps), answer, error)


def _mails(notices: Sequence[ParentNotice], session: Session) -> dict[int, Delivery]:
    query = select(Delivery).where(
        Delivery.workspace_id.in_({one.workspace_id for one in notices}),
        Delivery.id.in_([one.delivery_id for one in notices]),
    )
    return {one.id: one for one in session.scalars(query)}


def _links(notices: Sequence[ParentNotice], session: Session) -> dict[int, PageLink]:
    query = select(PageLink).where(
        PageLink.kind == PageKind.PARENT.value,
        PageLink.subject_id.in_([one.id for one in notices]),
    )
    return {one.subject_id: one for one in session.scalars(query)}


def _answers(notices: Sequence[ParentNotice], session: Session) -> dict[int, ParentAnswer]:
    ids = [one.id for one in notices]
    latest = (
        select(func.max(ParentAnswer.id))
        .where(ParentAnswer.notice_id.in_(ids))
        .group_by(ParentAnswer.notice_id)
    )
    found = session.scalars(select(ParentAnswer).where(ParentAnswer.id.in_(latest)))
    return {one.notice_id: one for one in found}
