"""Taking up from an earlier day: where students stood then, and sessions that lie across it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, func, select, tuple_, type_coerce

from school.bulk import AnySelect
from school.mastery import Mastery
from school.models import (
    Answer,
    DailyProgress,
    DailySkillProgress,
    PracticeSession,
    from_millis,
)
from school.progress.reading import AT, History
from school.progress.stale import in_lists
from school.progress.standing import OnSkillSoFar, Standing
from school.progress.timeline import SESSION_GAP, Sitting, Timeline

_STARTED = type_coerce(PracticeSession.started_at, BigInteger)
_ENDED = type_coerce(PracticeSession.ended_at, BigInteger)


def restore_standing(history: History, standing: Standing, day: date) -> None:
    """Fill `standing` with what the daily rows say about the end of the day before `day`."""
    place = {student: place for place, student in enumerate(history.students)}
    for row in history.each(lambda ids: _latest_totals(history.workspace_id, ids, day)):
        student = place[row.student_id]
        standing.excess_sum[student] = row.excess_sum
        standing.excess_count[student] = row.excess_count
    for row in history.each(lambda ids: _latest_skills(history.workspace_id, ids, day)):
        standing.restore(place[row.student_id], row.skill_id, _on_skill(row))


def _latest_totals(workspace_id: int, ids: Iterable[int], day: date) -> AnySelect:
    own = (
        DailyProgress.workspace_id == workspace_id,
        DailyProgress.student_id.in_(ids),
        DailyProgress.day < day,
    )
    latest = (
        select(DailyProgress.student_id, func.max(DailyProgress.day).label("day"))
        .where(*own)
        .group_by(DailyProgress.student_id)
        .subquery()
    )
    return (
        select(DailyProgress.__table__)
        .join(
            latest,
            (DailyProgress.student_id == latest.c.student_id) & (DailyProgress.day == latest.c.day),
        )
        .where(*own)
    )


def _latest_skills(workspace_id: int, ids: Iterable[int], day: date) -> AnySelect:
    table = DailySkillProgress
    own = (table.workspace_id == workspace_id, table.student_id.in_(ids), table.day < day)
    latest = (
        select(table.student_id, table.skill_id, func.max(table.day).label("day"))
        .where(*own)
        .group_by(table.student_id, table.skill_id)
        .subquery()
    )
    return (
        select(table.__table__)
        .join(
            latest,
            (table.student_id == latest.c.student_id)
            & (table.skill_id == latest.c.skill_id)
            & (table.day == latest.c.day),
        )
        .where(*own)
    )


def _on_skill(row: Any) -> OnSkillSoFar:
    on_skill = OnSkillSoFar()
    on_skill.weight_correct, on_skill.weight_total = row.weight_correct, row.weight_total
    on_skill.questions, on_skill.correct = row.total_questions, row.total_correct
    on_skill.prior, on_skill.estimate = row.prior, row.estimate
    on_skill.label = Mastery(row.label)
    on_skill.mastered_at_question, on_skill.mastered_on = row.mastered_at_question, row.mastered_on
    return on_skill


def restore_sittings(
    history: History, timelines: dict[int, Timeline], keys: set[str], start: int, end: int
) -> None:
    """Take up again sessions of these ids that started from `start` to before `end`.

    They were saved by this same replay and had been quiet for long enough to be forgotten.
    """
    for part in in_lists(sorted(keys)):
        query = select(PracticeSession.__table__, _STARTED, _ENDED).where(
            PracticeSession.workspace_id == history.workspace_id,
            PracticeSession.session_key.in_(part),
            PracticeSession.started_at >= from_millis(start),
            PracticeSession.started_at < from_millis(end),
        )
        for row in history.read(query):
            if row.student_id in timelines:
                timelines[row.student_id].keyed.setdefault(row.session_key, _sitting(row))


def _sitting(row: Any) -> Sitting:
    sitting = Sitting(row.session_key, row[-2], row.day)
    sitting.ended = row[-1]
    sitting.questions, sitting.correct = row.questions, row.correct
    sitting.seconds, sitting.estimated = row.seconds, row.seconds_estimated
    sitting.skills.update(zip(row.skill_ids, row.skill_questions, strict=True))
    return sitting


def start_of_straddling(history: History, changed: History, at: int) -> int | None:
    """The earliest moment known of a session that lies across `at`; None where there is none.

    `history` is everyone worked on: the sessions saved for them show it. Of the `changed` students
    the answers after `at` are looked at too, since new ones may have joined what was apart.
    """
    moments = [
        row[0]
        for queries in (
            history.each(lambda ids: _saved_across(history.workspace_id, ids, at)),
            changed.each(lambda ids: _keyed_across(history.workspace_id, ids, at)),
        )
        for row in queries
        if row[0] is not None
    ]
    moments += _loose_across(changed, at)
    return min(moments, default=None)


def _saved_across(workspace_id: int, ids: Iterable[int], at: int) -> AnySelect:
    return select(func.min(_STARTED)).where(
        PracticeSession.workspace_id == workspace_id,
        PracticeSession.student_id.in_(ids),
        PracticeSession.started_at < from_millis(at),
        PracticeSession.ended_at >= from_millis(at),
    )


def _keyed_across(workspace_id: int, ids: Iterable[int], at: int) -> AnySelect:
    later = select(Answer.student_id, Answer.session_key).where(
        Answer.workspace_id == workspace_id,
        Answer.student_id.in_(ids),
        Answer.answered_at >= from_millis(at),
        Answer.session_key.is_not(None),
    )
    return select(func.min(_STARTED)).where(
        PracticeSession.workspace_id == workspace_id,
        PracticeSession.student_id.in_(ids),
        PracticeSession.started_at < from_millis(at),
        tuple_(PracticeSession.student_id, PracticeSession.session_key).in_(later),
    )


def _loose_across(changed: History, at: int) -> list[int]:
    """Starts of sessions without an id, over before `at`, that an event soon after it goes on.

    What lies before `at` is worked out and saved, with the ends of sessions told as a whole.
    """
    ended = {row[0]: row for row in changed.each(lambda ids: _just_over(changed, ids, at))}
    return [
        ended[row[0]][1]
        for row in changed.each(lambda ids: _soon_after(changed, ids, at))
        if row[0] in ended and row[1] - ended[row[0]][2] < SESSION_GAP
    ]


def _just_over(changed: History, ids: Iterable[int], at: int) -> AnySelect:
    """Start and end of each student's session without an id that was over shortly before `at`."""
    return (
        select(PracticeSession.student_id, func.max(_STARTED), func.max(_ENDED))
        .where(
            PracticeSession.workspace_id == changed.workspace_id,
            PracticeSession.student_id.in_(ids),
            PracticeSession.session_key == "",
            PracticeSession.started_at < from_millis(at),
            PracticeSession.ended_at > from_millis(at - SESSION_GAP),
            PracticeSession.ended_at < from_millis(at),
        )
        .group_by(PracticeSession.student_id)
    )


def _soon_after(changed: History, ids: Iterable[int], at: int) -> AnySelect:
    """Each student's first event without a session id, where it comes shortly after `at`."""
    return (
        select(Answer.student_id, func.min(AT))
        .where(
            Answer.workspace_id == changed.workspace_id,
            Answer.student_id.in_(ids),
            Answer.answered_at >= from_millis(at),
            Answer.answered_at < from_millis(at + SESSION_GAP),
            Answer.session_key.is_(None),
        )
        .group_by(Answer.student_id)
    )
