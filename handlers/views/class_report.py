"""A class's report as a message."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from analytics.reports.data import ClassReport, StudentLine
from analytics.wording import (
    class_alt_text,
    count,
    days_a_week,
    joined,
    percent,
    period_words,
    plural,
    points,
    signed,
    signed_days,
)
from handlers.codec import Ref
from handlers.ids import Action
from handlers.views.blocks import Block, Blocks, button, picture, searching_menu
from handlers.views.limits import shorten
from handlers.views.lines import figure, figures, finding_line, groups, head_line, practised_before
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
    now, before = report.overall, practised_before(report.previous)
    return figures(
        figure("Accuracy", percent(now.accuracy), _accuracy_beside(report)),
        figure("Engagement", days_a_week(now.days_a_week), _engagement_beside(report)),
        figure(
            "Questions",
            count(now.questions),
            [
                signed(now.questions - before.questions) if before else None,
                f"from {now.active_students} of {plural(now.students, 'student')}",
            ],
        ),
    )


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
    return [
        points(now.accuracy, before.accuracy) if before and before.accuracy is not None else None,
        f"mean of {plural(now.judged, 'student')}",
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
    return joined([*names, f"{more} more"] if more else names)


def _menus(report: ClassReport, ref: Ref, now: datetime, offers: Sequence[DateRange]) -> Block:
    today = local_day(now, ZoneInfo(report.timezone))
    elements = [range_menu(ref, report.range, today)]
    elements += [offer_button(ref, one, today, number) for number, one in enumerate(offers)]
    if report.overall.questions:
        elements.append(button("Numbers", Action.NUMBERS, ref.encode()))
    if report.ranking:
        elements.insert(0, searching_menu(Action.CLASS_STUDENT, "Student"))
    return menus_block(ref, now, *elements)
