"""Writing to a student's guardians: one notice, one link and one e-mail each."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.given import check_flag, check_id, check_ids, check_text
from interventions.messages.placeholders import names_in
from interventions.messages.texts import clean, is_empty
from interventions.once import Once
from interventions.opening import acting
from interventions.parents.concerns import ConcernType, concern_type_of, rule_of
from interventions.parents.guardians import FIELD as GUARDIANS
from interventions.parents.guardians import OnRecord, chosen_guardians
from interventions.record import NO_REASON, Reason, about, changed, record
from interventions.students import TAKE_BACK
from school.access import Viewer, open_student
from school.deliveries import enqueue
from school.errors import InvalidInput
from school.languages import OURS
from school.links import PageKind, make_link
from school.models import (
    Intervention,
    InterventionType,
    Lane,
    Medium,
    ParentNotice,
    Student,
)

MAIL, ANSWER = "parent_mail", "parent_answer"
"""Kinds of deliveries (handlers/ids.py)."""
PURPOSE = "parent"
MOST_WORDS = 3000
LASTS = timedelta(days=3)
"""After so long an e-mail that could not be sent is of no use any more."""
PLAIN = {
    ConcernType.INACTIVITY: "missing practice",
    ConcernType.STRUGGLING: "what is hard",
    ConcernType.OVERDUE_WORK: "overdue work",
    ConcernType.DECLINING: "falling results",
    ConcernType.PRAISE: "what deserves praise",
    ConcernType.OTHER: "something else",
}
"""What it is about, for the line of the history."""


def notify_parent(
    teacher_id: int,
    student_id: int,
    concern_type: ConcernType | str,
    message: str,
    *,
    session: Session,
    now: datetime,
    guardian_ids: Sequence[int] | None = None,
    language: str | None = None,
    with_report: bool = False,
    class_id: int | None = None,
    key: str | None = None,
    reason: Reason = NO_REASON,
    take_back: timedelta = TAKE_BACK,
) -> Intervention:
    """Write to a student's guardians, each by an e-mail of their own; audited.

    Without `guardian_ids` to all who may be written to; without a `language` to each in theirs,
    English or Spanish. It goes once `take_back` is over. Asked for twice under one `key` it is done
    once, and the first comes back. Raises NotFound where the student is not one of the teacher's,
    and InvalidInput on `concern_type`, `message`, `guardians` or `language`.
    """
    viewer = acting(teacher_id, session=session, now=now)
    check_id(student_id, "student_id")
    letter = _letter(concern_type, message, language, with_report)
    once = _once(viewer, key, student_id, letter, guardian_ids)
    student = open_student(session, viewer, student_id, PURPOSE, now=now)
    if (first := once.before(session=session)) is not None:
        return first
    chosen = chosen_guardians(student, guardian_ids, session=session)
    why = _with_concern(reason, letter.concern)
    given: dict[str, Any] = {"reason": why, "class_id": class_id}
    when = {"now": now, "due": now + take_back}
    made = _sent(viewer, student, letter, chosen, session=session, **when, **given)
    once.keep(made)
    return made


@dataclass(frozen=True, slots=True)
class _Letter:
    """What is written to each; without a `language` in theirs."""

    concern: ConcernType
    words: str
    language: str | None
    with_report: bool


def _letter(
    concern_type: ConcernType | str, message: str, language: str | None, with_report: bool
) -> _Letter:
    """What is to be written. Raises InvalidInput."""
    concern = concern_type_of(concern_type)
    words = checked_words(message)
    if language is not None and language not in OURS:
        raise InvalidInput("language", "Choose English or Spanish.")
    check_flag(with_report, "with_report")
    return _Letter(concern, words, language, with_report)


def _once(
    viewer: Viewer,
    key: str | None,
    student_id: int,
    letter: _Letter,
    guardian_ids: Sequence[int] | None,
) -> Once:
    if guardian_ids is not None:
        check_ids(guardian_ids, GUARDIANS)
    to = None if guardian_ids is None else sorted(set(guardian_ids))
    return Once.under(viewer, key, "parent", student_id, astuple(letter), to)


def _sent(
    viewer: Viewer,
    student: Student,
    letter: _Letter,
    chosen: Sequence[OnRecord],
    *,
    session: Session,
    now: datetime,
    due: datetime,
    **recorded: Any,
) -> Intervention:
    """Write it down, and have it sent to each."""
    kind = InterventionType.PARENT_NOTICE
    done = f"Wrote to {len(chosen)} of the family about {PLAIN[letter.concern]}."
    made = record(viewer, student, kind, done, session=session, now=now, **recorded)
    for one in chosen:
        _send(_notice(made, one, letter, now), session=session, due=due, now=now)
    changed(made.id, session=session, now=now)
    return made


def checked_words(message: str) -> str:
    """What the teacher writes, without space around it. Raises InvalidInput on `message`."""
    check_text(message, "message")
    words = clean(message)
    if is_empty(words):
        raise InvalidInput("message", "Write what you want to tell them.")
    if len(words) > MOST_WORDS:
        over = len(words) - MOST_WORDS
        raise InvalidInput("message", f"That is {over:,} characters too long; {MOST_WORDS:,} fit.")
    for left in names_in(words):
        said = f"Write what [{left.value}] stands for: in letters to families nothing is filled in."
        raise InvalidInput("message", said)
    return words


def notices_of(intervention_ids: Sequence[int], *, session: Session) -> list[ParentNotice]:
    """The notices that some interventions were, in the order in which they were made."""
    query = select(ParentNotice).where(ParentNotice.intervention_id.in_(intervention_ids))
    return list(session.scalars(query.order_by(ParentNotice.id)))


def _with_concern(reason: Reason, concern: ConcernType) -> Reason:
    if reason.concern is not None:
        return reason
    return Reason(rule_of(concern) or concern.value, reason.skill_ids, reason.alert_id)


def _notice(made: Intervention, guardian: OnRecord, letter: _Letter, now: datetime) -> ParentNotice:
    return ParentNotice(
        workspace_id=made.workspace_id,
        teacher_id=made.teacher_id,
        student_id=made.student_id,
        guardian_id=guardian.id,
        concern=letter.concern.value,
        message=letter.words,
        sent_at=now,
        language=letter.language or guardian.language,
        with_report=letter.with_report,
        intervention_id=made.id,
    )


def _send(notice: ParentNotice, *, session: Session, due: datetime, now: datetime) -> None:
    session.add(notice)
    session.flush()  # its link and its e-mail bear its id
    make_link(session, notice.workspace_id, PageKind.PARENT, notice.id, now=now)
    mail = enqueue(
        MAIL,
        {"notice": notice.id},
        session=session,
        workspace_id=notice.workspace_id,
        unique_key=f"parent mail {notice.id}",
        recipient_id=None,
        channel=None,
        queue=f"guardian {notice.guardian_id}",
        now=now,
        lane=Lane.SCHEDULED,
        due_at=due,
        medium=Medium.MAIL,
        sender_id=notice.teacher_id,
        about=about(notice.intervention_id or 0),
        expires_at=now + LASTS,
    )
    notice.delivery_id = mail.id
