"""A class's report as a message."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from analytics.reports.data import ClassReport
from analytics.thresholds import JUDGED_STUDENTS
from analytics.wording import (
    class_accuracy,
    class_alt_text,
    count,
    day_words,
    days_a_week,
    interval_words,
    joined,
    percent,
    period_words,
    plural,
    points,
    signed,
    signed_days,
)
from analytics.wording.praised import doing_well
from handlers.codec import Ref
from handlers.forms import Form
from handlers.ids import Action
from handlers.views.blocks import Block, Blocks, Span, button, picture, searching_menu
from handlers.views.export import export_buttons
from handlers.views.interventions.act_buttons import class_act_buttons
from handlers.views.limits import shorten
from handlers.views.lines import (
    figure,
    figures,
    finding_line,
    groups,
    head_line,
    practised_before,
    stopped_line,
)
from handlers.views.menus import menus_block, range_elements
from handlers.views.more import class_more
from handlers.views.tables import class_table
from school.days import DateRange, local_day

NAMED_STUDENTS = 3


def class_report_message(
    report: ClassReport,
    ref: Ref,
    now: datetime,
    offers: Sequence[DateRange],
    file_id: str | None,
) -> Blocks:
    """The message. `file_id` is the uploaded picture's; without one a table stands in.

    `offers` are ranges that hold practice, for where this one holds none.
    """
    today = local_day(now, ZoneInfo(report.timezone))
    body = _body(report, file_id, today) if report.overall.questions else []
    finding = finding_line(report.finding, replaying=report.replaying)
    silent = stopped_line(report.range, report.coverage, zone=report.timezone, now=now)
    acts, menus = class_act_buttons(report, today), _menus(report, ref, now, offers)
    return [_head(report, now), finding, *silent, *body, *acts, menus]


def _body(report: ClassReport, file_id: str | None, today: date) -> Blocks:
    shown = picture(file_id, class_alt_text(report)) if file_id else class_table(report)
    parts = [_figures(report), shown, _students(report, today)]
    return [part for part in parts if part]


def _head(report: ClassReport, now: datetime) -> Block:
    students = [plural(len(report.ranking), "student")]
    if report.left_since:
        students.append(f"{report.left_since} left since")
    return head_line(
        report.title, students, report.range, report.coverage, zone=report.timezone, now=now
    )


def _figures(report: ClassReport) -> Block:
    now = report.overall
    return figures(
        figure("Accuracy", class_accuracy(now.accuracy, now.judged), _accuracy_beside(report)),
        figure("Engagement", days_a_week(now.days_a_week), _engagement_beside(report)),
        figure("Questions", count(now.questions), _questions_beside(report)),
        *_assignments(report),
    )


def _questions_beside(report: ClassReport) -> list[str | None]:
    """The change, and how many students they are from where some have not practised."""
    now, before = report.overall, practised_before(report.previous)
    some = f"from {now.active_students} of {plural(now.students, 'student')}"
    return [
        signed(now.questions - before.questions) if before else None,
        None if now.active_students == now.students else some,
    ]


def _assignments(report: ClassReport) -> list[list[Span | str]]:
    """The completion rate of what was due in the range; nothing where nothing was."""
    now, before = report.overall, practised_before(report.previous)
    if now.completion is None:
        return []
    change = before is not None and before.completion is not None
    beside = [
        points(now.completion, before.completion) if before and change else None,
        f"{now.completed} of {now.assigned}",
        f"{now.completed_late} late" if now.completed_late else None,
    ]
    return [figure("Assignments done", percent(now.completion), beside)]


def _engagement_beside(report: ClassReport) -> list[str | None]:
    """The change in days a week, and the weekend days, which the school week leaves out."""
    now, before = report.overall, practised_before(report.previous)
    change = signed_days(now.days_a_week, before.days_a_week) if before else None
    if not now.weekend_days:
        return [change]
    each = f"plus {now.weekend_days:.1f} weekend days each {period_words(report.range)}"
    return [change, each]


def _accuracy_beside(report: ClassReport) -> list[str | None]:
    now, before = report.overall, practised_before(report.previous)
    together = f"all questions together {percent(now.pooled)}"
    if now.judged < JUDGED_STUDENTS:
        return ["too little to judge", together]
    change = before is not None and before.judged >= JUDGED_STUDENTS
    interval = interval_words(now.interval)
    return [
        None if interval in report.finding else interval,
        points(now.accuracy, before.accuracy) if before and change else None,
        f"mean of {plural(now.judged, 'student')}",
        together,
    ]


def _students(report: ClassReport, today: date) -> Block | None:
    """Who needs the teacher, who does well, what to work on: of a past range as of its end."""
    heads = ("Need you", "Doing well", "Focus next")
    if report.range.end < today:
        on = f"on {day_words(report.range.end, today)}"
        heads = (f"Needed you {on}", f"Did well {on}", f"Focus {on}")
    needing = [(one.student, one.reason or "") for one in report.struggling]
    named = (_listed(needing), _listed(doing_well(report)), _focus(report))
    return groups(*zip(heads, named, strict=True))


Named = tuple[str, str]
"""A student's name, and what is said of them."""


def _listed(named: Sequence[Named]) -> str:
    """The first students, each with the reason, and how many more there are."""
    names = [
        f"{shorten(name, 'name')} ({shorten(why, 'reason')})"
        for name, why in named[:NAMED_STUDENTS]
    ]
    more = len(named) - len(names)
    return joined([*names, f"{more} more"] if more else names)


def _focus(report: ClassReport) -> str:
    """The skill worth the whole class's time: whom it helps, and what it opens."""
    if not report.focus:
        return ""
    first = report.focus[0]
    opens = f" and opens {plural(first.opens, 'later skill')}" if first.opens else ""
    helps = f"would help {plural(first.students, 'student')}"
    return f"{shorten(first.skill, 'skill')} – {helps}{opens}"


def _menus(report: ClassReport, ref: Ref, now: datetime, offers: Sequence[DateRange]) -> Block:
    today = local_day(now, ZoneInfo(report.timezone))
    elements = range_elements(ref, report.range, offers, today)
    if report.overall.questions:
        elements.append(button("Numbers", Action.NUMBERS, ref.encode()))
        elements += [*export_buttons(ref, [Form.PDF]), class_more(ref)]
    if report.heatmap.skills:
        elements.insert(0, searching_menu(Action.CLASS_SKILL, "Skill"))
    if report.ranking:
        elements.insert(0, searching_menu(Action.CLASS_STUDENT, "Student"))
    return menus_block(ref, now, *elements)
