"""A class's report as a message."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from analytics.reports.data import ClassReport, StudentLine
from analytics.wording import (
    class_alt_text,
    count,
    days_a_week,
    interval_words,
    percent,
    plural,
    points,
    signed,
)
from handlers.codec import Ref
from handlers.ids import Action
from handlers.views.blocks import Block, Blocks, picture, searching_menu
from handlers.views.limits import shorten
from handlers.views.lines import figure, figures, finding_line, groups, head_line
from handlers.views.menus import menus_block, offer_button, range_menu
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
    body = _body(report, file_id) if report.overall.questions else []
    finding = finding_line(report.finding, replaying=report.replaying)
    return [_head(report, now), finding, *body, _menus(report, ref, now, offers)]


def _body(report: ClassReport, file_id: str | None) -> Blocks:
    shown = picture(file_id, class_alt_text(report)) if file_id else class_table(report)
    parts = [_figures(report), shown, _students(report)]
    return [part for part in parts if part]


def _head(report: ClassReport, now: datetime) -> Block:
    students = [plural(len(report.ranking), "student")]
    if report.left_since:
        students.append(f"{report.left_since} left since")
    return head_line(
        report.title, students, report.range, report.coverage, zone=report.timezone, now=now
    )


def _figures(report: ClassReport) -> Block:
    now, before = report.overall, report.previous
    return figures(
        figure("Accuracy", percent(now.accuracy), _accuracy_beside(report)),
        figure(
            "Engagement",
            days_a_week(now.days_a_week),
            [
                points(now.engagement, before.engagement) if before and before.questions else None,
                None if not now.weekend_days else f"weekends {now.weekend_days:.1f} days each",
            ],
        ),
        figure(
            "Questions",
            count(now.questions),
            [
                signed(now.questions - before.questions) if before else None,
                f"{now.active_students} of {now.students} students",
            ],
        ),
    )


def _accuracy_beside(report: ClassReport) -> list[str | None]:
    now, before = report.overall, report.previous
    judged = f"{interval_words(now.interval)}, " if now.interval else ""
    return [
        points(now.accuracy, before.accuracy) if before and before.accuracy is not None else None,
        f"{judged}over {plural(now.judged, 'student')}",
        f"all questions together {percent(now.pooled)}",
    ]


def _students(report: ClassReport) -> Block | None:
    return groups(
        ("Need you", _named(report.struggling)),
        ("Doing well", _named(report.top)),
    )


def _named(lines: Sequence[StudentLine]) -> str:
    """The first students, each with the reason or the accuracy, and how many more there are."""
    names = [
        f"{shorten(one.student, 'name')} ({shorten(one.reason or percent(one.accuracy), 'reason')})"
        for one in lines[:NAMED_STUDENTS]
    ]
    more = len(lines) - len(names)
    return ", ".join([*names, f"{more} more"] if more else names)


def _menus(report: ClassReport, ref: Ref, now: datetime, offers: Sequence[DateRange]) -> Block:
    today = local_day(now, ZoneInfo(report.timezone))
    elements = [range_menu(ref, report.range, today)]
    elements += [offer_button(ref, one, today, number) for number, one in enumerate(offers)]
    if report.ranking:
        elements.insert(0, searching_menu(Action.CLASS_STUDENT, "Student"))
    return menus_block(ref, now, *elements)
