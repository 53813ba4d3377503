"""A message's part of its card: how it reached the student, and what they answered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from analytics.wording import plural
from handlers.cards.part import Part
from handlers.codec import OWN_WORDS, Ref
from handlers.ids import Act, Action
from handlers.mail.marked import plain_of
from handlers.taking_back import can_be_taken_back
from handlers.views.blocks import Element, button
from handlers.views.reports.reasons import reason_of
from interventions.messages import Sent, sent_for, sent_with, steps_of
from interventions.outcomes import Outcome, State
from interventions.students import Way
from school.models import Intervention, Medium, Student

SHOWN = 400
"""Characters of a message or an answer on its card; the history has the whole."""
NAMED = 3
WENT = {State.SENT, State.FETCHED, State.READ, State.REPLIED}
WAYS = {Way.SLACK.value: "In Slack", Way.MAIL.value: "By e-mail"}
CLOSED = {
    "no_access": "It was not sent: you no longer teach this student.",
    "no_student": "It was not sent: the student is not on the roster any more.",
    "no_address": "It was not sent: there is no e-mail address on record any more.",
    "past_use": "It was not sent: it could not be delivered in a week.",
}
"""Why what was closed did not go."""


def message_part(session: Session, intervention: Intervention, now: datetime) -> Part:
    """What the card says of a message, or of those that went out together."""
    sent = sent_for(session, [intervention.id]).get(intervention.id)
    if sent is None:
        return Part(Outcome(State.NO_WAY, intervention.created_at))
    together = sent_with(session, sent) if sent.lead_id == intervention.id else [sent]
    if len(together) > 1:
        return _group(session, together, now)
    steps = steps_of(sent)
    return Part(
        outcome=steps[-1],
        steps=steps[:-1],
        lines=tuple(_lines(sent, steps)),
        buttons=_buttons(sent, steps[-1]),
        delivery_id=_to_take_back(sent, now),
    )


def _lines(sent: Sent, steps: Sequence[Outcome]) -> list[str]:
    way = WAYS.get(sent.message.way or "")
    said = f"“{_short(plain_of(sent.message.message))}”"
    lines = [f"{way}: {said}" if way else said]
    lines += [f"Answer: “{_short(one.reply)}”" for one in sent.replies[-NAMED:]]
    if steps[-1].state in (State.FAILED, State.NO_WAY):
        lines.append(_why_not(sent, steps[-1].detail or ""))
    return lines


def _why_not(sent: Sent, code: str) -> str:
    if code in CLOSED:
        return CLOSED[code]
    medium = Medium.MAIL if sent.message.way == Way.MAIL.value else Medium.SLACK
    reason = reason_of(code, medium)
    return f"{reason.why} {reason.advice(is_administrator=False)}"


def _buttons(sent: Sent, outcome: Outcome) -> tuple[Element, ...]:
    if outcome.state not in WENT:
        return ()
    own = sent.message
    concern = sent.intervention.concern if sent.intervention is not None else None
    words, template = ("Write back", OWN_WORDS) if sent.replies else ("Write again", None)
    ref = Ref(act=Act.MESSAGE.value, student=own.student_id, concern=concern, template=template)
    return (button(words, Action.ACT, ref.encode(), number=0),)


def _to_take_back(sent: Sent, now: datetime) -> int | None:
    delivery = sent.delivery
    return delivery.id if delivery is not None and can_be_taken_back(delivery, now) else None


def _group(session: Session, together: Sequence[Sent], now: datetime) -> Part:
    """Several at once: to whom, how many have read and answered, and who was not reached."""
    outcomes = [steps_of(one) for one in together]
    last = [steps[-1] for steps in outcomes]
    waiting = [one for one in together if _to_take_back(one, now) is not None]
    return Part(
        outcome=_of_all(last),
        lines=tuple(_group_lines(session, together, last)),
        delivery_id=_to_take_back(waiting[0], now) if waiting else None,
        who=plural(len(together), "student"),
    )


def _of_all(last: Sequence[Outcome]) -> Outcome:
    """Where those furthest back stand, but those that never went come last."""
    for state in (State.WAITING, State.SENT, State.FETCHED, State.READ, State.REPLIED):
        if any(one.state is state for one in last):
            return Outcome(state)
    return last[0]


def _group_lines(session: Session, together: Sequence[Sent], last: Sequence[Outcome]) -> list[str]:
    named = [(_name(session, one), one, at.state) for one, at in zip(together, last, strict=True)]
    answers = [(name, one) for name, one, state in named if state is State.REPLIED]
    missed = [name for name, _, state in named if state in (State.FAILED, State.NO_WAY)]
    opened = sum(state is State.READ for *_, state in named)
    counts = [f"{len(answers)} answered"] if answers else []
    counts += [f"{opened} opened it"] if opened else []
    lines = [f"To {_named([name for name, *_ in named])}"]
    lines += [f"So far: {', '.join(counts)}."] if counts else []
    lines += [f"{name}: “{_short(one.replies[-1].reply)}”" for name, one in answers[:NAMED]]
    return lines + ([f"Not reached: {_named(missed)}"] if missed else [])


def _named(names: Sequence[str]) -> str:
    if len(names) <= NAMED + 1:
        return ", ".join(names)
    return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"


def _name(session: Session, sent: Sent) -> str:
    return session.get_one(Student, sent.message.student_id).name


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1].rstrip()}…"
