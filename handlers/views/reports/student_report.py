"""A student's report as a message."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from analytics.reports.data import StudentReport
from analytics.wording import (
    accuracy_change,
    class_beside,
    count,
    hours,
    percent,
    percentile_words,
    signed,
    student_alt_text,
)
from handlers.codec import Ref
from handlers.forms import Form
from handlers.ids import Action
from handlers.views.blocks import Block, Blocks, Element, button, picture
from handlers.views.export import export_buttons
from handlers.views.interventions.act_buttons import act_buttons
from handlers.views.limits import shorten
from handlers.views.lines import (
    beside_one_another,
    figure,
    figures,
    finding_line,
    head_line,
    practised_before,
    stopped_line,
)
from handlers.views.menus import menus_block, range_elements
from handlers.views.more import student_more
from handlers.views.reports.compare import compare_button
from handlers.views.reports.student_lines import (
    assignments_figure,
    last_seen,
    standing_lines,
)
from handlers.views.tables import student_table
from school.days import DateRange, local_day


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
    elements = [*range_elements(ref, report.range, offers, today), *_buttons(report, ref)]
    body = _body(report, file_id, today) if report.overall.questions else []
    silent = stopped_line(report.range, report.coverage, zone=report.timezone, now=now)
    acts, row = act_buttons(report, today), menus_block(ref, now, *elements)
    return [_head(report, now), _finding(report), *silent, *body, *acts, row]


def _buttons(report: StudentReport, ref: Ref) -> list[Element]:
    """What else there is to see of these days; nothing of it where they hold no practice."""
    found: list[Element] = []
    if report.skills:
        found.append(button("All skills", Action.ALL_SKILLS, ref.encode()))
    if report.overall.questions and report.class_id is not None:
        found.append(compare_button(ref))
    if report.overall.questions:
        found += [*export_buttons(ref, [Form.PDF]), student_more(ref)]
    return found


def _body(report: StudentReport, file_id: str | None, today: date) -> Blocks:
    shown = picture(file_id, student_alt_text(report)) if file_id else student_table(report)
    parts = [
        _figures(report, today),
        shown,
        standing_lines(report, today),
        last_seen(report, today),
    ]
    return [part for part in parts if part]


def _head(report: StudentReport, now: datetime) -> Block:
    where = [shorten(report.class_title, "class")] if report.class_title else []
    where += ["on track"] if report.on_track else []
    return head_line(
        report.student, where, report.range, report.coverage, zone=report.timezone, now=now
    )


def _finding(report: StudentReport) -> Block:
    return finding_line(report.finding, replaying=report.replaying)


def _figures(report: StudentReport, today: date) -> Block:
    """Three lines, for a phone; beside the class stand the accuracy here, the rest in Compare."""
    now, before = report.overall, practised_before(report.previous)
    asked = signed(now.questions - before.questions) if before else None
    mastered = signed(now.skills_mastered - before.skills_mastered) if before else None
    skills = f"{now.skills_mastered} of {now.skills_total}"
    assigned = assignments_figure(report.assignments, today)
    return figures(
        figure("Accuracy", percent(now.accuracy), _accuracy_beside(report)),
        beside_one_another(
            figure("Questions", count(now.questions), [asked]),
            figure("Time", _time(report), []),
        ),
        beside_one_another(
            figure("Skills mastered", skills, [mastered]),
            *([figure("Assignments", *assigned)] if assigned else []),
        ),
    )


def _accuracy_beside(report: StudentReport) -> list[str | None]:
    return [
        accuracy_change(report.overall, report.previous),
        class_beside(report.comparison),
        percentile_words(report.comparison),
    ]


def _time(report: StudentReport) -> str:
    estimated = report.overall.time and report.overall.time_estimated * 2 > report.overall.time
    return f"{hours(report.overall.time)}{', mostly estimated' if estimated else ''}"
