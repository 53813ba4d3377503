"""Names as people type them: exact, by their beginnings, or nearly so; only among one's own.

Case, accents, apostrophes and the order of words make no difference, in any script. A slip of the
finger (a letter too many, too few, or two swapped) still finds; a letter that differs may be
another child's name and is only offered.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import methodcaller

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler
from sqlalchemy.orm import Session

from school.access import Viewer, visible_classes, visible_enrolments

NEAR = 0.74
"""How like a name must be (mean Jaro-Winkler similarity over the typed words) to be offered."""
NEAR_MOST = 4
SLIPS_MOST = 50
"""So many of the nearest are looked at for a slip of the finger."""
SLIP_LETTERS = 5
"""A word shorter than this finds nobody when it is misspelt: too many names are one letter off."""

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛ʼʻʽˈ`´′＇"))
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h"}
)
_NO_ASCII_WORD = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody (or a class) whom typed words may mean. `class_title` is empty for a class."""

    id: int
    name: str
    class_title: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Match:
    """`found`: whom the words mean, several where they leave a choice; else `near`, best first."""

    found: tuple[Candidate, ...]
    near: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class _Entry:
    candidate: Candidate
    tokens: tuple[str, ...]
    source: str


def match_students(
    session: Session, viewer: Viewer, words: str, *, class_id: int | None = None
) -> Match:
    """Whom of the viewer's students (of one class, where said) the words mean.

    Words may be a name or part of it, a roster id, or a name followed by a roster id.
    """
    return _match(students_of(session, viewer, class_id=class_id), words)


def match_classes(session: Session, viewer: Viewer, words: str) -> Match:
    """Which of the viewer's classes the words mean."""
    classes = visible_classes(session, viewer)
    return _match([Candidate(one.id, one.title, "", one.source_id) for one in classes], words)


def match_named(candidates: Iterable[Candidate], words: str) -> Match:
    """Which of some named things the words mean."""
    return _match(candidates, words)


def students_of(
    session: Session, viewer: Viewer, *, class_id: int | None = None
) -> list[Candidate]:
    """All students whom the viewer may see, by name, each once with all their visible classes."""
    titles: dict[int, list[str]] = {}
    people: dict[int, tuple[str, str]] = {}
    for row in visible_enrolments(session, viewer, class_id=class_id):
        titles.setdefault(row.student_id, []).append(row.class_title)
        people[row.student_id] = (f"{row.given_name} {row.family_name}".strip(), row.source_id)
    return [
        Candidate(student_id, name, ", ".join(titles[student_id]), source)
        for student_id, (name, source) in people.items()
    ]


def suggest(candidates: Iterable[Candidate], typed: str) -> list[Candidate]:
    """Those with a word that begins as each typed word does: for menus that narrow while typing."""
    words = fold(typed).split()
    return [one for one in candidates if _all_in(words, fold(one.name).split(), str.startswith)]


def nearest(text: str, titles: Sequence[str]) -> list[str]:
    """The titles that come near `text`, best first."""
    entries = [_entry(Candidate(n, title, "", "")) for n, title in enumerate(titles)]
    return [one.name for one in _near(entries, fold(text).split())]


def look(name: str) -> str:
    """A name as the eye takes it: equal for names that differ in case, spaces or coding alone."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Text without case, accents, apostrophes and punctuation, its words one space apart."""
    text = text.translate(_APOSTROPHES).casefold()
    if text.isascii():
        return _NO_ASCII_WORD.sub(" ", text).strip()
    # A mark of class 0 is a vowel of its own (as in Devanagari), not an accent.
    bare = (c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    letters = (c if unicodedata.category(c)[0] in "LMN" else " " for c in bare)
    return " ".join("".join(letters).translate(_LETTERS).casefold().split())


def _match(candidates: Iterable[Candidate], words: str) -> Match:
    typed = fold(words)
    if not typed:
        return Match(())
    entries = [_entry(one) for one in candidates]
    for fits in (_is_id_or_whole_name, _has_words, _begins):
        if found := tuple(one.candidate for one in entries if fits(one, typed)):
            return Match(found)
    near = _near(entries, typed.split())
    slips = [one for one in near[:SLIPS_MOST] if _is_slip(typed.split(), fold(one.name).split())]
    return Match(tuple(slips), tuple(near[:NEAR_MOST]) if not slips else ())


def _entry(candidate: Candidate) -> _Entry:
    return _Entry(candidate, tuple(fold(candidate.name).split()), fold(candidate.source_id))


def _is_id_or_whole_name(entry: _Entry, typed: str) -> bool:
    if entry.source and (typed == entry.source or typed.endswith(f" {entry.source}")):
        rest = typed[: -len(entry.source)].split()
        return _all_in(rest, entry.tokens, str.startswith)
    return _is_whole_name(entry.tokens, typed)


def _is_whole_name(tokens: Sequence[str], typed: str) -> bool:
    # Chinese, Japanese and Korean names are typed without a space, family name first.
    joined = typed.replace(" ", "")
    return joined in ("".join(tokens), "".join(reversed(tokens))) or (
        sorted(typed.split()) == sorted(tokens)
    )


def _has_words(entry: _Entry, typed: str) -> bool:
    joined = typed.replace(" ", "")
    return joined in entry.tokens or _all_in(typed.split(), entry.tokens, str.__eq__)


def _begins(entry: _Entry, typed: str) -> bool:
    if _all_in(typed.split(), entry.tokens, str.startswith):
        return True
    joined = typed.replace(" ", "")
    orders = ("".join(entry.tokens), "".join(entry.tokens[::-1]), *entry.tokens)
    return any(map(methodcaller("startswith", joined), orders))


def _all_in(
    words: Sequence[str], tokens: Sequence[str], fits: Callable[[str, str], object]
) -> bool:
    """Whether each word fits a token of its own; the longest words choose first."""
    if len(words) > len(tokens):
        return False
    left = list(tokens)
    for word in sorted(words, key=len, reverse=True):
        token = next((one for one in left if fits(one, word) is True), None)
        if token is None:
            return False
        left.remove(token)
    return True


def _near(entries: Sequence[_Entry], words: Sequence[str]) -> list[Candidate]:
    """Candidates by mean similarity of each typed word to its best word of the name."""
    entries = [one for one in entries if one.tokens]
    if not entries or not words:
        return []
    tokens = [token for one in entries for token in one.tokens]
    starts = np.cumsum([0] + [len(one.tokens) for one in entries[:-1]])
    likeness = process.cdist(words, tokens, scorer=JaroWinkler.similarity)
    scores = np.maximum.reduceat(likeness, starts, axis=1).mean(axis=0)
    # A stable sort: those equally near stay in the order of their names.
    order = np.argsort(-scores, kind="stable")[: np.count_nonzero(scores >= NEAR)]
    return [entries[n].candidate for n in order]


def _is_slip(words: Sequence[str], tokens: Sequence[str]) -> bool:
    return any(word not in tokens for word in words) and _all_in(words, tokens, _is_one_slip)


def _is_one_slip(token: str, word: str) -> bool:
    if token == word:
        return True
    same_letters = sorted(token) == sorted(word) or len(token) != len(word)
    return len(word) >= SLIP_LETTERS and same_letters and OSA.distance(token, word) == 1
