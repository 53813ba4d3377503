"""Effects in words (docs/metrics.md, "Effect of interventions").

Only a difference to comparable classmates is called an effect. What came before and after is said
as the fact that it is.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from analytics.effects.data import (
    KindEffect,
    Outcome,
    StudentEffect,
    Unsaid,
    Why,
    Window,
)
from analytics.effects.expected import LEAST_CASES
from analytics.effects.judging import LEAST_COMPARABLE, LEAST_TREATED
from analytics.effects.windows import LENGTH
from analytics.reports.data import Interval
from analytics.wording.formats import (
    MINUS,
    MISSING,
    day_words,
    interval_words,
    joined,
    percent,
    plural,
    points,
    signed,
)


def effect_words(effect: KindEffect, kinds: str, today: date) -> str:
    """What can be said about a kind of help, in a sentence or two; `kinds` is such as `messages`.

    `After messages: 12 students, +6 points (95 % interval +1 to +11) beyond 24 comparable
    classmates: helped.`
    """
    if effect.gain is None or effect.interval is None:
        return f"After {kinds}: {_LACKING[effect.why or Why.NO_SPREAD](effect, today)}"
    who = plural(effect.treated, "student")
    beside = plural(effect.comparable + effect.helped_later, "comparable classmate")
    gained = gain_words(effect.outcome, effect.gain, effect.interval)
    against = "beyond" if effect.gain >= 0 else "beside"
    said = f"After {kinds}: {who}, {gained} {against} {beside}: {effect.verdict}."
    return " ".join([said, *_caveats(effect)])


def gain_words(outcome: Outcome, gain: float, interval: Interval) -> str:
    """A gain with its interval: `+6 points (95 % interval +1 to +11)`."""
    if outcome == Outcome.DAYS:
        span = f"{_days(interval.low)} to {_days(interval.high)}"
        return f"{_days(gain)} days of the next {LENGTH} (95 % interval {span})"
    span = f"{signed(100 * interval.low)} to {signed(100 * interval.high)}"
    return f"{points(gain, 0.0)} (95 % interval {span})"


def change_words(outcome: Outcome, change: float) -> str:
    """A gain by itself: `+6 points`, `−0.3 days`."""
    return f"{_days(change)} days" if outcome == Outcome.DAYS else points(change, 0.0)


def effects_alt_text(name: str, effects: Sequence[tuple[str, KindEffect]]) -> str:
    """What the picture of a class's effects shows, for whoever cannot see it."""
    said = [
        f"{kinds} {gain_words(one.outcome, one.gain, one.interval)}, {one.verdict}"
        for kinds, one in effects
        if one.gain is not None and one.interval is not None
    ]
    return f"What works in {name}, beyond comparable classmates: {'; '.join(said)}."


def before_and_after(effect: KindEffect) -> str:
    """The means before and after, beside those of comparable classmates: facts, and no effect."""
    own, others = (
        f"{_level(effect.outcome, first)} before, {_level(effect.outcome, last)} after"
        for first, last in (
            (effect.before, effect.after),
            (effect.others_before, effect.others_after),
        )
    )
    return f"Helped: {own}. Comparable classmates without help: {others}."


def student_words(effect: StudentEffect, today: date) -> str:
    """What happened, and what would be expected without help. No verdict, whatever happened."""
    return f"{what_happened(effect)} {expected_words(effect, today)}"


def what_happened(effect: StudentEffect) -> str:
    """The ten school days before and after: `Before: 12 of 20 right (60 %). After: …`."""
    write = _practised if effect.outcome == Outcome.DAYS else _right
    so_far = "" if effect.after.whole else " so far"
    return f"Before: {write(effect.before)}. After{so_far}: {write(effect.after)}."


def expected_words(effect: StudentEffect, today: date) -> str:
    """What would be expected without help, or why that cannot be said."""
    if effect.expected is None or effect.interval is None:
        return _UNSAID[effect.unsaid or Unsaid.COMPARABLE](effect, today)
    like = _alike(effect)
    return f"Without help, {_expected(effect)} would be expected{like}; on one student no verdict."


