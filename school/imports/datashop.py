"""DataShop transaction exports: tab-separated, with repeated headers and several KCs a row.

https://pslcdatashop.web.cmu.edu/help?page=importFormatTd describes the columns.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import ClassVar

from school.errors import InvalidInput
from school.imports.events import HINT, NO_OUTCOME, RIGHT, WRONG, PracticeEvent
from school.imports.outcome import Problems, shown
from school.imports.values import BadValue, Clock, code, duration, student_id, zone_named

STUDENT, TIME, OUTCOME = "Anon Student Id", "Time", "Outcome"
REQUIRED = (STUDENT, TIME, OUTCOME)
OPTIONAL = (
    "Row",
    "Transaction Id",
    "Session Id",
    "Time Zone",
    "Duration (sec)",
    "Problem Name",
    "Step Name",
)
_KC = re.compile(r"KC ?\((.+)\)")
_OUTCOMES = {
    "": NO_OUTCOME,
    "CORRECT": RIGHT,
    "OK": RIGHT,
    "INCORRECT": WRONG,
    "ERROR": WRONG,
    "BUG": WRONG,
    "HINT": HINT,
    "INITIAL_HINT": HINT,
    "HINT_LEVEL_CHANGE": HINT,
}


def is_datashop(header: str) -> bool:
    """Whether a file's first line is that of a DataShop transaction export."""
    return STUDENT in header.rstrip("\r\n").split("\t")


@dataclass(frozen=True, slots=True)
class _Columns:
    width: int
    student: int
    time: int
    outcome: int
    kcs: tuple[int, ...]
    row: int | None
    transaction: int | None
    session: int | None
    zone: int | None
    duration: int | None
    problem: int | None
    step: int | None


class DataShopReader:
    """Reads the rows of one export. `kc` names the KC model whose skills count.

    Raises InvalidInput when a needed column is missing or repeated (field `file`), or when there
    is no such KC model (field `kc`).
    """

    source = "DataShop"

    fields: ClassVar = {"student": STUDENT}

    def __init__(self, header: str, lines: Iterable[str], *, kc: str, clock: Clock) -> None:
        self._lines = lines
        self._clock = clock
        self._columns = _columns(header.rstrip("\r\n").split("\t"), kc)

    def events(self, problems: Problems) -> Iterator[PracticeEvent]:
        """The usable events in the file's order."""
        for line, text in enumerate(self._lines, 2):
            row = text.rstrip("\r\n").split("\t")
            if row == [""]:
                continue
            try:
                yield self._event(line, row)
            except BadValue as bad:
                problems.error(line, bad.field, bad.reason)

    def _event(self, line: int, row: list[str]) -> PracticeEvent:
        at = self._columns
        if len(row) != at.width:
            raise BadValue("row", f"has {len(row)} fields where the header has {at.width}")
        own_id = _cell(row, at.transaction)
        session = _cell(row, at.session)
        return PracticeEvent(
            line,
            student_id(row[at.student].strip(), STUDENT),
            self._clock.millis(row[at.time].strip(), TIME, _zone(_cell(row, at.zone))),
            _sequence(_cell(row, at.row)),
            outcome := _outcome(row[at.outcome].strip()),
            _skills(row, at.kcs),
            _item(_cell(row, at.problem), _cell(row, at.step), own_id or _cell(row, at.row)),
            duration(_cell(row, at.duration), "Duration (sec)"),
            1 if outcome == HINT else None,
            code(session) if session else None,
            None,
            "",
            own_id,
        )


def _columns(header: list[str], kc: str) -> _Columns:
    names = [name.strip() for name in header]
    counts = Counter(names)
    if missing := [name for name in REQUIRED if not counts[name]]:
        raise InvalidInput("file", f"The column {missing[0]} is missing.")
    if twice := [name for name in REQUIRED + OPTIONAL if counts[name] > 1]:
        raise InvalidInput("file", f"The column {twice[0]} is there more than once.")
    places = {name: names.index(name) for name in REQUIRED + OPTIONAL if counts[name]}
    return _Columns(
        len(names),
        places[STUDENT],
        places[TIME],
        places[OUTCOME],
        _kc_places(names, kc),
        *(places.get(name) for name in OPTIONAL),
    )


def _kc_places(names: list[str], kc: str) -> tuple[int, ...]:
    found = ((place, _KC.fullmatch(name)) for place, name in enumerate(names))
    models = [(place, model.group(1)) for place, model in found if model]
    places = tuple(place for place, model in models if model == kc)
    if places:
        return places
    known = ", ".join(dict.fromkeys(model for _, model in models)) or "none"
    raise InvalidInput("kc", f"There is no KC model {shown(kc)} in the file. It has: {known}.")


def _cell(row: list[str], place: int | None) -> str:
    return "" if place is None else row[place].strip()


def _zone(name: str) -> tzinfo | None:
    return zone_named(name) if name else None


def _sequence(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadValue("Row", f"{shown(text)} is no row number")
    return int(text)


def _outcome(text: str) -> int:
    try:
        return _OUTCOMES[text.upper()]
    except KeyError:
        raise BadValue(OUTCOME, f"{shown(text)} is not CORRECT, INCORRECT or HINT") from None


def _skills(row: list[str], places: tuple[int, ...]) -> tuple[tuple[str, str], ...]:
    names = (name.strip() for place in places for name in row[place].split("~~"))
    return tuple((code(name), name[:1000]) for name in dict.fromkeys(names) if name)


def _item(problem: str, step: str, own_id: str) -> str | None:
    """The step's identity; a row that names none is a step of its own, whatever its skills."""
    if problem or step:
        return code(f"{problem}\t{step}")
    return code(f"#{own_id}") if own_id else None
