"""Comparisons as messages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from analytics.reports.data import ClassComparison, StudentComparison
from analytics.wording import percentile_count, plural
from analytics.wording.comparison import (
    class_comparison_alt_text,
    place_words,
    student_comparison_alt_text,
)
from handlers.ask import Answer
from handlers.codec import Ref
from handlers.ids import Action, Kind
from handlers.views.blocks import (
    Block,
    Blocks,
    Element,
    button,
    line,
    picture,
    section,
)
from handlers.views.limits import shorten
from handlers.views.lines import figure, figures, finding_line, head_line
from handlers.views.menus import menus_block, range_elements
from handlers.views.reports.compare_numbers import class_comparison_table, student_comparison_table
from school.days import DateRange, local_day


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
    shown = picture(file_id, alt) if file_id else student_comparison_table(found)
    body = [_standing(found), shown] if found.questions else []
    head = head_line(
        found.student,
        [f"beside {shorten(found.class_title, 'class')}"],
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
    return figures(figure("Percentile", percentile_count(found.percentile), beside), place)


def _student_menus(
    found: StudentComparison, ref: Ref, now: datetime, offers: Sequence[DateRange]
) -> Block:
    today = local_day(now, ZoneInfo(found.timezone))
    elements = range_elements(ref, found.range, offers, today)
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
    shown = picture(file_id, alt) if file_id else class_comparison_table(found)
    head = head_line(
        found.title,
        [*_beside(found), plural(own.students, "student")],
        found.range,
        found.coverage,
        zone=found.timezone,
        now=now,
    )
    finding = finding_line(found.finding, replaying=found.replaying)
    body = [shown, *_more(found)] if own.judged else []
    return [head, finding, *body, _class_menus(found, ref, now, offers)]


def _beside(found: ClassComparison) -> list[str]:
    """What the class is compared with, where there is something."""
    if len(found.others) == 1 and not found.more:
        return [f"beside {shorten(found.others[0].title, 'class')}"]
    return ["beside your other classes"] if found.others else []


def _more(found: ClassComparison) -> Blocks:
    """How many classes of who sees a whole school are not shown."""
    return [line(f"{_classes(found.more)} not shown")] if found.more else []


def _classes(number: int) -> str:
    return "1 more class" if number == 1 else f"{number} more classes"


def _class_menus(
    found: ClassComparison, ref: Ref, now: datetime, offers: Sequence[DateRange]
) -> Block:
    today = local_day(now, ZoneInfo(found.timezone))
    elements = range_elements(ref, found.range, offers, today)
    if found.own.judged:
        elements.append(button("Numbers", Action.COMPARISON_NUMBERS, ref.encode()))
    elements.append(button("Report", Action.PICK_REPORT, replace(ref, kind=None).encode()))
    return menus_block(ref, now, *elements)
