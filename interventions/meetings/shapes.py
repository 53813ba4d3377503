"""What views and deliveries are given of a meeting: plain data, no rows of the database."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from interventions.answers import Answer
from school.models import MeetingStatus, MeetingType


class AttendeeKind(StrEnum):
    """Who somebody invited is: that decides what they may be told."""

    GUARDIAN = "guardian"
    STUDENT = "student"
    COLLEAGUE = "colleague"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody to be invited: the id of a guardian, the student or a user, or an address alone.

    An address that is invited already is named by the id of its row among the meeting's attendees.
    """

    kind: AttendeeKind
    id: int | None = None
    email: str | None = None

    def code(self) -> str:
        """It as a menu's value, such as `guardian-12`; an address has none. Raises ValueError."""
        if self.id is None:
            raise ValueError("an address is no choice of a menu")
        return f"{self.kind.value}-{self.id}"

    @classmethod
    def from_code(cls, code: str) -> "Invitee":
        """Read what `code` made. Raises ValueError on anything else."""
        kind, _, number = code.partition("-")
        if not (number.isascii() and number.isdigit()):
            raise ValueError("no code of somebody to be invited")
        return cls(AttendeeKind(kind), int(number))


@dataclass(frozen=True, slots=True)
class PossibleAttendee:
    """Somebody who may be invited. Without an `address_hint` there is no way to reach them yet.

    `of` is the further student of a group whose family they are, or who they are, and `of_id` their
    id; empty and 0 for everybody else.
    """

    invitee: Invitee
    name: str
    address_hint: str | None
    of: str = ""
    of_id: int = 0


class NewsState(StrEnum):
    """How far an e-mail has come; what `FAILED` reached nobody."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class News:
    """An e-mail about the latest change: the invitation, or what is new. It is due at `at`."""

    invites: bool
    state: NewsState
    at: datetime


@dataclass(frozen=True, slots=True)
class AttendeeView:
    """Somebody invited. `name` is empty for a bare address; `how` says who they are.

    `address_hint` is their address with most of it left out, such as `l***@school.org`. `told`:
    they have had at least one e-mail about the meeting. `news`: one about its latest change goes
    to them. `answer` is what they have said to the meeting's present time, None before that;
    `answer_note` what they wrote with it. `invitee` is how a form names them, `of_id` the id of the
    student whose family they are, or who they are.
    """

    name: str
    how: AttendeeKind
    address_hint: str | None
    id: int = 0
    told: bool = False
    news: News | None = None
    answer: Answer | None = None
    answer_note: str | None = None
    invitee: Invitee | None = None
    of_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """The latest change of a meeting: `change` is as in `school.models.MeetingEvent`.

    `was_at` is when the meeting was to be before it, where that could still be gone back to.
    """

    change: str
    by_name: str
    by_id: int
    at: datetime
    was_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting as one viewer sees it. Moments are UTC; `zone` is the viewer's own, for words.

    `version` and `sequence` are as in `school.models.Meeting`. `class_title` is None where the
    meeting belongs to no class, or to one the viewer may not see. `further` are the other students
    of a group that the viewer may see, id and name; their families are told of with them alone.
    `uninvited` is the news to those whom the latest change has taken out.
    """

    id: int
    version: int
    sequence: int
    student_id: int
    student_name: str
    class_id: int | None
    teacher_name: str
    meeting_type: MeetingType
    scheduled_at: datetime
    duration_minutes: int
    location: str | None
    notes: str | None
    status: MeetingStatus
    outcome_notes: str | None
    attendees: tuple[AttendeeView, ...]
    zone: str
    teacher_id: int = 0
    class_title: str | None = None
    last_change: ChangeView | None = None
    further: tuple[tuple[int, str], ...] = ()
    uninvited: tuple[News, ...] = ()


@dataclass(frozen=True, slots=True)
class LastNotes:
    """What was written at the meeting before: what it was for, and what came of it."""

    meeting_id: int
    scheduled_at: datetime
    meeting_type: MeetingType
    status: MeetingStatus
    notes: str | None
    outcome_notes: str | None
