"""What Slack sends for reports: asked for, with other days, turned over, compared, exported."""

from collections.abc import Callable, Mapping

from handlers.codec import Ref
from handlers.ids import Action, Command, Kind, Modal
from tests.authorization.bodies import (
    About,
    Body,
    choice,
    click,
    closing,
    command,
    homeroom,
    in_view,
    nothing,
    options,
    submission,
)

SHOWN = "2026-02-01..2026-03-01"


def _opened_in(about: About) -> dict[str, str]:
    """Where a modal was opened: the message to show the days in, and those that it shows now."""
    return {"shown": SHOWN, "channel": "D0DIRECT", "ts": "1.1", "draft": about.draft}


def _days(_about: About) -> Body:
    return {
        Action.FIRST_DAY.value: {"selected_date": "2026-02-10"},
        Action.LAST_DAY.value: {"selected_date": "2026-03-01"},
    }


def picked_student(about: About) -> Body:
    """The student, chosen in the menu of a modal."""
    return {Action.CHOOSE_STUDENT.value: {"selected_option": {"value": about.student_ref()}}}


def _picked_skill(about: About) -> Body:
    return {Action.CHOOSE_SKILL.value: {"selected_option": {"value": about.skill_ref()}}}


REQUESTS: Mapping[str, Callable[[About], Body]] = {
    "command /student-report": command(Command.STUDENT_REPORT, lambda about: about.student_words),
    "command /student-report#pick": command(Command.STUDENT_REPORT, nothing),
    "command /student-report#help": command(Command.STUDENT_REPORT, lambda _: "help"),
    "command /class-report": command(Command.CLASS_REPORT, lambda about: about.class_words),
    "command /class-report#all": command(Command.CLASS_REPORT, nothing),
    "command /class-report#help": command(Command.CLASS_REPORT, lambda _: "help"),
    "command /skill-report": command(
        Command.SKILL_REPORT, lambda about: f"fractions {about.class_words}"
    ),
    "command /skill-report#pick": command(Command.SKILL_REPORT, nothing),
    "command /skill-report#help": command(Command.SKILL_REPORT, lambda _: "help"),
    "command /homeroom#trend student": homeroom("trend {student} xp"),
    "command /homeroom#trend class": homeroom("trend {course} engagement"),
    "command /homeroom#trend help": homeroom("trend help"),
    "command /homeroom#compare": homeroom("compare {student}"),
    "command /homeroom#compare class": homeroom("compare {course}"),
    "command /homeroom#compare both": homeroom("compare {student} {course}"),
    "command /homeroom#compare help": homeroom("compare help"),
    "command /homeroom#export": homeroom("export {student} csv"),
    "command /homeroom#export class": homeroom("export {course} 60d letter"),
    "command /homeroom#export skill": homeroom("export fractions {course} pdf"),
    "command /homeroom#export pack": homeroom("export {course} pack"),
    "command /homeroom#export all": homeroom("export pdf"),
    "command /homeroom#export help": homeroom("export help"),
    "action pick_report": click(Action.PICK_REPORT, About.student_ref),
    "action pick_report#class": click(Action.PICK_REPORT, About.class_ref),
    "action pick_report#skill": click(Action.PICK_REPORT, About.skill_ref),
    "action report_range": choice(
        Action.REPORT_RANGE, lambda about: about.student_ref(range="60d")
    ),
    "action report_range#class": choice(
        Action.REPORT_RANGE, lambda about: about.class_ref(range="60d")
    ),
    "action report_range#custom": choice(
        Action.REPORT_RANGE, lambda about: about.student_ref(range="custom", shown=SHOWN)
    ),
    "action use_range": click(Action.USE_RANGE, lambda about: about.student_ref(range="all")),
    "action all_skills": click(Action.ALL_SKILLS, About.student_ref),
    "action skills_page": in_view(
        Action.SKILLS_PAGE, lambda about: about.student_ref(page=0), "modal"
    ),
    "action numbers": click(Action.NUMBERS, About.class_ref),
    "action numbers_page": in_view(
        Action.NUMBERS_PAGE, lambda about: about.class_ref(page=0), "modal"
    ),
    "action skill_numbers": click(Action.SKILL_NUMBERS, About.skill_ref),
    "action skill_numbers_page": in_view(
        Action.SKILL_NUMBERS_PAGE, lambda about: about.skill_ref(page=0), "modal"
    ),
    "action class_skill": choice(Action.CLASS_SKILL, About.skill_ref),
    "action compare": click(
        Action.COMPARE, lambda about: about.student_ref(kind=Kind.COMPARISON.value)
    ),
    "action compare#class": click(
        Action.COMPARE, lambda about: about.class_ref(kind=Kind.COMPARISON.value)
    ),
    "action comparison_numbers": click(Action.COMPARISON_NUMBERS, About.student_ref),
    "action comparison_numbers#class": click(Action.COMPARISON_NUMBERS, About.class_ref),
    "action leave_out": click(
        Action.LEAVE_OUT, lambda about: about.student_ref(kind=Kind.COMPARISON.value)
    ),
    "action put_back": click(
        Action.PUT_BACK, lambda about: about.student_ref(kind=Kind.COMPARISON.value)
    ),
    "action trend_metric": choice(
        Action.TREND_METRIC, lambda about: about.student_ref(kind="trend", metric="xp")
    ),
    "action trend_by": choice(
        Action.TREND_BY, lambda about: about.student_ref(kind="trend", by="month")
    ),
    "action trend_numbers": click(
        Action.TREND_NUMBERS, lambda about: about.student_ref(kind="trend")
    ),
    "action trend_numbers#class": click(
        Action.TREND_NUMBERS, lambda about: about.class_ref(kind="trend")
    ),
    "action trend_numbers_page": in_view(
        Action.TREND_NUMBERS_PAGE, lambda about: about.student_ref(kind="trend", page=0), "modal"
    ),
    "action more": choice(Action.MORE, lambda about: about.student_ref(kind="trend")),
    "action more#class": choice(Action.MORE, lambda about: about.class_ref(kind="comparison")),
    "action more#file": choice(Action.MORE, lambda about: about.export("csv")),
    "action export": click(Action.EXPORT, lambda about: about.export("pdf")),
    "action export#class": click(Action.EXPORT, lambda about: about.export("csv", of="class")),
    "action export#skill": click(Action.EXPORT, lambda about: about.export("pdf", of="skill")),
    "action export#parents": choice(Action.EXPORT, lambda about: about.export("parents")),
    "action export#pack": click(Action.EXPORT, lambda about: about.export("pack", of="class")),
    "action pick_report#export": click(
        Action.PICK_REPORT, lambda about: about.export("csv", of="class")
    ),
    "action full_report": click(Action.FULL_REPORT, About.student_ref),
    "action full_report#modal": in_view(Action.FULL_REPORT, About.student_ref, "modal"),
    "action class_student": choice(Action.CLASS_STUDENT, About.student_ref),
    "action home_report": in_view(Action.HOME_REPORT, About.class_ref, "home"),
    "action choose_student": choice(Action.CHOOSE_STUDENT, About.student_ref),
    "action choose_skill": choice(Action.CHOOSE_SKILL, About.skill_ref),
    "action choose_range": choice(Action.CHOOSE_RANGE, lambda _: "30d"),
    "action first_day": choice(Action.FIRST_DAY, lambda _: "2026-02-10"),
    "action last_day": choice(Action.LAST_DAY, lambda _: "2026-03-01"),
    "modal student_picker": submission(
        Modal.STUDENT_PICKER, lambda about: Ref(draft=about.draft).encode(), picked_student
    ),
    "modal skill_picker": submission(
        Modal.SKILL_PICKER, lambda about: Ref(draft=about.draft).encode(), _picked_skill
    ),
    "modal custom_range": submission(
        Modal.CUSTOM_RANGE, lambda about: about.student_ref(draft=about.draft), _days
    ),
    "modal custom_range#class": submission(
        Modal.CUSTOM_RANGE, lambda about: about.class_ref(draft=about.draft), _days
    ),
    "closed custom_range": closing(
        Modal.CUSTOM_RANGE, lambda about: about.student_ref(**_opened_in(about))
    ),
    "closed custom_range#class": closing(
        Modal.CUSTOM_RANGE, lambda about: about.class_ref(**_opened_in(about))
    ),
    "options choose_student": options(Action.CHOOSE_STUDENT, nothing),
    "options choose_skill": options(Action.CHOOSE_SKILL, nothing),
    "options class_skill": options(Action.CLASS_SKILL, About.class_ref),
    "options class_student": options(Action.CLASS_STUDENT, About.class_ref),
}
