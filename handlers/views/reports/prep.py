"""Before a meeting: the reminder, and one page about the student below it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from analytics.reports.data import OwnAssignment, StudentReport
from analytics.wording import clock_words, count, day_words, percent, plural, range_words
from handlers.codec import Ref
from handlers.forms import Form, export_ref
from handlers.ids import Action, Modal
from handlers.views.blocks import Block, Blocks, Element, actions, bold, button, line
from handlers.views.limits import shorten
from handlers.views.lines import beside_one_another, figure, finding_line, groups
from handlers.views.meetings.meeting_card import (
    KINDS,
    MOVE,
    answers_lines,
    cancel_button,
    invited_words,
    meeting_ref,
    title_line,
)
from handlers.views.modals import View, modal
from handlers.views.moments import near_words
from handlers.views.reports.student_lines import standing_lines
from interventions.meetings.shapes import LastNotes, MeetingView
from school.days import local_day

REMINDER_TEXT = "You have a meeting soon."
"""What a lock screen shows: it names nobody."""
NAMED_ASSIGNMENTS = 3


@dataclass(frozen=True, slots=True)
class Prep:
    """What a prep card is made of: the student's report, what was written last, open alerts."""

    report: StudentReport
    last: LastNotes | None
    alerts: int
    today: date


def reminder_message(
    view: MeetingView,
    prep: Prep,
    *,
    now: datetime,
    school_zone: str | None = None,
) -> Blocks:
    """When, what, with whom and who comes; then the prep card, and what can be done about it."""
    soon = view.scheduled_at - now
    when = near_words(view.scheduled_at, view.zone, now)
    if timedelta() <= soon < timedelta(hours=1):
        when = f"in {plural(-(-int(soon.total_seconds()) // 60), 'minute')}"
        when += f", {clock_words(view.scheduled_at, view.zone)}"
    invited = invited_words(view.attendees, reached=False)
    who = [line(bold("Invited:"), f" {invited}")] if invited else []
    said = answers_lines(view)
    head = title_line(view, now=now, school_zone=school_zone, when=when)
    move = button(MOVE, Action.MOVE_MEETING, meeting_ref(view).encode())
    buttons = [*_report_buttons(prep.report), move, cancel_button(view)]
    return [head, *who, *([said] if said else []), *prep_blocks(view, prep), actions(*buttons)]


def prep_modal(view: MeetingView, prep: Prep, *, now: datetime) -> View:
    """The prep card alone, for who asks for it."""
    whole = actions(_full_report(prep.report))
    return modal(
        Modal.NOTE, "Prep card", [title_line(view, now=now), *prep_blocks(view, prep), whole]
    )


def prep_blocks(view: MeetingView, prep: Prep) -> Blocks:
    """One page: how the student does, what was said last, what is open."""
    report = prep.report
    parts = [
        finding_line(shorten(report.finding, "finding"), replaying=report.replaying),
        _figures(prep) if report.overall.questions else None,
        standing_lines(report, prep.today) if report.overall.questions else None,
        groups(
            ("For this meeting", shorten(view.notes, "finding") if view.notes else ""),
            *_last(view, prep),
            ("Assignments", _open(prep)),
            ("Open alerts", str(prep.alerts) if prep.alerts else ""),
        ),
    ]
    return [part for part in parts if part]


def _figures(prep: Prep) -> Block:
    """The three figures that matter, of the days that the sentence is about."""
    now, days = prep.report.overall, range_words(prep.report.range, prep.today)
    mastered = f"{now.skills_mastered} of {now.skills_total}"
    shown = beside_one_another(
        figure("Accuracy", percent(now.accuracy), []),
        figure("Questions", count(now.questions), []),
        figure("Skills mastered", mastered, []),
    )
    return line(f"{days[:1].upper() + days[1:]}: ", *shown)


def _last(view: MeetingView, prep: Prep) -> list[tuple[str, str]]:
    """What was written at the meeting before, with its day."""
    last = prep.last
    if last is None:
        return []
    written = " · ".join(one for one in (last.notes, last.outcome_notes) if one)
    day = local_day(last.scheduled_at, ZoneInfo(view.zone))
    head = f"{KINDS[last.meeting_type].capitalize()} on {day_words(day, prep.today)}"
    return [(head, shorten(written, "finding"))]


def _open(prep: Prep) -> str:
    """Assignments that are late, then those that are due."""
    found, today = prep.report.assignments, prep.today
    late = [_assignment(one, "overdue since", today) for one in found.overdue] if found else []
    due = [_assignment(one, "due", today) for one in found.open] if found else []
    named = [*late, *due]
    more = len(named) - NAMED_ASSIGNMENTS
    return ", ".join([*named[:NAMED_ASSIGNMENTS], *([f"{more} more"] if more > 0 else [])])


def _assignment(one: OwnAssignment, state: str, today: date) -> str:
    return f"{shorten(one.title, 'skill')} ({state} {day_words(one.due, today)})"


def _report_buttons(report: StudentReport) -> list[Element]:
    if not report.overall.questions:
        return [_full_report(report)]
    pdf = export_ref(_of(report), Form.PDF).encode()
    return [_full_report(report), button("PDF", Action.EXPORT, pdf)]


def _full_report(report: StudentReport) -> Element:
    return button("Full report", Action.FULL_REPORT, _of(report).encode())


def _of(report: StudentReport) -> Ref:
    return Ref(student=report.student_id, class_id=report.class_id, range=report.range.code())
