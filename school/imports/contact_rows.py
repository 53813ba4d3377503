"""Rows of a contacts file, each checked by itself."""

import re
from dataclasses import dataclass

from school.imports.outcome import shown
from school.imports.tables import TableRow
from school.imports.values import LONGEST_NAME, BadValue, student_id
from school.languages import code_of_name
from school.names import fold
from school.people import EMAIL, SLACK_ID

GUARDIAN = ("guardian_name", "guardian_email", "guardian_language", "do_not_contact")
REQUIRED = ("student_id", "email", "slack_user_id", *GUARDIAN)
LONGEST_EMAIL = 254
"""What a mail server takes at most (RFC 5321, 4.5.3.1.3, without the brackets)."""
_YES_OR_NO = {
    **dict.fromkeys(("1", "true", "yes", "y"), True),
    **dict.fromkeys(("0", "false", "no", "n"), False),
}
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{2,8}){0,2})")


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One row: the student's own address and account, and a guardian; None where it is empty."""

    line: int
    student: str
    email: str | None
    slack_user_id: str | None
    guardian_name: str
    guardian_email: str | None
    guardian_language: str | None
    do_not_contact: bool | None

    @property
    def has_guardian(self) -> bool:
        """Whether the row names a guardian, by name or by address."""
        return bool(self.guardian_name or self.guardian_email)

    def says_the_same(self, other: "ContactRow") -> bool:
        """Whether both say the same of one guardian."""
        return _guardian_of(self) == _guardian_of(other)

    def is_same_guardian(self, other: "ContactRow") -> bool:
        """Whether both name one guardian; one name with two addresses is two ways to write."""
        names = {fold(self.guardian_name), fold(other.guardian_name)} - {""}
        emails = {self.guardian_email, other.guardian_email} - {None}
        says_one = len(names) <= 1 and len(emails) <= 1
        has_both = bool(self.guardian_name and other.guardian_name)
        return says_one and (has_both or self.shares_address(other))

    def shares_address(self, other: "ContactRow") -> bool:
        """Whether the guardians of both have one address."""
        return self.guardian_email is not None and self.guardian_email == other.guardian_email


def _guardian_of(row: ContactRow) -> tuple[str, str | None, str | None, bool | None]:
    return (
        row.guardian_name, row.guardian_email, row.guardian_language, row.do_not_contact
    )  # fmt: skip


def read_contact(row: TableRow) -> ContactRow:
    """What a row says. Raises BadValue where a field is none of its kind."""
    contact = ContactRow(
        row.line,
        student_id(row["student_id"], "student_id"),
        _email(row, "email"),
        _slack_user_id(row["slack_user_id"]),
        _name(row["guardian_name"]),
        _email(row, "guardian_email"),
        _language(row["guardian_language"]),
        _do_not_contact(row["do_not_contact"]),
    )
    if not contact.has_guardian:
        _check_nobody(row)
    return contact


def _check_nobody(row: TableRow) -> None:
    """A row without a guardian must not say something about one, least of all not to write."""
    said = next((name for name in GUARDIAN if row[name]), None)
    if said is not None:
        raise BadValue(said, "the row names no guardian; say guardian_name or guardian_email")


def _email(row: TableRow, field: str) -> str | None:
    text = row[field].lower()
    if not text:
        return None
    if len(text) > LONGEST_EMAIL or not EMAIL.fullmatch(text):
        raise BadValue(field, f"{shown(text)} is no e-mail address")
    return text


def _slack_user_id(text: str) -> str | None:
    if not text:
        return None
    if not SLACK_ID.fullmatch(text.upper()):
        raise BadValue("slack_user_id", f"{shown(text)} is no Slack member id such as U0123ABCD")
    return text.upper()


def _name(text: str) -> str:
    name = " ".join(text.split())
    if len(name) > LONGEST_NAME:
        raise BadValue("guardian_name", f"is longer than {LONGEST_NAME} characters")
    return name


def _language(text: str) -> str | None:
    """A language tag (BCP 47) in its usual spelling, such as `es` or `pt-BR`; ours by name too."""
    if not text:
        return None
    if (ours := code_of_name(text)) is not None:
        return ours
    found = _LANGUAGE.fullmatch(text.replace("_", "-"))
    if not found:
        raise BadValue("guardian_language", f"{shown(text)} is no language code such as en or es")
    parts = found.group(2).split("-")[1:]
    rest = (part.upper() if len(part) == 2 else part.title() for part in parts)
    return "-".join((found.group(1).lower(), *rest))


def _do_not_contact(text: str) -> bool | None:
    if not text:
        return None
    if text.lower() not in _YES_OR_NO:
        raise BadValue("do_not_contact", f"{shown(text)} is neither yes nor no (1 or 0)")
    return _YES_OR_NO[text.lower()]
