"""E-mails in words: Jinja2 templates of `templates/mail`, in the language of whoever reads them.

A mail is a folder there with a folder for each language, which holds `subject.txt`, `body.txt` and
`body.html`. What comes from records is text and never markup: HTML is escaped, every value is one
line, and a template that asks for a value which is not given fails.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.outgoing import LATE_MARK, Obsolete
from handlers.mail.times import short_when, when_words
from school.languages import ENGLISH, language_of
from school.models import Guardian

__all__ = [
    "ENGLISH",
    "FOLDER",
    "MeetingMail",
    "Words",
    "guardian_address",
    "known_address",
    "language_of",
    "meeting_words",
    "render_mail",
]
FOLDER = Path(__file__).parent.parent.parent / "templates" / "mail"
_TEMPLATES = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=lambda name: name is not None and name.endswith(".html"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_GAP = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Words:
    """One e-mail in words. `subject` is one line."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class MeetingMail:
    """What the mails about a meeting say, to be given to `meeting_words`.

    `student_name` is None for whoever is not to learn it (an address from outside the school) and
    for the student. `minutes` None: its end is not said. `was` is the former time, for
    `meeting_moved`. `lines` are said as they stand, each as a paragraph. `can_reply`: an answer to
    the mail reaches the teacher. `answer_url` is the page where its reader says whether they come,
    `answer` what they have said there (`accepted`, `declined` or `tentative`); `what` type of
    meeting it is and whether it is `gone` by now, for the teacher.
    """

    teacher_name: str
    starts_at: datetime
    zone: ZoneInfo
    minutes: int | None = None
    student_name: str | None = None
    to_name: str | None = None
    where: str | None = None
    was: datetime | None = None
    lines: tuple[str, ...] = ()
    can_reply: bool = True
    answer_url: str | None = None
    answer: str | None = None
    what: str = "one_on_one"
    gone: bool = False


def meeting_words(name: str, language: str | None, meeting: MeetingMail) -> Words:
    """One of the mails about meetings (`meeting_reminder` and so on), in words."""
    code, zone = language_of(language), meeting.zone
    values = {field.name: getattr(meeting, field.name) for field in fields(meeting)}
    values["when"] = when_words(meeting.starts_at, meeting.minutes, zone, code)
    values["short_when"] = short_when(meeting.starts_at, zone, code)
    values["was"] = meeting.was and when_words(meeting.was, meeting.minutes, zone, code)
    return render_mail(name, code, values)


def render_mail(name: str, language: str | None, values: Mapping[str, Any]) -> Words:
    """The mail of a folder in a language, in English where the language is not known.

    Raises jinja2.UndefinedError where a value is missing, TemplateNotFound where the mail is.
    """
    code = language_of(language)
    plain = {key: _one_line(value) for key, value in values.items()}
    given = {**plain, "language": code, "late_mark": LATE_MARK}
    subject = _one_line(_rendered(f"{name}/{code}/subject.txt", given))
    text = _rendered(f"{name}/{code}/body.txt", given)
    html = _rendered(f"{name}/{code}/body.html", {**given, "subject": subject})
    return Words(subject, _GAP.sub("\n\n", text).strip() + "\n", html)


def guardian_address(guardian: Guardian | None) -> str:
    """Where a guardian gets e-mail, as the record says now. Raises Obsolete where they may not."""
    if guardian is None or not guardian.is_active:
        raise Obsolete("guardian_inactive")
    if guardian.do_not_contact:
        raise Obsolete("do_not_contact")
    return known_address(guardian.email)


def known_address(email: str | None) -> str:
    """The address that a record holds. Raises Obsolete where it holds none."""
    if not (email or "").strip():
        raise Obsolete("no_address")
    return str(email).strip()


def _rendered(template: str, values: Mapping[str, Any]) -> str:
    return _TEMPLATES.get_template(template).render(values)


def _one_line(value: Any) -> Any:
    """Text without line breaks and other control characters; lists of it; all else as it is."""
    if isinstance(value, str):
        spaced = " ".join(value.split())
        return "".join(one for one in spaced if unicodedata.category(one) != "Cc")
    return tuple(map(_one_line, value)) if isinstance(value, (tuple, list)) else value
