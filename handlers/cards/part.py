"""What a kind of intervention says of one of them on its card: the protocol of the parts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.views.blocks import Element
from interventions.outcomes import Outcome
from school.models import Intervention


@dataclass(frozen=True, slots=True)
class Part:
    """A kind's part of the card, rendered for the teacher whose intervention it is.

    `outcome` is where it stands, `steps` what happened to it before that, the oldest first: the
    title tells both with their times. `done` is what the title says was done ("Message sent");
    without it the usual words of the kind stand there, as the student's name does without `who`
    (such as "5 students", where one card is for several). `lines` follow, each a paragraph of plain
    text, then `buttons`, after those that every card has.

    `delivery_id` is one that goes to a person and can be taken back still, with all that went out
    with it about the same intervention; `can_undo` says that the whole can be undone: see
    `interventions.kinds.TAKEN_BACK`. Nothing of both is shown of what was withdrawn.
    """

    outcome: Outcome
    lines: tuple[str, ...] = ()
    buttons: tuple[Element, ...] = ()
    delivery_id: int | None = None
    can_undo: bool = False
    steps: tuple[Outcome, ...] = ()
    done: str | None = None
    who: str | None = None


CardPart = Callable[[Session, Intervention, datetime], Part]
"""Makes the part of one intervention, as of now. It reads; the card has opened the student."""
