"""The numbers of a comparison: as a table in place of the picture, and in a modal."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from analytics.reports.data import (
    ClassBeside,
    ClassComparison,
    Interval,
    Measure,
    Strength,
    StudentComparison,
)
from analytics.wording import count, interval_words, percent, plural, range_words
from analytics.wording.comparison import (
    LABELS,
    SIDES,
    average_words,
    class_side_words,
    figure_words,
    gap_side,
    gap_words,
    p_words,
    points_span,
)
from handlers.codec import Ref
from handlers.ids import Modal
from handlers.views.blocks import Block, Blocks, bold, divider, line
from handlers.views.limits import shorten
from handlers.views.modals import View, modal
from handlers.views.tables import Row, table
from school.days import local_day

TOGETHER = 20
"""Lines in one block, so that it stays within Slack's 3,000 characters."""


def student_comparison_table(found: StudentComparison) -> Block:
    """Each figure beside the class, then each skill."""
    head = ("What", "Student", "Class", "What it means")
    measures = [
        (
            LABELS[one.name],
            figure_words(one.name, one.own),
            average_words(one),
            SIDES.get(one.side, "–"),
        )
        for one in found.measures
    ]
    gaps = [
        (one.skill, percent(one.accuracy), percent(one.class_accuracy), _gap_words(one))
        for one in found.gaps
    ]
    return table([head, *measures, *gaps])


def _gap_words(one: Strength) -> str:
    return f"{gap_words(one.gap)}, {gap_side(one)}"


def class_comparison_table(found: ClassComparison) -> Block:
    """Each class, and how it stands to the first."""
    head = ("Class", "Accuracy", "Students", "95 % interval", "Beside the first")
    others = [_class_row(one, class_side_words(one)) for one in found.others]
    return table([head, _class_row(found.own, "–"), *others])


def _class_row(one: ClassBeside, words: str) -> Row:
    return (
        one.title,
        percent(one.accuracy),
        count(one.judged),
        interval_words(one.interval),
        words,
    )


def student_numbers_modal(found: StudentComparison, ref: Ref, now: datetime) -> View:
    """Every number of the picture, with its interval."""
    today = local_day(now, ZoneInfo(found.timezone))
    head = line(
        bold(shorten(found.student, "name")),
        f" · {shorten(found.class_title, 'class')} · {range_words(found.range, today)}",
        "\nIn brackets the 95 % interval.",
    )
    skills = [_skill_line(one) for one in found.gaps]
    explained = (
        "\nHow far ahead of the classmates, in points, once the student’s overall gap to them is "
        "removed; intervals allow for all skills looked at."
    )
    blocks = [head, *_lines([_measure_line(one) for one in found.measures])]
    if skills:
        blocks += [divider(), line(bold("Skills beside the class"), explained), *_lines(skills)]
    return modal(Modal.NUMBERS, "Numbers", blocks, ref=ref)


def _measure_line(one: Measure) -> str:
    around = f" ({interval_words(one.around)})" if one.around else ""
    own = f"{LABELS[one.name]}: {figure_words(one.name, one.own)}{around}"
    of = f", class {average_words(one)}, {plural(one.students, 'student')}"
    side = f"; {SIDES[one.side]}" if one.side else ""
    return f"{own}{of if one.average is not None else ''}{side}"


def _skill_line(one: Strength) -> str:
    right = f"{percent(one.accuracy)} of {plural(one.questions, 'question')}"
    beside = f"class {percent(one.class_accuracy)}"
    gap = f"{gap_words(one.gap)} ({points_span(one.interval)}), {gap_side(one)}"
    return f"{shorten(one.skill, 'skill')}: {right}, {beside}; {gap}"


def class_numbers_modal(found: ClassComparison, ref: Ref, now: datetime) -> View:
    """Every number of the picture, with its interval."""
    today = local_day(now, ZoneInfo(found.timezone))
    head = line(
        bold(shorten(found.title, "name")),
        f" · {range_words(found.range, today)}",
        "\nMeans over students with at least 10 questions, in brackets the 95 % interval. "
        "p is adjusted for all classes looked at.",
    )
    blocks = [head, *[_class_line(one) for one in (found.own, *found.others)]]
    return modal(Modal.NUMBERS, "Numbers", blocks, ref=ref)


def _class_line(one: ClassBeside) -> Block:
    parts = [
        f"{percent(one.accuracy)} ({interval_words(one.interval)}) of {one.judged}"
        f" of {plural(one.students, 'student')}",
        f"{count(one.questions)} questions each",
    ]
    if one.gap is not None and one.gap_interval is not None:
        # The shapes hold the first class less this one; a line is about this one.
        turned = Interval(-one.gap_interval.high, -one.gap_interval.low)
        difference = f"{gap_words(-one.gap)} against the first ({points_span(turned)})"
        parts += [difference, p_words(one.p), class_side_words(one)]
    if one.shared:
        parts.append(f"{plural(one.shared, 'student')} in both")
    return line(bold(shorten(one.title, "name")), f"\n{' · '.join(parts)}")


def _lines(lines: Sequence[str]) -> Blocks:
    """Many lines in each block."""
    starts = range(0, len(lines), TOGETHER)
    return [line("\n".join(lines[start : start + TOGETHER])) for start in starts]
