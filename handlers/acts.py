"""Opening what a teacher can do for a student: the same opener wherever it was asked for.

A button, a menu, a shortcut and `/homeroom` come here with a `Ref` that says for whom and why.
"""

from collections.abc import Callable, Mapping

from handlers.ask import Ask
from handlers.codec import OLDER, Ref
from handlers.ids import Act
from handlers.services import Services
from school.errors import InvalidInput

Opener = Callable[[Ask, Services, Ref], None]
"""Opens the modal of an act for `ref.student` (none: it asks for whom) and acknowledges the ask."""

OPENERS: Mapping[Act, Opener] = {}
"""Every act that is built."""


def act_action(ask: Ask, services: Services) -> None:
    """A button or menu that stands for an act. Raises InvalidInput for one that is not built."""
    known = {act.value: opener for act, opener in OPENERS.items()}
    opener = known.get(ask.ref.act or "")
    if opener is None:
        raise InvalidInput("act", OLDER)
    opener(ask, services, ask.ref)
