"""Placeholders in templates: a few names in square brackets, replaced in one pass.

There is no language in a template: what is none of these names stays as it is and is told of, and
what is filled in is never read for placeholders.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from interventions.messages.texts import bracketed
from school.errors import InvalidInput


class Placeholder(StrEnum):
    """What can be filled in, as it is written in a template."""

    STUDENT = "Student"
    TEACHER = "Teacher"
    CLASS = "Class"
    SKILL = "Skill"
    CLASS_SKILL = "Class skill"
    ASSIGNMENT = "Assignment"
    DAYS = "Days"
    PERCENT = "Percent"
    STREAK = "Streak"
    X = "X"


MEANT = {
    Placeholder.STUDENT: "the student's given name",
    Placeholder.TEACHER: "your name",
    Placeholder.CLASS: "the class",
    Placeholder.SKILL: "the skill that it is about",
    Placeholder.CLASS_SKILL: "what the class has practised most, last 10 school days",
    Placeholder.ASSIGNMENT: "the assignment that it is about",
    Placeholder.DAYS: "school days since the last practice",
    Placeholder.PERCENT: "accuracy on the skill, last 30 days",
    Placeholder.STREAK: "school days in a row with practice",
    Placeholder.X: "days, per cent or streak, by the words after it",
}
"""What each stands for, for whoever writes a template."""
UNKNOWN_X = "write [Days], [Percent] or [Streak], or put “days”, “%” or “-day streak” after it"
NOT_KNOWN = "it is not known here; write it yourself"
_NAMES = {one.value.casefold(): one for one in Placeholder}
_BRACKETED = re.compile(r"\[([^\[\]\n]{1,60})\]")
_AFTER_X = (
    (re.compile(r"\s*%|\s*per ?cent\b", re.IGNORECASE), Placeholder.PERCENT),
    (re.compile(r"[-\s]*days?[-\s]+streak\b", re.IGNORECASE), Placeholder.STREAK),
    (re.compile(r"[-\s]*(school[-\s]+)?days?\b", re.IGNORECASE), Placeholder.DAYS),
)
_CLASS_AT_WORK = re.compile(r"\bclass is working on\s+$", re.IGNORECASE)
"""Before `[Skill]`: what is said is of the class, and is to be true of it."""


@dataclass(frozen=True, slots=True)
class Values:
    """What placeholders stand for, for one student; `why_not` says why one of them has nothing."""

    known: Mapping[Placeholder, str] = field(default_factory=dict)
    why_not: Mapping[Placeholder, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A placeholder that is none, or that nothing is known for: `[Skill]`, and why."""

    written: str
    why: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its placeholders replaced; those in `troubles` stand in it still."""

    text: str
    troubles: tuple[Trouble, ...] = ()


def fill(text: str, values: Values) -> Filled:
    """Replace every placeholder of a template, or of what a teacher typed, in one pass."""
    troubles: dict[str, Trouble] = {}

    def value(found: re.Match[str]) -> str:
        meant = _meant(found)
        known = None if meant is None else values.known.get(meant)
        if known is None:
            if any(map(str.isalpha, found[1])):
                troubles[found[0]] = Trouble(found[0], _why(found[1], meant, values))
            return found[0]
        return known

    return Filled(_BRACKETED.sub(value, text), tuple(troubles.values()))


def names_in(text: str) -> tuple[Placeholder, ...]:
    """Which placeholders a text has, in order, by what they stand for: `[X] days` is `Days`."""
    found = (_meant(one) for one in _BRACKETED.finditer(text))
    return tuple(dict.fromkeys(one for one in found if one is not None))


def check_template(content: str) -> None:
    """Refuse a template with placeholders that are none. Raises InvalidInput on `content`."""
    every: dict[Placeholder, str] = {one: one.value for one in Placeholder}
    del every[Placeholder.X]
    wrong = fill(content, Values(every)).troubles
    if wrong:
        raise InvalidInput("content", trouble_words(wrong[0]))


def trouble_words(trouble: Trouble) -> str:
    """What is wrong, in a sentence: `[Streak]: Leo is on no streak of 2 school days now.`"""
    return f"{trouble.written}: {trouble.why}."


def left_words(written: str) -> str:
    """That a placeholder, or what looks like one, was left in a message."""
    return (
        f"{written} still stands in the message. Write what it stands for, or use round brackets "
        "if it is meant as it is."
    )


def left_in(text: str) -> tuple[str, ...]:
    """What stands in square brackets in a text that is to be sent."""
    return bracketed(text)


def _meant(found: re.Match[str]) -> Placeholder | None:
    name = _NAMES.get(" ".join(found[1].split()).casefold())
    if name is Placeholder.SKILL and _CLASS_AT_WORK.search(found.string[: found.start()]):
        return Placeholder.CLASS_SKILL
    if name is not Placeholder.X:
        return name
    after = found.string[found.end() :]
    return next((meant for words, meant in _AFTER_X if words.match(after)), Placeholder.X)


def _why(name: str, meant: Placeholder | None, values: Values) -> str:
    if meant is None:
        known = ", ".join(f"[{one}]" for one in Placeholder)
        return f"it is none of the placeholders that I know, which are {known}"
    return UNKNOWN_X if meant is Placeholder.X else values.why_not.get(meant, NOT_KNOWN)
