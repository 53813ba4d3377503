"""What was typed after `/homeroom meet`: a name, and around it a day, a time, a length, a type."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from handlers.meetings.when import DAY_PATTERNS, LENGTH_PATTERNS, TIME_PATTERNS, Found, Reader

_SMART = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2019": "'", "\u00a0": " "})
_KINDS = {
    "group": r"(?:as an? )?group(?: meeting)?",
    "parent_conference": (
        r"(?:with )?(?:(?:the|her|his|their) )?"
        r"(?:parents?|family|guardians?|mother|father|mom|mum|dad)"
        r"(?:[ -]teacher)?(?: (?:conference|meeting|evening))?|conference"
    ),
    "one_on_one": r"one[ -](?:on|to)[ -]one|1:1|1-1",
}
MOST_READ = 12
"""So many things are read off a name, each of which is another name to look for."""
MOST_WORDS = 5
"""So many words of a name that nobody has are looked at for one that somebody has."""
_VAGUE = (
    r"(?:(?:in the|this|early|late) )?(?:morning|afternoon|evening)"
    r"|(?:before|after) (?:school|lunch)"
    r"|(?:some ?time )?(?:next|this) (?:week|month)|soon|asap|some ?(?:time|day)|later|tonight"
)
_MORE = re.compile(r".*\s((?:about|re|regarding|because|with|at|in|for|on)\s.+)$", re.IGNORECASE)
_ODD = re.compile(r"(?:^|\s)((?:(?:on|at|in|for)\s+)?\S*\d\S*)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TypedMeeting:
    """The name (perhaps none), and what was understood; `notes` say what was not, or how it was.

    `kind` is a meeting's type, `minutes` its length. `longer` are the names that it would be if
    less were read as a day or a time, the longest first.
    """

    name: str
    found: Found = field(default_factory=Found)
    kind: str | None = None
    notes: tuple[str, ...] = ()
    longer: tuple["TypedMeeting", ...] = ()


def read_end(text: str, now: datetime) -> TypedMeeting:
    """Read what stands at the end, each thing once, until only a name is left.

    `now` is the local time (aware) in which days and hours are meant.
    """
    clean = " ".join(html.unescape(text).translate(_SMART).split())
    return _read(TypedMeeting(_bare(clean)), Reader(now), at_end=True)


def read_start(typed: TypedMeeting, now: datetime) -> TypedMeeting:
    """Read what stands at the start of the name too, as some people say it first."""
    read = _read(replace(typed, name=_without(typed.name)), Reader(now), at_end=False)
    return replace(read, name=_without(read.name))


def drop_odd(typed: TypedMeeting) -> TypedMeeting:
    """The same without a last word that has a figure in it, which nobody is called by."""
    odd = _ODD.search(typed.name)
    if odd is None:
        return typed
    note = f"I could not read “{odd[1]}”. Please choose the day and the time."
    name = _bare(typed.name[: odd.start()])
    return replace(typed, name=name, notes=(*typed.notes, note))


def drop_more(typed: TypedMeeting, now: datetime) -> TypedMeeting:
    """The same without what follows the last word that no name has, such as `about fractions`.

    What stands before it is read anew: `tomorrow at 9 in room 12` has a time.
    """
    more = _MORE.match(typed.name)
    if more is None:
        return typed
    note = f"I left out “{more[1]}”: there is room for it below."
    name = _bare(typed.name[: more.start(1)])
    rest = replace(typed, name=name, notes=(*typed.notes, note))
    return _read(rest, Reader(now), at_end=True)


def beginnings(name: str) -> list[str]:
    """What a name begins with, the longest first, for where its end is none: `Leo's aunt`."""
    words = name.split()[:MOST_WORDS]
    return [_without(" ".join(words[:number])) for number in range(len(words) - 1, 0, -1)]


def _read(typed: TypedMeeting, reader: Reader, *, at_end: bool) -> TypedMeeting:
    while True:
        shorter = next(_peeled(typed, reader, at_end=at_end), None)
        if shorter is None or len(typed.longer) >= MOST_READ:
            return replace(typed, found=reader.settled(typed.found))
        typed = replace(shorter, longer=(*typed.longer, replace(typed, longer=())))


def _peeled(typed: TypedMeeting, reader: Reader, *, at_end: bool) -> Iterator[TypedMeeting]:
    """The same with one more thing read off the name, each thing once."""
    for what, body in (*TIME_PATTERNS, *LENGTH_PATTERNS, *DAY_PATTERNS):
        if (cut := _cut(body, typed.name, at_end=at_end)) is None:
            continue
        rest, match = cut
        if (found := reader.read(what, match, typed.found)) is not None:
            said = (*typed.notes, *found.notes)
            yield replace(typed, name=rest, found=replace(found, notes=()), notes=said)
    for kind, body in _KINDS.items():
        if typed.kind is None and (cut := _cut(body, typed.name, at_end=at_end)):
            yield replace(typed, name=cut[0], kind=kind)
    if cut := _cut(_VAGUE, typed.name, at_end=at_end):
        note = f"I could not tell when “{cut[1][0].strip()}” is. Please choose."
        yield replace(typed, name=cut[0], notes=(*typed.notes, note))


def _cut(body: str, name: str, *, at_end: bool) -> tuple[str, re.Match[str]] | None:
    """What is left of the name without the words that `body` describes, and those words."""
    whole = rf"(?:^|(?<=\s)|(?<=,))(?:{body})[,.]?$" if at_end else rf"^(?:{body})(?:,|(?=\s)|$)"
    match = re.search(whole, name, re.IGNORECASE)
    if match is None:
        return None
    return _bare(name[: match.start()] if at_end else name[match.end() :]), match


def _without(name: str) -> str:
    """A name without what some people put before and behind it: `with Leo's` (parents)."""
    return re.sub(r"^(?:with|about)\s+|(?<=\w)'s?$", "", name, flags=re.IGNORECASE)


def _bare(name: str) -> str:
    """A name without the commas and quotes that some people put around it."""
    name = re.sub(r"\s+(?:on|at|for)$", "", name.strip(" ,"), flags=re.IGNORECASE).strip(" ,")
    if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'":
        return name[1:-1].strip()
    return name
