"""The one codec for what buttons, menus, modals and deliveries carry: ids and ranges, never names.

On the wire a reference is `key=value` pairs joined by `;`, such as `student=12;range=60d`.
"""

import re
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self

from school.errors import InvalidInput

_VALUE = re.compile(r"[A-Za-z0-9._-]{1,100}")
_NUMBERS = {
    "student",
    "class_id",
    "skill",
    "page",
    "meeting",
    "version",
    "delivery",
    "intervention",
    "alert",
    "assignment",
    "message",
    "template",
    "notice",
    "pair",
    "rating",
}
OLDER = "That button is from an older version of me. Please ask again."
OWN_WORDS = 0
"""The template of a message that opens empty, such as one that answers."""
LARGEST_ID = 2**31 - 1
"""What the databases take for the id of a student or class."""
LARGEST_DELIVERY = 2**63 - 1
"""What they take for the id of a delivery, which is made of the time."""


@dataclass(frozen=True, slots=True)
class Ref:
    """Which report is meant, and where it stands.

    `kind` is the kind of the delivery that makes it; without one it is the student's report, or
    the class's where `student` is None. `range` is a range's code, `shown` that of the report which
    stands there now; `metric` and `by` say what a trend is of, `form` what a file is. `channel` and
    `ts` name the message to be edited in place; `draft` makes a modal's submission one. `meeting`
    is a meeting as of its `version`, `when` the day and time typed for one, as far as they were,
    `zone` the clock of a form (`America.New_York`).
    `delivery` is one that is to be tried again, as of the round `version`, or to be taken back.
    `act` is what a teacher wants to do for the student (`handlers.acts`), about the `concern` or
    the `alert`; `intervention` is what was done, and `assignment`, `message`, `notice` and `pair`
    what that was, `rating` how much its teacher finds that it helped, 0 for no rating. `template`
    is a message's, OWN_WORDS for none. `seen` is the mark of what a form's preview showed last.
    """

    kind: str | None = None
    student: int | None = None
    class_id: int | None = None
    skill: int | None = None
    metric: str | None = None
    by: str | None = None
    form: str | None = None
    range: str | None = None
    shown: str | None = None
    page: int | None = None
    channel: str | None = None
    ts: str | None = None
    draft: str | None = None
    meeting: int | None = None
    version: int | None = None
    when: str | None = None
    zone: str | None = None
    delivery: int | None = None
    act: str | None = None
    concern: str | None = None
    alert: int | None = None
    intervention: int | None = None
    assignment: int | None = None
    message: int | None = None
    template: int | None = None
    notice: int | None = None
    pair: int | None = None
    rating: int | None = None
    seen: str | None = None

    def encode(self) -> str:
        """The reference as a button value or a modal's private metadata."""
        return ";".join(f"{key}={value}" for key, value in self.payload().items())

    @classmethod
    def decode(cls, text: str) -> Self:
        """Read a reference. Raises InvalidInput on anything that `encode` did not make."""
        pairs = [pair.partition("=") for pair in text.split(";") if pair]
        return cls.from_payload({key: value for key, _, value in pairs})

    def payload(self) -> dict[str, Any]:
        """The reference as a delivery's payload: what is set, and nothing else."""
        return {key: value for key, value in asdict(self).items() if value is not None}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """Read a delivery's payload. Raises InvalidInput on a value of the wrong shape."""
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {key: _value(key, payload[key]) for key in payload if key in known}
        return cls(**values)

    def with_range(self, code: str | None) -> Self:
        """The same report over another range."""
        return replace(self, range=code)

    def report_only(self) -> Self:
        """Which report is meant, without page, message and draft."""
        return replace(self, shown=None, page=None, channel=None, ts=None, draft=None)


def _value(key: str, value: Any) -> int | str:
    text = str(value)
    if not _VALUE.fullmatch(text) or (key in _NUMBERS and not text.isascii()):
        raise InvalidInput(key, OLDER)
    if key not in _NUMBERS:
        return text
    if not text.isdigit() or int(text) > (LARGEST_DELIVERY if key == "delivery" else LARGEST_ID):
        raise InvalidInput(key, OLDER)
    return int(text)
