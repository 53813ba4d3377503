"""What was typed after `/homeroom trend`: a name, and around it a metric, a range, a period."""

import re
from dataclasses import dataclass, replace

from analytics.reports.data.trends import Metric
from handlers.words import read_words

METRICS = {
    "accuracy": Metric.ACCURACY,
    "questions": Metric.QUESTIONS,
    "question": Metric.QUESTIONS,
    "time": Metric.TIME,
    "minutes": Metric.TIME,
    "hours": Metric.TIME,
    "xp": Metric.XP,
    "engagement": Metric.ENGAGEMENT,
    "completion": Metric.COMPLETION,
    "assignments": Metric.COMPLETION,
}
"""The words of each metric."""
_BY = re.compile(
    r"(?:\b(?:by|per|every|each)\s+(day|week|month)s?|\b(daily|weekly|monthly))$", re.I
)
_BY_FIRST = re.compile(
    r"^(?:(?:by|per|every|each)\s+(day|week|month)s?\b|(daily|weekly|monthly)\b)", re.I
)
_ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month"}


@dataclass(frozen=True, slots=True)
class TypedTrend:
    """The name (perhaps none); metric, period and the range's code where they were typed."""

    name: str
    metric: str | None = None
    by: str | None = None
    range: str | None = None


def read_end(text: str) -> TypedTrend:
    """Read what stands at the end, in any order, until only a name is left."""
    typed = TypedTrend(" ".join(text.split()))
    while True:
        shorter = _peeled(typed)
        if shorter == typed:
            return typed
        typed = shorter


def read_start(typed: TypedTrend) -> TypedTrend:
    """Read what stands at the start of the name too, as some people say it first."""
    while True:
        shorter = _peeled_first(typed)
        if shorter == typed:
            return typed
        typed = shorter


def _peeled(typed: TypedTrend) -> TypedTrend:
    """The same with one more thing read off the end of the name, each thing once."""
    if typed.by is None and (found := _BY.search(typed.name)):
        return replace(typed, name=typed.name[: found.start()].strip(), by=_period(found))
    before, _, last = typed.name.rpartition(" ")
    if typed.metric is None and last.lower() in METRICS:
        return replace(typed, name=before.strip(), metric=METRICS[last.lower()].value)
    if typed.range is None and (read := read_words(typed.name)).range is not None:
        return replace(typed, name=read.name, range=read.range)
    return typed


def _peeled_first(typed: TypedTrend) -> TypedTrend:
    if typed.by is None and (found := _BY_FIRST.search(typed.name)):
        return replace(typed, name=typed.name[found.end() :].strip(), by=_period(found))
    first, _, after = typed.name.partition(" ")
    if typed.metric is None and first.lower() in METRICS:
        return replace(typed, name=after.strip(), metric=METRICS[first.lower()].value)
    if typed.range is None and after:
        return _range_first(typed)
    return typed


def _range_first(typed: TypedTrend) -> TypedTrend:
    """A range of up to three words before the name, such as `last 60 days`."""
    words = typed.name.split()
    for length in range(min(3, len(words) - 1), 0, -1):
        read = read_words(" ".join(words[:length]))
        if read.range is not None and not read.name:
            return replace(typed, name=" ".join(words[length:]), range=read.range)
    return typed


def _period(found: re.Match[str]) -> str:
    noun, adverb = found.groups()
    return noun.lower() if noun else _ADVERBS[adverb.lower()]
