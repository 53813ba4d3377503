"""What a comparison says in its first sentence, line by line, and for who does not see its picture.

The rules are those of docs/metrics.md, "Comparisons": nothing is called a difference that an
interval does not carry.
"""

from collections.abc import Sequence

from analytics.reports.data import (
    ABOVE,
    BELOW,
    NOT_CLEAR,
    ClassBeside,
    ClassComparison,
    Interval,
    Measure,
    Strength,
    StudentComparison,
)
from analytics.thresholds import COMPARED_STUDENTS, JUDGED_QUESTIONS, JUDGED_STUDENTS
from analytics.wording.formats import (
    MISSING,
    count,
    day_words,
    hours,
    interval_words,
    joined,
    percent,
    percent_span,
    period_words,
    plural,
    points,
    shorten,
    skill_words,
)

NAMED = 2
"""How many skills or classes a sentence names before it counts the rest."""
CLASS_NAME = 40
LABELS = {
    "accuracy": "Accuracy",
    "questions": "Questions",
    "time": "Time",
    "skills_mastered": "Skills mastered",
    "xp": "XP",
    "active_days": "Days with practice",
}
SIDES = {ABOVE: "above the class", BELOW: "below the class", NOT_CLEAR: "not clearly different"}
CLASS_SIDES = {ABOVE: "clearly lower", BELOW: "clearly higher", NOT_CLEAR: "not clearly different"}
"""How another class stands, where the one asked about is above, below or neither."""
TOO_FEW = "too little to tell"


def student_comparison_finding(
    found: StudentComparison, given_name: str | None = None, *, past: bool = False
) -> str:
    """Where the student stands, and which skills stand apart from that; of `past` days then."""
    name, period = given_name or found.student, period_words(found.range)
    course = shorten(found.class_title, CLASS_NAME)
    if not found.enrolled:
        return f"{name} was not in {course} {period}."
    if not found.own_judged:
        return _little_practice(found, name, period)
    if found.judged < COMPARED_STUDENTS:
        return f"{_few(found)} of {course} answered {JUDGED_QUESTIONS} questions {period}: " + (
            "too few to compare with."
        )
    own, beside = percent(found.accuracy.own), percent(found.accuracy.average)
    side = f"{found.accuracy.side} {'from ' if found.accuracy.side == NOT_CLEAR else ''}"
    practised = _practised(found)
    return (
        f"{name} {_gets(past)} {own} right, {side}the class’s {beside}{practised}; {_apart(found)}."
    )


def _gets(past: bool) -> str:
    return "got" if past else "gets"


def _little_practice(found: StudentComparison, name: str, period: str) -> str:
    last = found.coverage.last_day
    if last is None:
        return f"{name} has not practised yet."
    seen = f"Last practice {day_words(last, found.range.end)}."
    if not found.questions:
        return f"No practice {period}. {seen}"
    return f"Only {plural(found.questions, 'question')} {period}: too little to compare. {seen}"


def _few(found: StudentComparison) -> str:
    others = found.judged - 1
    return f"Only {plural(others, 'other student')}" if others else "No other student"


def _practised(found: StudentComparison) -> str:
    """How many questions that took, where it is clearly more or fewer than the class's average."""
    asked = found.measures[1]
    if asked.side not in (ABOVE, BELOW):
        return ""
    more = "more" if asked.side == ABOVE else "fewer"
    return f", on {more} questions ({count(asked.own)}; class {count(asked.average)})"


def _apart(found: StudentComparison) -> str:
    """Which skills stand apart from the student's own level; or that none does."""
    if not found.gaps:
        return "too little practice on any one skill to compare"
    groups = (("relatively strong on ", found.strengths), ("relatively weak on ", found.weaknesses))
    words = [
        f"{label}{_named([one.skill for one in skills])}" for label, skills in groups if skills
    ]
    return ", ".join(words) or "no single skill stands clearly apart"


def _named(names: Sequence[str], noun: str = "more skill") -> str:
    shown = [skill_words(name) for name in names[:NAMED]]
    more = len(names) - len(shown)
    return joined([*shown, plural(more, noun)] if more else shown)


def place_words(found: StudentComparison) -> str:
    """The place on the leaderboard: `place 3 of 22 by XP`."""
    if found.left_out:
        return "left out"
    if found.place is None:
        return "no place: no XP in these days"
    if found.placed == 1:
        return "the only one with XP"
    return f"place {found.place} of {found.placed} by XP"


