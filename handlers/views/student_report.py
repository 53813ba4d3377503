"""A student's report as a message."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from analytics.reports.data import SkillLine, StudentReport
from analytics.thresholds import JUDGED_QUESTIONS
from analytics.wording import (
    count,
    day_words,
    hours,
    joined,
    percent,
    percentile_words,
    plural,
    points,
    signed,
    student_alt_text,
)
from handlers.codec import Ref
from handlers.ids import Action
from handlers.views.blocks import Block, Blocks, Element, button, line, picture
from handlers.views.limits import shorten
from handlers.views.lines import figure, figures, finding_line, groups, head_line, practised_before
from handlers.views.menus import menus_block, offer_button, range_menu
from handlers.views.tables import student_table
from school.days import DateRange, local_day
from school.mastery import Mastery

NAMED_SKILLS = 3


def student_report_message(
    report: StudentReport,
    ref: Ref,
    now: datetime,
    offers: Sequence[DateRange],
    file_id: str | None,
) -> Blocks:
    """The message. `file_id` is the uploaded picture's; without one a table stands in.

    `offers` are ranges that hold practice, for where this one holds too little.
    """
    today = local_day(now, ZoneInfo(report.timezone))
    menu = range_menu(ref, report.range, today)
    buttons: list[Element] = [
        offer_button(ref, one, today, number) for number, one in enumerate(offers)
    ]
    if report.skills:
        buttons.append(button("All skills", Action.ALL_SKILLS, ref.encode()))
    body = _body(report, file_id, today) if report.overall.questions else []
    return [_head(report, now), _finding(report), *body, menus_block(ref, now, menu, *buttons)]


def _body(report: StudentReport, file_id: str | None, today: date) -> Blocks:
    shown = picture(file_id, student_alt_text(report)) if file_id else student_table(report)
    parts = [_figures(report), shown, _states(report, today), _last_seen(report, today)]
    return [part for part in parts if part]


def _head(report: StudentReport, now: datetime) -> Block:
    where = [shorten(report.class_title, "class")] if report.class_title else []
    return head_line(
        report.student, where, report.range, report.coverage, zone=report.timezone, now=now
    )


def _finding(report: StudentReport) -> Block:
    return finding_line(report.finding, replaying=report.replaying)


def _figures(report: StudentReport) -> Block:
    now, before, mates = report.overall, practised_before(report.previous), report.comparison
    asked = count(now.questions)
    mastered = f"{now.skills_mastered} of {now.skills_total}"
    return figures(
        figure("Accuracy", percent(now.accuracy), _accuracy_beside(report)),
        figure(
            "Questions",
            asked,
            [
                signed(now.questions - before.questions) if before else None,
                _mates(mates.average_questions),
            ],
        ),
        figure("Time", _time(report), _time_beside(report)),
        figure(
            "Skills mastered",
            mastered,
            [
                signed(now.skills_mastered - before.skills_mastered) if before else None,
                _mates(mates.average_skills_mastered),
            ],
        ),
    )


def _accuracy_beside(report: StudentReport) -> list[str | None]:
    before, mates = practised_before(report.previous), report.comparison
    return [
        points(report.overall.accuracy, before.accuracy) if before else None,
        None if mates.class_average is None else f"class {percent(mates.class_average)}",
        percentile_words(mates),
    ]


def _time(report: StudentReport) -> str:
    estimated = report.overall.time and report.overall.time_estimated * 2 > report.overall.time
    return f"{hours(report.overall.time)}{', mostly estimated' if estimated else ''}"


def _time_beside(report: StudentReport) -> list[str | None]:
    before, average = practised_before(report.previous), report.comparison.average_time
    change = report.overall.time - before.time if before else None
    sign = "±" if not change else "+" if change > 0 else "−"
    return [
        None if change is None else f"{sign}{hours(abs(change))}",
        None if average is None else f"class {hours(average)}",
    ]


def _mates(average: float | None) -> str | None:
    return None if average is None else f"class {count(average)}"


def _states(report: StudentReport, today: date) -> Block | None:
    """Where skills stand at the range's end, which is said as it is not what the range shows."""
    end = report.range.end
    when = "now" if end >= today else f"on {day_words(end, today)}"
    needed = "Needs work now" if end >= today else f"Needed work {when}"
    return groups(
        (f"Mastered {when}", _named(report.skills, Mastery.MASTERED)),
        (needed, _named(report.skills, Mastery.NEEDS_WORK)),
    )


def _named(lines: Sequence[SkillLine], state: Mastery) -> str:
    """The first skills in a state, and how many more there are.

    The strongest come first among those mastered, what matters most among the others. An accuracy
    of the range stands beside those with enough questions to judge; the first says what it is.
    """
    inside = [one for one in lines if one.mastery == state]
    if state is Mastery.MASTERED:
        inside.sort(key=lambda one: (-(one.accuracy or 0) if _is_judged(one) else 1, one.rank))
    shown = inside[:NAMED_SKILLS]
    unit = next((one for one in shown if _is_judged(one)), None)
    names = [
        shorten(one.skill, "skill")
        + (f" {percent(one.accuracy)}" if _is_judged(one) else "")
        + (" right" if one is unit else "")
        for one in shown
    ]
    more = len(inside) - len(shown)
    return joined([*names, f"{more} more"] if more else names)


def _is_judged(one: SkillLine) -> bool:
    return one.questions >= JUDGED_QUESTIONS


def _last_seen(report: StudentReport, today: date) -> Block | None:
    if not report.recent:
        return None
    last = report.recent[0]
    day = "today" if last.day == today else day_words(last.day, today)
    on = f" on {shorten(last.skill, 'skill')}" if last.skill else ""
    right = f", {percent(last.accuracy)} right" if last.accuracy is not None else ""
    return line(f"Last seen {day}, {plural(last.questions, 'question')}{on}{right}")
