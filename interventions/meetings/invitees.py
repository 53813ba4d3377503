"""Who may be invited to a meeting, and how they are reached."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from interventions.given import is_id
from interventions.meetings.shapes import AttendeeKind, Invitee, PossibleAttendee
from school.access import Viewer, classes_shared, open_student
from school.addresses import is_address, same_address
from school.errors import InvalidInput
from school.models import ClassTeacher, Guardian, MeetingAttendee, Student, User

FIELD = "attendees"
MOST = 20
"""So many may be invited to one meeting."""
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody on record who may be invited; without an `email` there is no way to them.

    `student_id` is whose guardian they are, or the student themselves.
    """

    invitee: Invitee
    name: str
    email: str | None
    student_id: int | None = None


def possible_attendees(
    viewer: Viewer,
    student_id: int,
    *,
    session: Session,
    now: datetime,
    class_id: int | None = None,
    students: Sequence[int] = (),
    whose: int | None = None,
) -> list[PossibleAttendee]:
    """The student's guardians who may be contacted, the student, and the class's other teachers;
    of further `students` of a group the same.

    Without a class, the teachers of all classes that the viewer shares with the student. `whose`
    meeting it is, where it is not the viewer's: they need no invitation. Raises NotFound where the
    viewer may not see one of the students.
    """
    ids = [student_id, *students]
    opened = [open_student(session, viewer, one, "meeting", now=now) for one in ids]
    names = {one.id: one.name for one in opened[1:]}
    return [
        PossibleAttendee(
            one.invitee,
            one.name,
            hint(one.email),
            names.get(one.student_id or 0, ""),
            one.student_id if one.student_id in names else 0,
        )
        for one in known_to(viewer, opened, class_id, session=session, whose=whose)
    ]


def known_to(
    viewer: Viewer,
    students: Sequence[Student],
    class_id: int | None,
    *,
    session: Session,
    whose: int | None = None,
) -> list[Known]:
    """Everybody on record who may be invited to a meeting about some students, each once.

    `class_id` is that of the first of them, whom the meeting is about.
    """
    known: dict[Invitee, Known] = {}
    for number, student in enumerate(students):
        own = Invitee(AttendeeKind.STUDENT, student.id)
        of_class = class_id if number == 0 else None
        for one in (
            *_guardians(student, session=session),
            Known(own, student.name, _clean(student.email), student.id),
            *_colleagues(viewer, student, of_class, whose or viewer.user_id, session=session),
        ):
            known.setdefault(one.invitee, one)
    return list(known.values())


def hint(email: str | None) -> str | None:
    """An address with most of it left out: `l***@school.org`."""
    if not email:
        return None
    name, _, domain = email.partition("@")
    return f"{name[:1]}***@{domain}"


def attendee_rows(
    invited: Sequence[Invitee],
    viewer: Viewer,
    students: Sequence[Student],
    class_id: int | None,
    *,
    session: Session,
    beside: Sequence[Known] = (),
    whose: int | None = None,
) -> list[MeetingAttendee]:
    """A row for each who is invited, without its meeting; `beside` are those who are already, to
    a meeting that is `whose`, the viewer's unless said. Raises InvalidInput on `attendees`.
    """
    if (total := len(invited) + len(beside)) > MOST:
        raise InvalidInput(FIELD, f"You invite {total}. Invite {MOST} at most.")
    known = known_to(viewer, students, class_id, session=session, whose=whose)
    blocked = not_to_be_written_to([one.id for one in students], session=session)
    found = [_found(one, known, blocked) for one in invited]
    _check_once(invited, [*beside, *found])
    return [_row(one, viewer.workspace_id) for one in found]


def check_invited(attendees: Sequence[Invitee]) -> list[str]:
    """Raises InvalidInput where it is no list of invitees; returns them made comparable."""
    if not isinstance(attendees, (list, tuple)) or not all(map(_is_sound, attendees)):
        raise InvalidInput(FIELD, "Those invited are a list of guardians, colleagues, addresses.")
    return sorted(f"{one.kind} {one.id} {one.email}" for one in attendees)


def _is_sound(one: Invitee) -> bool:
    is_named = isinstance(one, Invitee) and isinstance(one.kind, AttendeeKind)
    return is_named and (one.id is None or is_id(one.id)) and isinstance(one.email, str | None)