def figure_words(name: str, value: float | None) -> str:
    """A figure as its kind is written: `68 %`, `277`, `6 h 10 min`, `4.2`."""
    if value is None:
        return MISSING
    if name == "accuracy":
        return percent(value)
    if name == "time":
        return hours(value)
    if name in ("skills_mastered", "active_days") and value != int(value):
        return f"{value:.1f}"
    return count(value)


def average_words(one: Measure) -> str:
    """The class's average with its interval: `66 % (61 to 71 %)`."""
    if one.interval is None:
        return figure_words(one.name, one.average)
    if one.name == "accuracy":
        return f"{percent(one.average)} ({interval_words(one.interval)})"
    low, high = (figure_words(one.name, end) for end in (one.interval.low, one.interval.high))
    return f"{figure_words(one.name, one.average)} ({low} to {high})"


def gap_words(gap: float) -> str:
    """A gap in points: `+12 points`, `−3 points`."""
    return points(gap, 0.0)


def points_span(interval: Interval) -> str:
    """The ends of an interval in points: `−3 to +12`."""
    return f"{_signed(interval.low)} to {_signed(interval.high)}"


def _signed(gap: float) -> str:
    return points(gap, 0.0).rsplit(" ", 1)[0]


def gap_side(one: Strength) -> str:
    """What a gap's interval carries: `strength`, `weakness`, `not clear`."""
    if one.interval.low > 0:
        return "strength"
    return "weakness" if one.interval.high < 0 else "not clear"


def class_comparison_finding(found: ClassComparison, *, past: bool = False) -> str:
    """Where a class stands among the others, or stood in `past` days."""
    own, period = found.own, period_words(found.range)
    title = shorten(found.title, CLASS_NAME)
    if not own.students:
        return f"Nobody is enrolled in {title} {period}."
    if own.students == 1:
        return f"{title} has 1 student: too little to compare."
    if own.judged < JUDGED_STUDENTS:
        few = f"Only {own.judged}" if own.judged else "None"
        of = f"of {plural(own.students, 'student')} of {title}"
        return f"{few} {of} answered {JUDGED_QUESTIONS} questions {period}: too little to compare."
    words = f"{title} {_gets(past)} {percent(own.accuracy)} right ({interval_words(own.interval)})"
    if not found.others:
        return f"{words}; there is no other class of yours to compare it with."
    return f"{words}: {_beside(found.others)}."


def _beside(others: Sequence[ClassBeside]) -> str:
    """Each side with its classes, those that differ first."""
    sides = (
        (ABOVE, "above "),
        (BELOW, "below "),
        (NOT_CLEAR, "not clearly different from "),
        ("", "too little to tell about "),
    )
    parts = []
    for side, label in sides:
        inside = [one for one in others if one.side == side]
        if inside:
            parts.append(label + _classes(inside))
    return "; ".join(parts)


def _classes(inside: Sequence[ClassBeside]) -> str:
    names = [_with_accuracy(one) for one in inside[:NAMED]]
    more = len(inside) - len(names)
    return joined([*names, f"{more} more"] if more else names)


def _with_accuracy(one: ClassBeside) -> str:
    title = shorten(one.title, CLASS_NAME)
    return f"{title} ({percent(one.accuracy)})" if one.side else title


def class_side_words(one: ClassBeside) -> str:
    """How another class stands to the one asked about: `clearly lower`, `not clearly different`."""
    return CLASS_SIDES.get(one.side, TOO_FEW)


def p_words(p: float | None) -> str:
    """A p: `p .03`, `p under .001`; a dash where there is none."""
    if p is None:
        return MISSING
    return (
        "p under .001" if p < 0.001 else f"p {p:.3f}".replace("0.", ".", 1).rstrip("0").rstrip(".")
    )


def student_comparison_alt_text(found: StudentComparison) -> str:
    """The finding, then the figures beside the class's, and the skills that stand apart."""
    shown = [f"{LABELS[one.name]} {_beside_class(one)}" for one in found.measures[:3]]
    return f"{found.finding} {', '.join(shown)}."


def _beside_class(one: Measure) -> str:
    return f"{figure_words(one.name, one.own)} (class {figure_words(one.name, one.average)})"


def class_comparison_alt_text(found: ClassComparison) -> str:
    """The finding, then each class's accuracy with its interval."""
    lines = [
        f"{shorten(one.title, CLASS_NAME)} {percent(one.accuracy)}"
        + (f" ({percent_span(one.interval.low, one.interval.high)})" if one.interval else "")
        for one in (found.own, *found.others)
    ]
    return f"{found.finding} Accuracy: {', '.join(lines)}."
