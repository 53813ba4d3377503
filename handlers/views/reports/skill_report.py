"""A skill's report as a message."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from analytics.reports.data import FocusSkill, Prerequisite, SkillReport, SkillStudent
from analytics.thresholds import JUDGED_STUDENTS
from analytics.wording import (
    class_accuracy,
    count,
    day_words,
    joined,
    percent,
    plural,
    skill_words,
)
from analytics.wording.skill import (
    estimate_words,
    skill_alt_text,
    state_words,
    states_words,
    there_so_far,
    time_to_mastery,
)
from handlers.codec import Ref
from handlers.forms import Form
from handlers.ids import Action
from handlers.views.blocks import (
    Block,
    Blocks,
    button,
    picture,
    searching_menu,
)
from handlers.views.export import export_buttons
from handlers.views.limits import shorten
from handlers.views.lines import figure, figures, finding_line, groups, head_line
from handlers.views.menus import menus_block, range_elements
from handlers.views.tables import table
from school.days import DateRange, local_day
from school.mastery import Mastery

NAMED_STUDENTS, NAMED_SKILLS, NAMED_CAUSES = 4, 2, 2


def skill_report_message(
    report: SkillReport,
    ref: Ref,
    now: datetime,
    offers: Sequence[DateRange],
    file_id: str | None,
) -> Blocks:
    """The message. `file_id` is the uploaded picture's; without one a table stands in.

    `offers` are ranges in which the skill was practised, where this one holds no practice of it.
    """
    body = _body(report, file_id, now) if is_practised(report) else []
    finding = finding_line(report.finding, replaying=report.replaying)
    focus = _focus(report)
    last = [focus] if focus else []
    return [_head(report, now), finding, *body, *last, _menus(report, ref, now, offers)]


def is_practised(report: SkillReport) -> bool:
    """Whether any of today's students has practised the skill, in the range or before."""
    return report.not_practised < len(report.students)


def _body(report: SkillReport, file_id: str | None, now: datetime) -> Blocks:
    shown = picture(file_id, skill_alt_text(report)) if file_id else skill_table(report)
    today = local_day(now, ZoneInfo(report.timezone))
    states = None if file_id else _states(report, today)
    parts = [_figures(report), states, shown, _students(report, today), _around(report)]
    return [part for part in parts if part]


def _head(report: SkillReport, now: datetime) -> Block:
    context = [shorten(report.class_title, "class"), plural(len(report.students), "student")]
    if report.left_since:
        context.append(f"{report.left_since} left since")
    return head_line(
        report.skill, context, report.range, report.coverage, zone=report.timezone, now=now
    )


def _states(report: SkillReport, today: date) -> Block:
    """How many stand where, which a picture says too."""
    end = report.range.end
    when = "now" if end >= today else f"on {day_words(end, today)}"
    return figures(figure(f"States {when}", states_words(report.distribution), []))


def _figures(report: SkillReport) -> Block:
    survival = report.survival
    median = "until half are there" if survival.median_questions is not None else None
    return figures(
        figure(
            "Accuracy", class_accuracy(report.accuracy, report.judged), _accuracy_beside(report)
        ),
        figure("Time to mastery", time_to_mastery(survival), [median, there_so_far(survival)]),
    )


def _accuracy_beside(report: SkillReport) -> list[str | None]:
    if not report.questions:
        return ["no questions in these days"]
    judged = report.judged >= JUDGED_STUDENTS
    return [
        f"mean of {report.judged} students" if judged else "too little to judge",
        _pooled(report),
    ]


def _pooled(report: SkillReport) -> str:
    """All questions by everyone, whoever practised most."""
    together = " together" if report.questions > 1 else ""
    return f"{plural(report.questions, 'question')}{together} {percent(report.pooled)}"


def _students(report: SkillReport, today: date) -> Block | None:
    """Who struggles and why, and which prerequisites they are stuck on."""
    end, needing = report.range.end, "Need you"
    if end < today:
        needing = f"Needed you on {day_words(end, today)}"
    stuck = [_stuck(cause, report) for cause, _ in report.root_causes[:NAMED_CAUSES]]
    return groups(
        (needing, _listed([_struggling(one) for one in report.struggling], NAMED_STUDENTS)),
        *[(f"Stuck on {cause}", names) for cause, names in stuck],
    )


def _struggling(one: SkillStudent) -> str:
    reason = f" ({shorten(one.reason, 'reason')})" if one.reason else ""
    return f"{shorten(one.student, 'name')}{reason}"


def _stuck(cause: str, report: SkillReport) -> tuple[str, str]:
    names = [shorten(one.student, "name") for one in report.students if one.root_cause == cause]
    return skill_words(cause), _listed(names, NAMED_STUDENTS)


def _listed(names: Sequence[str], most: int) -> str:
    """The first names, and how many more there are."""
    more = len(names) - most
    return joined([*names[:most], f"{more} more"] if more > 0 else names)


def _around(report: SkillReport) -> Block | None:
    """What comes before the skill and is needed by somebody, and what waits on it."""
    weak = [one for one in report.prerequisites if one.needs_work]
    needed = sorted(weak, key=lambda one: (-one.needs_work, one.depth))
    return groups(
        ("Comes after", _listed([_prerequisite(one) for one in needed], NAMED_SKILLS)),
        ("Opens", _listed([skill_words(name) for name in report.later], NAMED_SKILLS)),
    )


def _prerequisite(one: Prerequisite) -> str:
    needing = state_words(Mastery.NEEDS_WORK.value, one.needs_work)
    return f"{skill_words(one.skill)} ({needing})"


def _focus(report: SkillReport) -> Block | None:
    """What the class should work on next, over all its skills."""
    return groups(("Focus next", "".join(_worth(one) for one in report.focus[:1])))


def _worth(one: FocusSkill) -> str:
    opens = f" and opens {plural(one.opens, 'later skill')}" if one.opens else ""
    return f"{skill_words(one.skill)} – would help {plural(one.students, 'student')}{opens}"


def _menus(report: SkillReport, ref: Ref, now: datetime, offers: Sequence[DateRange]) -> Block:
    today = local_day(now, ZoneInfo(report.timezone))
    elements = range_elements(ref, report.range, offers, today)
    elements.append(searching_menu(Action.CLASS_SKILL, "Skill"))
    if report.students:
        elements.append(searching_menu(Action.CLASS_STUDENT, "Student"))
        elements.append(button("Numbers", Action.SKILL_NUMBERS, ref.encode()))
    if is_practised(report):
        elements += export_buttons(ref, [Form.PDF, Form.CSV])
    return menus_block(ref, now, *elements)


def skill_table(report: SkillReport) -> Block:
    """Each student's estimate, accuracy, questions and state, where there is no picture."""
    head = ("Student", "Estimate", "Right", "Questions", "State")
    rows = [
        (
            one.student,
            estimate_words(one.estimate, one.mastery),
            percent(one.accuracy),
            count(one.questions),
            one.mastery,
        )
        for one in report.students
    ]
    return table([head, *rows])
