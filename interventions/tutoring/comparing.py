"""A student's practice on the skill before and since a tutoring, as facts: never an effect."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from analytics import stats
from analytics.queries.mastery import skill_totals
from analytics.thresholds import JUDGED_QUESTIONS
from interventions.assignments.comparing import days_before
from school.days import DateRange, local_day
from school.models import TutoringPair
from school.zones import zone_of


@dataclass(frozen=True, slots=True)
class Followed:
    """Questions and right answers on the skill in the 10 school days before the tutor said yes, and
    from that day on.
    """

    questions_before: int
    correct_before: int
    questions: int
    correct: int

    @property
    def before(self) -> float | None:
        """The accuracy before; None with too few questions to say."""
        return _accuracy(self.correct_before, self.questions_before)

    @property
    def since(self) -> float | None:
        """The accuracy since; None with too few questions to say."""
        return _accuracy(self.correct, self.questions)


def followed(pair: TutoringPair, *, session: Session, now: datetime) -> Followed | None:
    """The figures of a pair that has been at work; None of one that has not."""
    if pair.answered_at is None:
        return None
    zone = zone_of(session, pair.workspace_id)
    first = local_day(pair.answered_at, zone)
    before = days_before(pair.answered_at, pair.workspace_id, session=session)
    since = DateRange(first, max(first, local_day(now, zone)))
    return Followed(*_sums(pair, before, session), *_sums(pair, since, session))


def _sums(pair: TutoringPair, days: DateRange, session: Session) -> tuple[int, int]:
    found = skill_totals(session, pair.workspace_id, [pair.student_id], days)
    own = [one for one in found if one.skill_id == pair.skill_id]
    return sum(one.questions for one in own), sum(one.correct for one in own)


def _accuracy(correct: int, questions: int) -> float | None:
    return stats.share(correct, questions) if questions >= JUDGED_QUESTIONS else None
