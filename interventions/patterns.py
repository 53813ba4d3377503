"""What the history of one student shows, kind by kind: counts of facts, and no effects."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from sqlalchemy.orm import Session

from analytics.calendar import SchoolCalendar, judged_days, school_calendar
from analytics.queries.people import StudentHead, student_head
from analytics.queries.practice import practice_days
from interventions.effectiveness import HELP
from interventions.outcomes import Outcome, State
from interventions.standing import NEVER_WAS, reached_at
from school.days import DateRange, local_day
from school.models import Intervention, InterventionType

FLOOR = 5
"""From so many on a share or a typical time is said; fewer are too few to tell."""
LOOKED_AHEAD = 3
"""Practice within so many school days after an action counts as following it."""
_READ = {State.READ, State.REPLIED}
_COMPLETED = {State.COMPLETED, State.HELD}


@dataclass(frozen=True, slots=True)
class Pattern:
    """One kind of help for one student.

    `done` reached them; of these `read`, `replied` and `completed` are known to have been.
    `reply_after` is the median time until a reply, None below `FLOOR` of them. Of `judged`, after
    which the data cover `LOOKED_AHEAD` school days, `followed` were followed by practice.
    """

    kind: InterventionType
    done: int
    read: int
    replied: int
    completed: int
    reply_after: timedelta | None
    judged: int
    followed: int


def patterns_of(
    student_id: int,
    rows: Sequence[Intervention],
    outcomes: Mapping[int, Outcome],
    *,
    session: Session,
    now: datetime,
) -> tuple[Pattern, ...]:
    """The patterns of all kinds that were used, in the order of the kinds; three queries."""
    reached = [one for one in rows if outcomes[one.id].state not in NEVER_WAS]
    if not reached:
        return ()
    at = reached_at(session, reached, outcomes, now)
    following = _Following.of(student_id, at, session=session, now=now)
    found = [
        _pattern(kind, same, outcomes, following)
        for kind in HELP
        if (same := [one for one in reached if one.intervention_type == kind.value])
    ]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Following:
    """On which days a student practised, through which school day that is known; and when what
    was done reached them, by the intervention's id.
    """

    head: StudentHead
    calendar: SchoolCalendar
    active: Collection[date]
    known: date | None
    at: Mapping[int, datetime]

    @classmethod
    def of(
        cls, student_id: int, at: Mapping[int, datetime], *, session: Session, now: datetime
    ) -> "_Following":
        head = student_head(session, student_id)
        zone, workspace_id = head.zone, head.workspace_id
        first = local_day(min(at.values(), default=now), zone)
        judged = judged_days(
            DateRange(first, local_day(now, zone)), head.member.data_through, now=now, zone=zone
        )
        calendar = school_calendar(session, workspace_id)
        if judged is None or judged.end < judged.start:
            return cls(head, calendar, (), None, at)
        practice = practice_days(session, workspace_id, [student_id], judged)[student_id]
        active = frozenset(one.day for one in practice if one.questions)
        return cls(head, calendar, active, judged.end, at)

    def followed(self, row: Intervention) -> bool | None:
        """Whether practice followed within the next school days; None where that is unknown."""
        at = self.at.get(row.id)
        if at is None or self.known is None:
            return None
        day = local_day(at, self.head.zone)
        if self.calendar.count(_after(day), self.known) < LOOKED_AHEAD:
            return None
        return any(self._is_soon(day, one) for one in self.active)

    def _is_soon(self, day: date, active: date) -> bool:
        return active > day and self.calendar.count(_after(day), active) <= LOOKED_AHEAD


def _after(day: date) -> date:
    return day + timedelta(days=1)


def _pattern(
    kind: InterventionType,
    rows: Sequence[Intervention],
    outcomes: Mapping[int, Outcome],
    following: _Following,
) -> Pattern:
    states = [outcomes[one.id].state for one in rows]
    told = [following.followed(one) for one in rows]
    return Pattern(
        kind=kind,
        done=len(rows),
        read=sum(state in _READ for state in states),
        replied=states.count(State.REPLIED),
        completed=sum(state in _COMPLETED for state in states),
        reply_after=_reply_after(rows, outcomes),
        judged=sum(one is not None for one in told),
        followed=told.count(True),
    )


def _reply_after(rows: Sequence[Intervention], outcomes: Mapping[int, Outcome]) -> timedelta | None:
    """The median time until a reply; None where there are too few to tell."""
    waits = []
    for one in rows:
        outcome = outcomes[one.id]
        if outcome.state is State.REPLIED and outcome.at and one.created_at:
            waits.append((outcome.at - one.created_at).total_seconds())
    return timedelta(seconds=median(waits)) if len(waits) >= FLOOR else None
