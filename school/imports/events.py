"""One event of practice as a file tells it, before anything of it is in the records."""

from collections.abc import Iterator
from typing import ClassVar, NamedTuple, Protocol

from school.imports.outcome import Problems

WRONG, RIGHT, HINT, NO_OUTCOME, SESSION = 0, 1, 2, 3, 4
"""The values of `Answer.outcome`."""


class PracticeEvent(NamedTuple):
    """An answer, a hint asked for, a look at a step, or a whole session.

    `at` is in milliseconds since 1970, `skills` are (id, name), `own_id` is the source's own id
    for the event or empty, `sequence` its place in the file where the file has one. `questions` and
    `correct` are those of a session, whose `at` is its start.
    """

    line: int
    student: str
    at: int
    sequence: int
    outcome: int
    skills: tuple[tuple[str, str], ...]
    item: str | None
    seconds: float | None
    hints: int | None
    session: str | None
    xp: float | None
    class_name: str
    own_id: str
    questions: int | None = None
    correct: int | None = None


class Reader(Protocol):
    """Reads one kind of practice file.

    `source` names the feed; `fields` gives the file's own words for what it has to have.
    """

    source: str
    fields: ClassVar[dict[str, str]]

    def events(self, problems: Problems) -> Iterator[PracticeEvent]:
        """The usable events in the file's order; what cannot be used goes to `problems`."""
        ...
