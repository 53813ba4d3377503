"""How an intervention came out, in the same few words for all kinds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from school.models import Intervention


class State(StrEnum):
    """Where something that was done stands. Not every kind knows every state."""

    WAITING = "waiting"  # saved, not gone yet
    NO_WAY = "no_way"  # there is no way to reach them
    FAILED = "failed"  # could not be sent
    TAKEN_BACK = "taken_back"
    SENT = "sent"  # delivered; nothing is known beyond
    FETCHED = "fetched"  # something asked for its page, perhaps a scanner
    READ = "read"  # by a click, a reply or a page visit
    REPLIED = "replied"
    RUNNING = "running"  # practice under way, a pair at work, a meeting to come
    OVERDUE = "overdue"
    COMPLETED = "completed"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    HELD = "held"
    MISSED = "missed"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where it stands since `at`; `detail` is what there is to say beside it, such as a reply.

    `answers` are a family's, one of each guardian who answered: the code of the click and the
    words, either of them empty where there is none.
    """

    state: State
    at: datetime | None = None
    detail: str | None = None
    answers: tuple[tuple[str, str], ...] = ()


Outcomes = Callable[[Session, Sequence[Intervention], datetime], Mapping[int, Outcome]]
"""How some interventions of one kind stand, by their ids: in few queries, whatever their number."""
