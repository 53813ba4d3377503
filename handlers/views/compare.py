"""Comparisons as messages, and their numbers as a table or in a modal."""

from collections.abc import Sequence
from dataclasses import replace
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
    class_comparison_alt_text,
    class_side_words,
    figure_words,
    gap_side,
    gap_words,
    p_words,
    place_words,
    points_span,
    student_comparison_alt_text,
)
from handlers.ask import Answer
from handlers.codec import Ref
from handlers.ids import Action, Kind, Modal
from handlers.views.blocks import (
    Block,
    Blocks,
    Element,
    bold,
    button,
    divider,
    line,
    picture,
    section,
)
from handlers.views.limits import shorten
from handlers.views.lines import figure, figures, finding_line, head_line
from handlers.views.menus import menus_block, offer_button, range_menu
from handlers.views.modals import View, modal
from handlers.views.tables import Row, table
from school.days import DateRange, local_day

TOGETHER = 20
"""Lines in one block, so that it stays within Slack's 3,000 characters."""


def compare_button(ref: Ref) -> Element:
    """From a report to the comparison of the same student or class, over the same days."""
    wanted = replace(ref.report_only(), kind=Kind.COMPARISON.value)
    return button("Compare", Action.COMPARE, wanted.encode())


def student_comparison_message(
    found: StudentComparison,
    ref: Ref,
    now: datetime,
    offers: Sequence[DateRange],
    file_id: str | None,
) -> Blocks:
    """The message. `file_id` is the uploaded picture's; without one a table stands in.

    `offers` are ranges that hold practice, for where this one holds too little.
    """
    alt = student_comparison_alt_text(found)
    shown = picture(file_id, alt) if file_id else table(_student_rows(found))
    body = [_standing(found), shown] if found.questions else []
    head = head_line(
        found.student,
        [shorten(found.class_title, "class")],
        found.range,
        found.coverage,
        zone=found.timezone,
        now=now,
    )
    finding = finding_line(found.finding, replaying=found.replaying)
    return [head, finding, *body, _student_menus(found, ref, now, offers)]


def _standing(found: StudentComparison) -> Block:
    """Percentile and place, which the picture does not show."""
    place = figure("Leaderboard", place_words(found), [])
    if found.percentile is None or found.quarter is None:
        return figures(place)
    roughly = "roughly " if found.rough else ""
    beside = [f"{roughly}{found.quarter} of {plural(found.judged, 'student')}"]
    return figures(figure("Percentile", count(found.percentile), beside), place)


def _student_menus(
    found: StudentComparison, ref: Ref, now: datetime, offers: Sequence[DateRange]
) -> Block:
    today = local_day(now, ZoneInfo(found.timezone))
    elements = [range_menu(ref, found.range, today)]
    elements += [offer_button(ref, one, today, number) for number, one in enumerate(offers)]
    if found.questions:
        elements.append(button("Numbers", Action.COMPARISON_NUMBERS, ref.encode()))
    elements.append(_leaderboard_button(found.left_out, ref))
    elements.append(button("Report", Action.PICK_REPORT, replace(ref, kind=None).encode()))
    return menus_block(ref, now, *elements)


def _leaderboard_button(left_out: bool, ref: Ref) -> Element:
    if left_out:
        return button("Put back on leaderboards", Action.PUT_BACK, ref.encode())
    return button("Leave out of leaderboards", Action.LEAVE_OUT, ref.encode())


def leaderboard_answer(name: str, *, on: bool, already: bool) -> Answer:
    """What was done; the short form, which lock screens may show, names nobody."""
    who = shorten(name, "name")
    if on:
        words = f"{who} {'was on leaderboards already' if already else 'is on leaderboards again'}."
    elif already:
        words = f"{who} was left out of leaderboards already."
    else:
        words = f"{who} is left out of all leaderboards from now on, until you put them back."
    return Answer("Your choice is kept.", [section(words)])


def class_comparison_message(
    found: ClassComparison,
    ref: Ref,
    now: datetime,
    offers: Sequence[DateRange],
    file_id: str | None,
) -> Blocks:
    """The message; `file_id` and `offers` as for a student."""
    alt, own = class_comparison_alt_text(found), found.own
    shown = picture(file_id, alt) if file_id else table(_class_rows(found))
    head = head_line(
        found.title,
        [plural(own.students, "student")],
        found.range,
        found.coverage,
        zone=found.timezone,
        now=now,
    )
    finding = finding_line(found.finding, replaying=found.replaying)
    body = [shown, *_more(found)] if own.judged else []
    return [head, finding, *body, _class_menus(found, ref, now, offers)]


def _more(found: ClassComparison) -> Blocks:
    """How many classes of who sees a whole school are not shown."""
    return [line(f"{_classes(found.more)} not shown")] if found.more else []


def _classes(number: int) -> str:
    return "1 more class" if number == 1 else f"{number} more classes"


def _class_menus(
    found: ClassComparison, ref: Ref, now: datetime, offers: Sequence[DateRange]
) -> Block:
    today = local_day(now, ZoneInfo(found.timezone))
    elements = [range_menu(ref, found.range, today)]
    elements += [offer_button(ref, one, today, number) for number, one in enumerate(offers)]
    if found.own.judged:
        elements.append(button("Numbers", Action.COMPARISON_NUMBERS, ref.encode()))
    elements.append(button("Report", Action.PICK_REPORT, replace(ref, kind=None).encode()))
    return menus_block(ref, now, *elements)


def _student_rows(found: StudentComparison) -> list[Row]:
    """The picture's numbers: each figure beside the class, then each skill."""
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
    return [head, *measures, *gaps]


def _gap_words(one: Strength) -> str:
    return f"{gap_words(one.gap)}, {gap_side(one)}"


def _class_rows(found: ClassComparison) -> list[Row]:
    head = ("Class", "Accuracy", "Students", "95 % interval", "Beside the first")
    return [head, _class_row(found.own, "–")] + [
        _class_row(one, class_side_words(one)) for one in found.others
    ]


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
