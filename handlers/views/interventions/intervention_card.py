"""What was done for a student as a card in its teacher's messages, edited in place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from analytics.wording import clock_words, moment_words
from handlers.cards.part import Part
from handlers.codec import Ref
from handlers.ids import Action
from handlers.views.blocks import Block, Blocks, Element, Span, actions, bold, button, italic, line
from handlers.views.interventions.intervention_words import STATES, done_words, dot, is_worth_saying
from handlers.views.interventions.rating import rating_menu, rating_words
from handlers.views.interventions.taking_back import take_back_button, take_back_words
from handlers.views.limits import shorten
from interventions.outcomes import Outcome
from interventions.standing import NEVER_WAS
from school.models import InterventionType

CARD_TEXT = "Something that you did for a student."
"""What a lock screen shows: it names nobody."""


@dataclass(frozen=True, slots=True)
class CardView:
    """One intervention as its card shows it to one reader; `by` is who did it, None the reader.

    `window` is how long it can be taken back in all, None where it cannot any more.
    """

    id: int
    version: int
    kind: InterventionType
    student_name: str
    by: str | None
    at: datetime
    zone: str
    part: Part
    withdrawn_at: datetime | None = None
    rating: int | None = None
    window: timedelta | None = None

    @property
    def ref(self) -> Ref:
        """The intervention as it stands, for its buttons."""
        return Ref(intervention=self.id, version=self.version)


def intervention_card(view: CardView, *, now: datetime) -> Blocks:
    """Who, what, when and how it stands; the kind's own lines; what can be done about it now."""
    rated = () if view.rating is None else (f"Your rating: {rating_words(view.rating)}",)
    back = () if view.window is None else (take_back_words(view.window),)
    lines = [line(one) for one in (*view.part.lines, *rated, *back) if one]
    buttons = _buttons(view)
    return [card_title(view, now=now), *lines, *([actions(*buttons)] if buttons else [])]


def card_title(view: CardView, *, now: datetime) -> Block:
    """The line that alone is worth reading: `🟡 Leo Park · Message sent by you, … · opened …`."""
    part = view.part
    name = bold(shorten(part.who or view.student_name, "name"))
    done = done_words(view.kind, part.outcome.state)
    by = view.by and shorten(view.by, "name")
    withdrawn = view.withdrawn_at or view.at
    when = moment_words(withdrawn, view.zone, now)
    first: list[Span | str] = [f"{dot(part.outcome)} ", name, " · ", italic(part.done or done)]
    return line(*first, f" by {by or 'you'}, {when}", *_steps(view, now))


def _steps(view: CardView, now: datetime) -> list[str]:
    """What happened to it since, each with its time; the day only where it is another."""
    last, said = view.at, []
    for step in _worth_saying([*view.part.steps, view.part.outcome]):
        said.append(f" · {STATES[step.state]}{_when(view, step.at, last, now)}")
        last = step.at or last
    return said


def _worth_saying(steps: Sequence[Outcome]) -> list[Outcome]:
    return [one for one in steps if is_worth_saying(one.state)]


def _when(view: CardView, at: datetime | None, last: datetime, now: datetime) -> str:
    if at is None:
        return ""
    zone = ZoneInfo(view.zone)
    same_day = at.astimezone(zone).date() == last.astimezone(zone).date()
    return f" {clock_words(at, view.zone) if same_day else moment_words(at, view.zone, now)}"


def _buttons(view: CardView) -> list[Element]:
    part = view.part
    if view.withdrawn_at is not None:
        return []
    if part.delivery_id is not None:
        return [take_back_button(part.delivery_id), *part.buttons]
    undo = button("Undo", Action.UNDO_INTERVENTION, view.ref.encode())
    rate = [rating_menu(view.id, view.rating)] if _can_rate(view) else []
    return [*([undo] if part.can_undo else []), *part.buttons, *rate]


def _can_rate(view: CardView) -> bool:
    """Once it has reached anybody, by who did it."""
    return view.by is None and view.part.outcome.state not in NEVER_WAS
