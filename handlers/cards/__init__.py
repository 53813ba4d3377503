"""The card that every intervention has in its teacher's messages, and each kind's part of it.

A kind's part is a function in a file of its own here, and one line in `PARTS`.
"""

from collections.abc import Mapping

from handlers.cards.assignment import assignment_part
from handlers.cards.message import message_part
from handlers.cards.parent import parent_part
from handlers.cards.part import CardPart, Part
from handlers.cards.resolution import resolution_part
from handlers.cards.tutoring import tutoring_part
from school.models import InterventionType

PARTS: Mapping[InterventionType, CardPart] = {
    InterventionType.ASSIGNMENT: assignment_part,
    InterventionType.MESSAGE: message_part,
    InterventionType.PARENT_NOTICE: parent_part,
    InterventionType.RESOLUTION: resolution_part,
    InterventionType.PEER_TUTORING: tutoring_part,
}
"""The parts of the kinds. One without a line here has a title and its outcome alone."""

__all__ = ["PARTS", "CardPart", "Part"]
