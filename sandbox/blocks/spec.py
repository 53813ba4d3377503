"""The small language in which `limits.py` is written."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Rule:
    """What one property may hold.

    `kind` is `text`, `string`, `bool`, `number`, `list`, `object` or `any`; `most` and `least`
    bound characters or items; `of` names the permitted objects (of a list: of its items);
    `among` the permitted strings.
    """

    kind: str
    most: int | None = None
    least: int = 0
    of: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    required: bool = False


def plain(most: int) -> Rule:
    """A `plain_text` object."""
    return Rule("text", most, 1, among=("plain_text",))


def text(most: int) -> Rule:
    """A `plain_text` or `mrkdwn` object."""
    return Rule("text", most, 1, among=("plain_text", "mrkdwn"))


def string(most: int | None = None, least: int = 0) -> Rule:
    """A string."""
    return Rule("string", most, least)


def one_of(*values: str) -> Rule:
    """One of some strings."""
    return Rule("string", among=values)


def obj(*names: str) -> Rule:
    """One object of the named sorts."""
    return Rule("object", of=names)


def many(*names: str, most: int | None = None, least: int = 1) -> Rule:
    """A list of objects of the named sorts; no names: of anything."""
    return Rule("list", most, least, of=names)


def must(rule: Rule) -> Rule:
    """The same rule for a property that may not be left out."""
    return replace(rule, required=True)


BOOL = Rule("bool")
NUMBER = Rule("number")
ANY = Rule("any")
Shape = dict[str, Rule]
