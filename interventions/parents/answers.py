"""What a guardian answers on the page of a notice: kept as written, changed by answering again."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.messages.texts import clean, is_empty
from interventions.parents.notify import ANSWER, MOST_WORDS
from interventions.record import about, changed
from interventions.teachers import tell_teacher
from school.errors import InvalidInput
from school.models import Lane, ParentAnswer, ParentNotice

FIELD = "answer"
MOST_ANSWERS = 20
"""So often an answer may be changed; then a reply by e-mail has to do."""


class Choice(StrEnum):
    """The answers of one click."""

    THANKS = "thanks"
    TALKED = "talked"
    CALL = "call"
    MEET = "meet"


def latest_answer(notice_id: int, *, session: Session) -> ParentAnswer | None:
    """The answer that holds: the last one."""
    query = select(ParentAnswer).where(ParentAnswer.notice_id == notice_id)
    return session.scalars(query.order_by(ParentAnswer.version.desc()).limit(1)).first()


def answer_notice(
    notice: ParentNotice, choice: str, words: str, *, session: Session, now: datetime
) -> ParentAnswer:
    """Keep an answer, and tell the teacher; the same once more changes nothing.

    Raises InvalidInput on `answer` where it is empty, over-long, or changed too often.
    """
    text = checked_answer(choice, words)
    # Two clicks are looked at one after the other.
    session.refresh(notice, with_for_update={"key_share": True})
    before = latest_answer(notice.id, session=session)
    if before is not None and (before.choice, before.answer) == (choice, text):
        return before
    version = 1 if before is None else before.version + 1
    if version > MOST_ANSWERS:
        raise InvalidInput(FIELD, "too_often")
    answer = ParentAnswer(
        workspace_id=notice.workspace_id,
        notice_id=notice.id,
        answer=text,
        answered_at=now,
        choice=choice,
        version=version,
    )
    session.add(answer)
    session.flush()
    _tell(notice, answer, session=session, now=now)
    if notice.intervention_id is not None:
        changed(notice.intervention_id, session=session, now=now, lane=Lane.SCHEDULED)
    return answer


def checked_answer(choice: str, words: str) -> str:
    """The words of an answer. Raises InvalidInput; its text is a code for the page's own words."""
    text = clean(words)
    if choice not in ("", *Choice):
        raise InvalidInput(FIELD, "unknown")
    if not choice and is_empty(text):
        raise InvalidInput(FIELD, "empty")
    if len(text) > MOST_WORDS:
        raise InvalidInput(FIELD, "long")
    return text


def _tell(notice: ParentNotice, answer: ParentAnswer, *, session: Session, now: datetime) -> None:
    tell_teacher(
        ANSWER,
        {"notice": notice.id, "version": answer.version},
        notice.teacher_id,
        session=session,
        now=now,
        unique_key=f"parent answer {notice.id} {answer.version}",
        about=None if notice.intervention_id is None else about(notice.intervention_id),
    )
