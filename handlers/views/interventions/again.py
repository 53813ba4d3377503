"""What a form shows that was sent again with something else in it: what went out before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.views.blocks import (
    Blocks,
    Element,
    actions,
    bold,
    divider,
    line,
    link_button,
    plain,
    section,
)
from handlers.views.interventions.taking_back import take_back_button
from handlers.views.limits import LIMITS
from handlers.views.modals import View, modal
from school.models import InterventionType

ALREADY = {
    InterventionType.MESSAGE: "Sent already",
    InterventionType.ASSIGNMENT: "Assigned already",
    InterventionType.MEETING: "Scheduled already",
    InterventionType.PARENT_NOTICE: "Sent already",
    InterventionType.PEER_TUTORING: "Asked already",
    InterventionType.RESOLUTION: "Resolved already",
}
ANOTHER = {
    InterventionType.MESSAGE: "Send another",
    InterventionType.ASSIGNMENT: "Assign another",
    InterventionType.MEETING: "Schedule another",
    InterventionType.PARENT_NOTICE: "Send another",
    InterventionType.PEER_TUTORING: "Ask for another",
}
"""What sends off what is typed now, as something of its own."""
ITS_CARD = "Its card is in your messages with me."
MARK = "done_before"
"""The block that says it begins with this, so that a second notice takes its place."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was done under a form before: its beginning in `lines`, `when` in words.

    `delivery_id` is what can be taken back still, `link` the way to its card.
    """

    kind: InterventionType
    when: str
    lines: Sequence[str]
    withdrawn: bool = False
    delivery_id: int | None = None
    link: str | None = None


def form_again(form: dict[str, Any], before: Before, ref: Ref) -> View:
    """The form as it stands, with all that is typed in it, under what was done before; `ref` has
    a new draft, so that sending it does something of its own.
    """
    own = [one for one in form["blocks"] if not str(one.get("block_id")).startswith(MARK)]
    another = ANOTHER[before.kind]
    words = f"What stands below now did not go. [{another}] does that as well; else just close."
    notice = [*_notice(before), line(words), divider()]
    marked = [one | {"block_id": f"{MARK}:{number}"} for number, one in enumerate(notice)]
    kept = {key: form[key] for key in ("type", "callback_id", "title") if key in form}
    return kept | {
        "close": plain("Close", "modal button"),
        "submit": plain(another, "modal button"),
        "private_metadata": ref.encode(),
        "blocks": [*marked, *own][: LIMITS["view blocks"]],
    }


def done_before(title: str, before: Before, typed: str) -> View:
    """What was done before, in the place of a form that has nothing to be done again."""
    left = [line(bold("You have typed now, which was not kept:")), section(typed)] if typed else []
    return modal(Modal.NOTE, title, [*_notice(before), *left])


def _notice(before: Before) -> Blocks:
    since = ", and taken back since" if before.withdrawn else ""
    head = line(bold(f"{ALREADY[before.kind]} {before.when}{since}. This is how:"))
    back = [] if before.delivery_id is None else [take_back_button(before.delivery_id)]
    to_it = [link_button("Open", Action.OPEN_LINK, before.link)] if before.link else []
    buttons: list[Element] = [*back, *to_it]
    row = [actions(*buttons)] if buttons else []
    return [head, *[line(one) for one in before.lines], line(ITS_CARD), *row]
