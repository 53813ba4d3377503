"""A student's guardians on record, and whether each may be written to."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.meetings.invitees import not_to_be_written_to
from interventions.students import masked
from school.addresses import is_address, same_address
from school.errors import InvalidInput
from school.languages import language_of
from school.models import Guardian, Student

FIELD = "guardians"


class WhyNot(StrEnum):
    """Why a guardian cannot be written to."""

    DO_NOT_CONTACT = "do_not_contact"
    NO_ADDRESS = "no_address"
    BAD_ADDRESS = "bad_address"
    SAME_ADDRESS = "same_address"  # as another guardian, who gets it


@dataclass(frozen=True, slots=True)
class OnRecord:
    """A guardian; `hint` is the address as a reminder. `language` is that of an e-mail to them.

    `speaks` is what the record says, `why_not` None where they may be written to.
    """

    id: int
    name: str
    hint: str | None
    language: str
    speaks: str | None
    why_not: WhyNot | None


def guardians_on_record(student: Student, *, session: Session) -> list[OnRecord]:
    """All guardians that a student has now, by name; of two with one address the first gets it."""
    query = select(Guardian).where(
        Guardian.workspace_id == student.workspace_id,
        Guardian.student_id == student.id,
        Guardian.is_active.is_(True),
    )
    blocked = not_to_be_written_to([student.id], session=session)
    taken: set[str] = set()
    found = []
    for one in session.scalars(query.order_by(Guardian.name, Guardian.id)):
        why_not = why_not_to(one, blocked)
        same = same_address(one.email or "")
        if why_not is None and same in taken:
            why_not = WhyNot.SAME_ADDRESS
        elif why_not is None:
            taken.add(same)
        found.append(_on_record(one, why_not))
    return found


def languages_at_home(student_id: int, *, session: Session) -> list[str]:
    """The languages in which we write for a student's guardians on record, each once, by name.

    Who has no e-mail is one of them, as a page may be handed over; who is to be left alone is not.
    """
    student = session.get_one(Student, student_id)
    known = guardians_on_record(student, session=session)
    spoken = [one.language for one in known if one.why_not is not WhyNot.DO_NOT_CONTACT]
    return list(dict.fromkeys(spoken))


def why_not_to(guardian: Guardian, blocked: set[str]) -> WhyNot | None:
    """Why a guardian may not or cannot be written to; `blocked` addresses are to be left alone."""
    address = (guardian.email or "").strip()
    if guardian.do_not_contact or (address and same_address(address) in blocked):
        return WhyNot.DO_NOT_CONTACT
    if not address:
        return WhyNot.NO_ADDRESS
    return None if is_address(address) else WhyNot.BAD_ADDRESS


def may_be_contacted(guardian: Guardian, student: Student, *, session: Session) -> bool:
    """Whether they are a guardian of the student still, and may be told about the student."""
    if not guardian.is_active or guardian.student_id != student.id or not student.is_active:
        return False
    blocked = not_to_be_written_to([student.id], session=session)
    return why_not_to(guardian, blocked) is not WhyNot.DO_NOT_CONTACT


def chosen_guardians(
    student: Student, guardian_ids: Sequence[int] | None, *, session: Session
) -> list[OnRecord]:
    """Those chosen, or all who may be written to. Raises InvalidInput on `guardians`."""
    known = guardians_on_record(student, session=session)
    reached = {one.id: one for one in known if one.why_not is None}
    if not reached:
        raise InvalidInput(FIELD, nobody_words(student.given_name, known))
    wanted = list(reached) if guardian_ids is None else list(dict.fromkeys(guardian_ids))
    if not wanted:
        raise InvalidInput(FIELD, "Choose who gets it.")
    if any(one not in reached for one in wanted):
        words = "Somebody you chose cannot be written to any more. Choose again."
        raise InvalidInput(FIELD, words)
    return [reached[one] for one in wanted]


def nobody_words(name: str, known: Sequence[OnRecord]) -> str:
    """That nobody of a family can be reached by e-mail, and what to do."""
    do = "Ask the school office for one, or arrange to talk: it is not to be sent past the records."
    if not known:
        return f"No parent or guardian of {name} is on record. {do}"
    if all(one.why_not is WhyNot.DO_NOT_CONTACT for one in known):
        return f"The school's records say not to contact the parents of {name}. Ask the office."
    return f"No parent of {name} has an e-mail address that may be used. {do}"


def _on_record(one: Guardian, why_not: WhyNot | None) -> OnRecord:
    address = (one.email or "").strip()
    return OnRecord(
        one.id,
        one.name,
        masked(address) if address else None,
        language_of(one.language),
        (one.language or "").strip() or None,
        why_not,
    )