def _expected(effect: StudentEffect) -> str:
    low, high = (effect.interval.low, effect.interval.high) if effect.interval else (0.0, 0.0)
    if effect.outcome == Outcome.DAYS:
        return f"{effect.expected:.0f} days ({low:.0f} to {high:.0f})"
    return f"{percent(effect.expected)} ({interval_words(effect.interval)})"


def _alike(effect: StudentEffect) -> str:
    if effect.outcome == Outcome.DAYS:
        return f", from {plural(effect.comparable, 'absence')} as long"
    return f", from {plural(effect.comparable, 'comparable classmate')}"


def _days(days: float) -> str:
    """A change in days: `+1.4`, `−0.3`, `±0.0`."""
    tenths = round(10 * days)
    sign = "±" if not tenths else "+" if tenths > 0 else MINUS
    return f"{sign}{abs(tenths) / 10:.1f}"


def _level(outcome: Outcome, value: float | None) -> str:
    if outcome == Outcome.ACCURACY or value is None:
        return percent(value)
    return f"{value:.1f} of {LENGTH} days"


def _right(window: Window) -> str:
    if not window.questions:
        return "no questions"
    return f"{window.correct:,} of {window.questions:,} right ({percent(window.accuracy)})"


def _practised(window: Window) -> str:
    if not window.whole:  # how many of its days there have been is not said by the window
        return f"practised on {plural(window.active_days, 'school day')}"
    return f"practised on {window.active_days} of {LENGTH} school days"


def _caveats(effect: KindEffect) -> list[str]:
    """What clouds an effect."""
    found = []
    if effect.together:
        found.append(f"{effect.together:,} of them got other help too in these days.")
    if effect.helped_later:
        found.append(
            f"{effect.helped_later:,} of the classmates got help in the days after,"
            " which makes a difference look smaller."
        )
    return found


def _early(effect: KindEffect, today: date) -> str:
    until = day_words(effect.known_from, today) if effect.known_from else MISSING
    return f"too early to tell: the data have to reach {until}."


def _few_treated(effect: KindEffect, _: date) -> str:
    counted = plural(effect.treated, "student")
    if effect.treated < effect.students:
        counted = f"{effect.treated} of {plural(effect.students, 'student')} can be counted"
    reasons = _left_out(effect)
    why = f" ({joined(reasons)})" if reasons else ""
    return f"too few to tell: {counted}{why}, {LEAST_TREATED} are needed."


def _left_out(effect: KindEffect) -> list[str]:
    left = effect.left_out
    counts = [
        (left.practice, "with too little practice"),
        (left.before, "helped just before too"),
        (left.away, "not there throughout"),
        (left.alone, "with no classmate to compare with"),
        (effect.waiting, "with days still to come"),
    ]
    return [f"{count} {words}" for count, words in counts if count]


def _few_comparable(effect: KindEffect, _: date) -> str:
    found = plural(effect.comparable, "comparable classmate")
    who = plural(effect.treated, "student")
    return f"too few to tell: {who}, but {found} without help; {LEAST_COMPARABLE} are needed."


def _no_spread(effect: KindEffect, _: date) -> str:
    who = plural(effect.treated, "student")
    return f"too few to tell: the {who} cannot be told apart from their classmates."


_LACKING: Mapping[Why, Callable[[KindEffect, date], str]] = {
    Why.EARLY: _early,
    Why.TREATED: _few_treated,
    Why.COMPARABLE: _few_comparable,
    Why.NO_SPREAD: _no_spread,
}


def _not_yet(effect: StudentEffect, today: date) -> str:
    return f"The {LENGTH} school days after end on {day_words(effect.known_from, today)}."


def _little_practice(_: StudentEffect, __: date) -> str:
    return "Too little practice to say what would be expected without help."


def _away(_: StudentEffect, __: date) -> str:
    return "Not in the class throughout, so that nothing can be said to be expected."


def _few_cases(effect: StudentEffect, _: date) -> str:
    found = plural(effect.comparable, "comparable classmate")
    return f"Too few to say what would be expected without help: {found}, {LEAST_CASES} are needed."


_UNSAID: Mapping[Unsaid, Callable[[StudentEffect, date], str]] = {
    Unsaid.EARLY: _not_yet,
    Unsaid.PRACTICE: _little_practice,
    Unsaid.AWAY: _away,
    Unsaid.COMPARABLE: _few_cases,
}
