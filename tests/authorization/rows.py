"""What each kind of person gets: the rows of the matrix, by what a way in is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Who(StrEnum):
    """Kinds of people. A guest and a switched-off teacher are on record as Kestrel's teachers."""

    OWN = "own teacher"
    CO = "co-teacher"
    OTHER = "other teacher"
    ELSEWHERE = "teacher of another workspace"
    ADMIN = "administrator"
    GUEST = "guest"
    STRANGER = "person of a connected workspace"
    GONE = "teacher switched off"
    STUDENT = "student"
    NOBODY = "nobody"


class Gets(StrEnum):
    """What somebody gets."""

    SEES = "the record"
    OWN_ONLY = "an answer without the record"
    ABSENT = "the words for what does not exist"
    GUEST_WORDS = "the words for guests"
    TEAM_WORDS = "the words for people of other teams"
    GONE_WORDS = "the words for who is switched off"
    STUDENT_WORDS = "the words for students"
    NOBODY_WORDS = "the words for who is not linked"
    NOTHING = "nothing at all"


Row = Mapping[Who, Gets]

REFUSED: Row = {
    Who.GUEST: Gets.GUEST_WORDS,
    Who.STRANGER: Gets.TEAM_WORDS,
    Who.GONE: Gets.GONE_WORDS,
    Who.STUDENT: Gets.STUDENT_WORDS,
    Who.NOBODY: Gets.NOBODY_WORDS,
}
"""Who is no teacher here, now, gets words that fit and nothing else."""

_SEEING: Row = {Who.OWN: Gets.SEES, Who.CO: Gets.SEES, Who.ADMIN: Gets.SEES}
RECORD: Row = {**_SEEING, Who.OTHER: Gets.ABSENT, Who.ELSEWHERE: Gets.ABSENT, **REFUSED}
"""What names one student or class."""

LISTING: Row = {**_SEEING, Who.OTHER: Gets.OWN_ONLY, Who.ELSEWHERE: Gets.OWN_ONLY, **REFUSED}
"""What shows all that one has."""

MENU: Row = {**LISTING, **dict.fromkeys(REFUSED, Gets.NOTHING)}
"""The entries of a menu: Slack has no place for words there."""

WAITED_FOR: Row = {**LISTING, Who.CO: Gets.OWN_ONLY, Who.ADMIN: Gets.OWN_ONLY}
"""What somebody did themselves, and waits for an answer to."""

CLOSING: Row = {**dict.fromkeys(Who, Gets.NOTHING), **_SEEING}
"""A modal that is closed again: Slack takes no words for it, and the report stays as it was."""

FORM: Row = {**dict.fromkeys(LISTING, Gets.OWN_ONLY), **REFUSED}
"""A form that is still empty: for teachers, and showing nobody."""

FAILURE: Row = {**dict.fromkeys(Who, Gets.ABSENT), **REFUSED}
"""What concerns its sender, its recipient and administrators, of whom the rows tell."""

OPEN: Row = dict.fromkeys(Who, Gets.OWN_ONLY)
"""Help: for everybody, and showing nobody."""

HELP: Row = {**OPEN, Who.GUEST: Gets.GUEST_WORDS, Who.STUDENT: Gets.STUDENT_WORDS}
"""Help for teachers, and for who is about to be one; guests and students read what is for them."""

SILENT: Row = dict.fromkeys(Who, Gets.NOTHING)
"""An acknowledgement without an answer."""

GREETING: Row = {
    **OPEN,
    Who.STRANGER: Gets.NOBODY_WORDS,
    Who.GONE: Gets.GONE_WORDS,
    Who.STUDENT: Gets.STUDENT_WORDS,
    Who.NOBODY: Gets.NOBODY_WORDS,
}
"""The answer to a message, the same for all teachers: help, or why there is none."""

WHEN_SENT: Row = {
    **_SEEING,
    Who.OTHER: Gets.ABSENT,
    Who.ELSEWHERE: Gets.ABSENT,
    Who.GONE: Gets.GONE_WORDS,
}
"""A saved report when it is sent, to whom it was saved for. For everybody else none is saved, which
the rows of the listeners hold."""

DAY: Row = {
    **dict.fromkeys(WHEN_SENT, Gets.OWN_ONLY),
    Who.OWN: Gets.SEES,
    Who.GONE: Gets.GONE_WORDS,
}
"""What somebody's own day holds, when it is sent: of what they did themselves."""

TO_STUDENT: Row = {Who.OWN: Gets.SEES}
"""What a teacher sends to a student of theirs; it goes to that student alone, whoever they are."""

FOR_STUDENT: Row = {**FORM, Who.STUDENT: Gets.ABSENT}
"""What only the student may do to whom a message went: here another one than the student is."""


@dataclass(frozen=True, slots=True)
class Way:
    """What people get by one way in; `audited`: whoever sees the record is in the audit log."""

    row: Row
    audited: bool = True


_NOT_NOW = Way({**RECORD, **dict.fromkeys(_SEEING, Gets.OWN_ONLY)}, audited=False)
"""What names one student's meeting, and is told that this cannot be done with it as it stands."""

_OWN_DOING = Way({**RECORD, Who.CO: Gets.OWN_ONLY, Who.ADMIN: Gets.OWN_ONLY})
"""What was done for a student, which only its teacher changes; colleagues are told so."""