def _guardians(student: Student, *, session: Session) -> Iterator[Known]:
    query = select(Guardian).where(
        Guardian.workspace_id == student.workspace_id,
        Guardian.student_id == student.id,
        Guardian.is_active.is_(True),
        Guardian.do_not_contact.is_(False),
    )
    for one in session.scalars(query.order_by(Guardian.name, Guardian.id)):
        invitee = Invitee(AttendeeKind.GUARDIAN, one.id)
        yield Known(invitee, one.name, _clean(one.email), student.id)


def _colleagues(
    viewer: Viewer, student: Student, class_id: int | None, whose: int, *, session: Session
) -> Iterator[Known]:
    shared = classes_shared(session, viewer, student.id)
    classes = [one for one in shared if class_id in (None, one)]
    now = (
        or_(ClassTeacher.starts_on.is_(None), ClassTeacher.starts_on <= viewer.today),
        or_(ClassTeacher.ends_on.is_(None), ClassTeacher.ends_on >= viewer.today),
    )
    query = (
        select(User)
        .where(User.is_active.is_(True), User.id != whose)
        .where(
            User.id.in_(
                select(ClassTeacher.user_id).where(ClassTeacher.class_id.in_(classes), *now)
            )
        )
        .order_by(User.name, User.id)
    )
    for one in session.scalars(query):
        yield Known(Invitee(AttendeeKind.COLLEAGUE, one.id), one.name, _clean(one.email))


def not_to_be_written_to(students: Sequence[int], *, session: Session) -> set[str]:
    """Addresses (as `same_address` has them) of guardians whom the school wants left alone."""
    query = select(Guardian.email).where(
        Guardian.student_id.in_(students), Guardian.do_not_contact.is_(True)
    )
    return {same_address(email) for email in session.scalars(query) if email}


def _found(invited: Invitee, known: Sequence[Known], blocked: Iterable[str]) -> Known:
    if invited.kind is AttendeeKind.ADDRESS and invited.id is None:
        return _addressed(invited, known, blocked)
    found = next((one for one in known if one.invitee == invited), None)
    if found is None:
        raise InvalidInput(FIELD, "Somebody you chose cannot be invited any more. Choose again.")
    if found.email is None:
        raise InvalidInput(FIELD, f"There is no e-mail address for {found.name}. Leave them out.")
    if same_address(found.email) in blocked:
        words = f"The school's records say not to contact the address of {found.name}."
        raise InvalidInput(FIELD, f"{words} Leave them out.")
    return found


def _addressed(invited: Invitee, known: Sequence[Known], blocked: Iterable[str]) -> Known:
    """Whose a typed address is: somebody's on record, else nobody's that we know."""
    email = _clean(invited.email) or ""
    # Said now, and not when a reminder cannot be sent.
    if not (is_address(email) and email.isprintable()):
        raise InvalidInput(
            FIELD, f"“{email[:60]}” is no e-mail address. Correct it or leave it out."
        )
    same = same_address(email)
    if same in blocked:
        raise InvalidInput(FIELD, f"The school's records say not to contact {email}. Leave it out.")
    on_record = next((one for one in known if one.email and same_address(one.email) == same), None)
    return on_record or Known(Invitee(AttendeeKind.ADDRESS, email=email), "", email)


def _check_once(invited: Sequence[Invitee], found: Sequence[Known]) -> None:
    typed = {same_address(one.email) for one in invited if one.email}
    first: dict[str, Known] = {}
    for one in found:
        same = same_address(one.email or "")
        if same and same in first:
            words = _twice(first[same], one, is_typed=same in typed)
            raise InvalidInput(FIELD, f"{words} Leave one out.")
        first[same] = one


def _twice(one: Known, other: Known, *, is_typed: bool) -> str:
    """That two have one address, which is shown to nobody who has not typed it."""
    if is_typed:
        return f"{other.email} is there twice."
    if one.invitee == other.invitee:
        return f"{one.name} is there twice."
    if not one.name:
        return f"The e-mail address of {other.name} is invited already."
    return f"{one.name} and {other.name} have the same e-mail address."


def _row(one: Known, workspace_id: int) -> MeetingAttendee:
    kind, number = one.invitee.kind, one.invitee.id
    return MeetingAttendee(
        workspace_id=workspace_id,
        guardian_id=number if kind is AttendeeKind.GUARDIAN else None,
        student_id=number if kind is AttendeeKind.STUDENT else None,
        user_id=number if kind is AttendeeKind.COLLEAGUE else None,
        email=one.email,
        name=one.name[:LONGEST_NAME] or None,
    )


def _clean(email: str | None) -> str | None:
    return (email or "").strip().lower() or None
