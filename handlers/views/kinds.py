"""What the kinds of deliveries are called."""

from bot.outbox.expiry import FILE_EXPIRY
from handlers.ids import Kind
from school.models import Medium

NAMES: dict[str, str] = {
    Kind.EXPORT: "file",
    Kind.EXPORT_NOTICE: "note about a file",
    Kind.CLASS_PACK: "class pack",
    Kind.GREETING: "answer to a message",
    Kind.STUDENT_MESSAGE: "message",
    Kind.STUDENT_MESSAGE_MAIL: "message",
    Kind.STUDENT_NOTE: "word to a student",
    Kind.STUDENT_REPLY: "answer of a student",
    Kind.STUDENT_ASSIGNMENT: "note about practice",
    Kind.STUDENT_ASSIGNMENT_MAIL: "note about practice",
    Kind.STUDENT_ASSIGNMENT_WITHDRAWN: "note about practice taken back",
    Kind.STUDENT_ASSIGNMENT_WITHDRAWN_MAIL: "note about practice taken back",
    Kind.ASSIGNMENT_NOTICE: "note about an assignment",
    Kind.TUTOR_REQUEST: "question to a tutor",
    Kind.TUTOR_REQUEST_MAIL: "question to a tutor",
    Kind.TUTORING_MATCH: "note about a tutor",
    Kind.TUTORING_MATCH_MAIL: "note about a tutor",
    Kind.TUTORING_OVER: "note about the end of a tutoring",
    Kind.TUTORING_OVER_MAIL: "note about the end of a tutoring",
    Kind.TUTORING_ANSWER: "answer of a tutor",
    Kind.FAILURE_NOTICE: "note about a failure",
    Kind.SHOWN_AGAIN: "change of a message",
    Kind.INTERVENTION_CARD: "card of what was done",
    Kind.PARENT_MAIL: "note to a family",
    Kind.PARENT_ANSWER: "answer of a family",
    Kind.MEETING_OUTCOME: "question about a meeting",
    Kind.MEETING_ANSWER: "answer to an invitation",
    Kind.MEETING_OWN_MAIL: "invitation to your own meeting",
    Kind.MEETING_MOVED_MAIL: "note about a moved meeting",
    Kind.MEETING_CANCELLED_MAIL: "note about a cancelled meeting",
    Kind.MEETING_EVENT: "date for the calendar",
    FILE_EXPIRY: "deletion of an old file",
}
"""Those whose own name would not say it; `student_report` does."""
_OF_SOMETHING = {"date", "note", "answer", "change", "question", "deletion"}


def kind_words(kind: str, medium: Medium = Medium.SLACK) -> str:
    """What one is called within a sentence: `student report`, `meeting reminder (e-mail)`."""
    return _by(_name(kind), medium)


def kinds_words(count: int, kind: str, medium: Medium = Medium.SLACK) -> str:
    """So many of them: `1 student report`, `3 notes about a file`."""
    words = _name(kind)
    if count != 1:
        first, _, rest = words.partition(" ")
        words = f"{first}s {rest}" if first in _OF_SOMETHING else f"{words}s"
    return f"{count:,} {_by(words, medium)}"


def _name(kind: str) -> str:
    return NAMES.get(kind) or kind.removesuffix("_mail").replace("_", " ")


def _by(words: str, medium: Medium) -> str:
    return f"{words} (e-mail)" if medium is Medium.MAIL else words
