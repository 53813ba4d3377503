"""How meetings stand as interventions: to come, held, missed, cancelled, and who comes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from analytics.wording import moment_words
from interventions.answers import Answer, answers_that_hold
from interventions.outcomes import Outcome, State
from interventions.reminders import ends_of
from school.models import Intervention, Meeting, MeetingAttendee, MeetingStatus, MeetingStudent
from school.zones import zone_of

UNSAID = "not said yet whether it took place"
_ENDED = {
    MeetingStatus.CANCELLED.value: State.CANCELLED,
    MeetingStatus.HELD.value: State.HELD,
    MeetingStatus.MISSED.value: State.MISSED,
}
_WORDS = {
    Answer.ACCEPTED: "coming",
    Answer.TENTATIVE: "perhaps coming",
    Answer.DECLINED: "not coming",
}


def meeting_outcomes(
    session: Session, interventions: Sequence[Intervention], now: datetime
) -> Mapping[int, Outcome]:
    """How the meetings stand that some interventions are, by the interventions' ids."""
    found = _meetings(session, [one.id for one in interventions])
    invited = _invited(session, [one.id for one in found.values()])
    stands = {
        number: _outcome(session, meeting, invited[meeting.id], now)
        for number, meeting in found.items()
    }
    return stands | _taken_out(session, [one.id for one in interventions])


def _meetings(session: Session, ids: Sequence[int]) -> dict[int, Meeting]:
    """Meetings by the ids of their interventions: the first student's, and those of the others."""
    own = select(Meeting.intervention_id, Meeting).where(Meeting.intervention_id.in_(ids))
    further = (
        select(MeetingStudent.intervention_id, Meeting)
        .join(Meeting, Meeting.id == MeetingStudent.meeting_id)
        .where(MeetingStudent.intervention_id.in_(ids))
    )
    rows = [*session.execute(own), *session.execute(further)]
    return {number: meeting for number, meeting in rows if number is not None}


def _taken_out(session: Session, ids: Sequence[int]) -> dict[int, Outcome]:
    """Those of students who are in their group no more."""
    query = (
        select(Intervention.id, Intervention.withdrawn_at)
        .join(MeetingStudent, MeetingStudent.intervention_id == Intervention.id)
        .where(Intervention.id.in_(ids), MeetingStudent.removed_sequence.is_not(None))
    )
    return {number: Outcome(State.TAKEN_BACK, at) for number, at in session.execute(query)}


def _invited(session: Session, meetings: Sequence[int]) -> Counter[int]:
    """How many are invited to each meeting."""
    query = select(MeetingAttendee.meeting_id).where(
        MeetingAttendee.meeting_id.in_(meetings), MeetingAttendee.removed_sequence.is_(None)
    )
    return Counter(session.scalars(query))


def _outcome(session: Session, meeting: Meeting, invited: int, now: datetime) -> Outcome:
    since = meeting.changed_at or meeting.created_at
    if (ended := _ENDED.get(str(meeting.status))) is not None:
        notes = None if ended is State.CANCELLED else meeting.outcome_notes
        return Outcome(ended, since, notes)
    if ends_of(meeting) <= now:
        return Outcome(State.OVERDUE, ends_of(meeting), UNSAID)
    said = Counter(answers_that_hold(session, meeting).values()) if invited else Counter[Answer]()
    if invited and said[Answer.DECLINED] == invited:
        return Outcome(State.DECLINED, since, None if invited == 1 else f"all {invited} invited")
    when = moment_words(meeting.scheduled_at, zone_of(session, meeting.workspace_id).key, now)
    parts = ", ".join(f"{said[one]} {words}" for one, words in _WORDS.items() if said[one])
    answered = f"; of {invited} invited {parts}" if parts else ""
    return Outcome(State.RUNNING, since, f"{when}{answered}")
