"""App Home."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from handlers.ask import Answer
from handlers.codec import Ref
from handlers.ids import Action
from handlers.views.blocks import Block, Blocks, actions, bold, button, divider, line, section
from handlers.views.help import help_blocks, how_to_be_linked
from handlers.views.limits import LIMITS, shorten, shorten_middle

MOST_CLASSES = 40
NO_CLASSES = (
    "You have no classes here yet. Ask the person who runs Homeroom to import them or to link "
    "you to them."
)


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class in Home, with its one sentence (empty where it has none)."""

    class_id: int
    title: str
    source_id: str
    finding: str


def home_view(
    classes: Sequence[ClassLine],
    ahead: Sequence[Block] = (),
    delivery: Sequence[Block] = (),
    *,
    administers: bool = False,
) -> dict[str, Any]:
    """A teacher's Home: what is `ahead` (what waits, the meetings of the next days), the classes,
    the ways to whatever helps a student and to the settings, then help.

    `delivery` is how deliveries stand, for administrators.
    """
    names = Counter(one.title for one in classes)
    blocks: Blocks = [*ahead, line(bold("Your classes")) if classes else section(NO_CLASSES)]
    for one in classes[:MOST_CLASSES]:
        blocks += _class_blocks(one, tell_apart=names[one.title] > 1)
    if len(classes) > MOST_CLASSES:
        more = len(classes) - MOST_CLASSES
        blocks.append(section(f"And {more} more: /class-report finds them by name."))
    help_one = [button("Help a student", Action.HELP_STUDENT, Ref().encode())] if classes else []
    settings = button("Settings", Action.OPEN_SETTINGS, Ref().encode())
    blocks.append(actions(*help_one, settings))
    if delivery:
        blocks += [divider(), *delivery]
    return _home([*blocks, divider(), *help_blocks(administers=administers)])


def home_for_nobody(refusal: str, slack_user_id: str) -> dict[str, Any]:
    """Home for somebody who is no teacher here: why, and what to do."""
    return _home(how_to_be_linked(refusal, slack_user_id))


def home_saying(answer: Answer) -> dict[str, Any]:
    """Home where it could not be made: why."""
    return _home(answer.blocks)


def _class_blocks(one: ClassLine, *, tell_apart: bool) -> Blocks:
    title = shorten(one.title, "name")
    if tell_apart:
        title += f" · {shorten_middle(one.source_id, 'choice id')}"
    words = f"{title}\n{shorten(one.finding, 'finding')}" if one.finding else title
    report = button("Report", Action.HOME_REPORT, Ref(class_id=one.class_id).encode())
    block: Block = {
        "type": "section",
        "text": {"type": "plain_text", "text": words, "emoji": False},
        "accessory": report,
    }
    return [block]


def _home(blocks: Blocks) -> dict[str, Any]:
    return {"type": "home", "blocks": blocks[: LIMITS["view blocks"]]}
