"""Questions, time, XP and sessions, counted row by row (the definitions under "Counting")."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.independent.raw.rows import Answer, Raw, Whole

CAP, HALF_HOUR = 300.0, 1800.0


@dataclass(frozen=True)
class Question:
    """What was asked at once: one question, or those of a session told as a whole.

    `parts` are (skill, right, asked); `over` is when it counts towards an assignment.
    """

    student: str
    at: datetime
    over: datetime
    day: date
    asked: int
    right: int
    parts: tuple[tuple[str, int, int], ...]
    is_session: bool = False


@dataclass
class Tally:
    """What was done in some days."""

    asked: int = 0
    right: int = 0
    seconds: float = 0.0
    estimated: float = 0.0
    xp: float = 0.0
    active: set[date] = field(default_factory=set)

    @property
    def share(self) -> float | None:
        """Right answers of all, None without any."""
        return self.right / self.asked if self.asked else None

    @property
    def judged(self) -> bool:
        """Whether there are questions enough to judge."""
        return self.asked >= 10

    def add(self, other: "Tally") -> None:
        """Take another one in."""
        self.asked += other.asked
        self.right += other.right
        self.seconds += other.seconds
        self.estimated += other.estimated
        self.xp += other.xp
        self.active |= other.active


@dataclass
class Sitting:
    """A session: when it began, and what was done in it."""

    started: datetime
    day: date
    over: datetime
    tally: Tally = field(default_factory=Tally)
    skills: Counter[str] = field(default_factory=Counter)


@dataclass
class Counted:
    """A whole school's practice."""

    days: dict[tuple[str, date], Tally] = field(default_factory=lambda: defaultdict(Tally))
    questions: list[Question] = field(default_factory=list)
    sittings: dict[str, list[Sitting]] = field(default_factory=lambda: defaultdict(list))


Event = list[Answer] | Whole


def count(raw: Raw) -> Counted:
    """Count everything, each student's events in the order of time."""
    found = Counted()
    for student in raw.students:
        _Walk(raw, student, found).through(_events(raw, student))
    found.questions.sort(key=lambda one: one.at)  # Stable: by student among those of one moment.
    return found


def _events(raw: Raw, student: str) -> list[Event]:
    """Rows of one item and moment together; of one moment by skill, wrong before right."""
    together: dict[tuple[datetime, object], list[Answer]] = defaultdict(list)
    for number, row in enumerate(raw.answers):
        if row.student == student:
            together[row.at, row.item or number].append(row)
    events: list[Event] = [sorted(rows, key=_rank) for rows in together.values()]
    events += [row for row in raw.wholes if row.student == student]
    return sorted(events, key=lambda one: (_first(one).at, _rank(_first(one))))


def _first(event: Event) -> Answer | Whole:
    return event if isinstance(event, Whole) else event[0]


def _rank(row: Answer | Whole) -> tuple[str, int]:
    return row.skill, row.right if isinstance(row, Whole) else int(row.right and not row.hints)


class _Walk:
    """One student's events, one after the other."""

    def __init__(self, raw: Raw, student: str, found: Counted) -> None:
        self.raw, self.student, self.found = raw, student, found
        self.loose: Sitting | None = None
        self.keyed: dict[str, Sitting] = {}
        self.met: set[tuple[date, str]] = set()

    def through(self, events: list[Event]) -> None:
        """Count them all."""
        for event in events:
            row = _first(event)
            day = self.raw.day(row.at)
            sitting, gap = self._sitting(row, day)
            tally = self._time(event, gap)
            question = self._question(event, day)
            if question:
                tally.asked, tally.right, tally.active = question.asked, question.right, {day}
                self.found.questions.append(question)
                for skill, _, asked in question.parts:
                    sitting.skills[skill] += asked
            tally.xp = _xp(row, question)
            self.found.days[self.student, day].add(tally)
            sitting.tally.add(tally)
            if isinstance(row, Whole) and row.seconds:
                sitting.over = max(sitting.over, row.at + timedelta(seconds=tally.seconds))

    def _sitting(self, row: Answer | Whole, day: date) -> tuple[Sitting, float]:
        """The session of an event, and the seconds since what came before in it."""
        sitting = self.keyed.get(row.session) if row.session else self.loose
        ended = sitting and not row.session and (row.at - sitting.over).total_seconds() >= HALF_HOUR
        if sitting is None or ended:
            sitting = Sitting(row.at, day, row.at)
            self.found.sittings[self.student].append(sitting)
            if row.session:
                self.keyed[row.session] = sitting
            else:
                self.loose = sitting
        gap = max((row.at - sitting.over).total_seconds(), 0.0)
        sitting.over = max(sitting.over, row.at)
        return sitting, gap

    def _time(self, event: Event, gap: float) -> Tally:
        row = _first(event)
        if not row.seconds:
            guessed = min(gap, CAP)
            return Tally(seconds=guessed, estimated=guessed)
        longest = CAP
        if isinstance(row, Whole):
            longest = CAP * row.asked if row.asked else HALF_HOUR
        return Tally(seconds=min(row.seconds, longest))

    def _question(self, event: Event, day: date) -> Question | None:
        row = _first(event)
        if isinstance(event, Whole):
            over = event.at + timedelta(seconds=self._time(event, 0).seconds)
            parts: tuple[tuple[str, int, int], ...] = ((event.skill, event.right, event.asked),)
            told = Question(
                self.student, event.at, over, day, event.asked, event.right, parts, True
            )
            return told if event.asked else None
        item = event[0].item
        if item and (day, item) in self.met:
            return None
        self.met.add((day, item))
        by_skill: dict[str, int] = {}
        for one in event:
            by_skill.setdefault(one.skill, int(one.right and not one.hints))
        parts = tuple((skill, right, 1) for skill, right in by_skill.items())
        return Question(self.student, row.at, row.at, day, 1, min(by_skill.values()), parts)


def _xp(row: Answer | Whole, question: Question | None) -> float:
    if row.xp is not None:
        return row.xp
    return 10 * question.right + 2 * (question.asked - question.right) if question else 0.0
