"""What Slack would send for each way in, about a student and a class of any id."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from handlers.codec import Ref
from handlers.forms import Form, export_ref
from handlers.ids import Action, Command, Event, Kind, Modal

Body = dict[str, Any]
SHOWN = "2026-02-01..2026-03-01"


class About:
    """A student, a class, a skill and a meeting, by id and by what is typed; `draft` is new each
    time.
    """

    def __init__(
        self,
        student: int,
        class_id: int,
        typed: Mapping[str, str],
        draft: str,
        *,
        skill: int,
        meeting: int,
    ) -> None:
        self.student, self.class_id, self.skill = student, class_id, skill
        self.meeting = meeting
        self.student_words, self.class_words = typed["student"], typed["class"]
        self.draft = draft

    def student_ref(self, **more: Any) -> str:
        return Ref(student=self.student, **more).encode()

    def class_ref(self, **more: Any) -> str:
        return Ref(class_id=self.class_id, **more).encode()

    def skill_ref(self, **more: Any) -> str:
        own = Ref(kind=Kind.SKILL_REPORT.value, class_id=self.class_id, skill=self.skill)
        return replace(own, **more).encode()

    def meeting_ref(self, **more: Any) -> str:
        """The meeting as it was made."""
        return Ref(**{"meeting": self.meeting, "version": 1, **more}).encode()

    def export(self, form: str, *, of: str = "student") -> str:
        """A file of the student's, class's or skill's report."""
        refs = {"student": self.student_ref, "class": self.class_ref, "skill": self.skill_ref}
        return export_ref(Ref.decode(refs[of](range="60d")), Form(form)).encode()


def command(name: Command, words: Callable[[About], str]) -> Callable[[About], Body]:
    return lambda about: {
        "command": name.value,
        "text": words(about),
        "channel_id": "C0GENERAL",
        "trigger_id": about.draft,
    }


def click(name: Action, value: Callable[[About], str]) -> Callable[[About], Body]:
    """A button in a message."""
    return lambda about: _clicked(about, {"action_id": name.value, "value": value(about)})


def choice(name: Action, value: Callable[[About], str]) -> Callable[[About], Body]:
    """An entry of a menu in a message."""
    return lambda about: _clicked(
        about, {"action_id": name.value, "selected_option": {"value": value(about)}}
    )


def in_view(name: Action, value: Callable[[About], str], kind: str) -> Callable[[About], Body]:
    """A button in a modal or in Home."""

    def body(about: About) -> Body:
        clicked = _clicked(about, {"action_id": name.value, "value": value(about)})
        del clicked["channel"], clicked["response_url"]
        view = {"id": "V1", "hash": "h", "type": kind, "private_metadata": "", "blocks": []}
        return clicked | {"view": view, "container": {"type": "view"}}

    return body


def _clicked(about: About, action: Body) -> Body:
    return {
        "type": "block_actions",
        "actions": [{"type": "button", "block_id": "b", "action_ts": about.draft, **action}],
        "container": {"type": "message", "message_ts": "1.1", "is_ephemeral": False},
        "channel": {"id": "D0DIRECT"},
        "trigger_id": about.draft,
        "response_url": "",
    }


def submission(
    name: Modal, metadata: Callable[[About], str], values: Callable[[About], Body]
) -> Callable[[About], Body]:
    """A modal that is sent off: its private metadata, and what was put into its fields."""
    return lambda about: {
        "type": "view_submission",
        "trigger_id": about.draft,
        "view": {
            "id": "V1",
            "type": "modal",
            "callback_id": name.value,
            "private_metadata": metadata(about),
            "blocks": [{"type": "input", "block_id": field} for field in values(about)],
            "state": {"values": {field: {field: value} for field, value in values(about).items()}},
        },
    }


def closing(name: Modal, metadata: Callable[[About], str]) -> Callable[[About], Body]:
    """A modal that is closed without being sent off."""

    def body(about: About) -> Body:
        view: Body = {"id": "V1", "type": "modal", "callback_id": name.value, "blocks": []}
        return {"type": "view_closed", "view": view | {"private_metadata": metadata(about)}}

    return body


def _opened_in(about: About) -> dict[str, str]:
    """Where a modal was opened: the message to show the days in, and those that it shows now."""
    return {"shown": SHOWN, "channel": "D0DIRECT", "ts": "1.1", "draft": about.draft}


def options(name: Action, ref: Callable[[About], str]) -> Callable[[About], Body]:
    """The entries of a menu, asked for while nothing is typed."""
    return lambda about: {
        "type": "block_suggestion",
        "action_id": name.value,
        "block_id": f"students|{ref(about)}",
        "value": "",
        "container": {"type": "message"},
    }


def event(name: Event, **fields: Any) -> Callable[[About], Body]:
    return lambda about: {
        "type": "event_callback",
        "event_id": about.draft,
        "event": {"type": name.value, **fields},
    }


def _days(_about: About) -> Body:
    return {
        Action.FIRST_DAY.value: {"selected_date": "2026-02-10"},
        Action.LAST_DAY.value: {"selected_date": "2026-03-01"},
    }


def _picked(about: About) -> Body:
    return {Action.CHOOSE_STUDENT.value: {"selected_option": {"value": about.student_ref()}}}


def _picked_skill(about: About) -> Body:
    return {Action.CHOOSE_SKILL.value: {"selected_option": {"value": about.skill_ref()}}}


def homeroom(words: str) -> Callable[[About], Body]:
    """`/homeroom` with these words, in which `{student}` and `{course}` stand for somebody's."""
    return command(
        Command.HOMEROOM,
        lambda about: words.format(student=about.student_words, course=about.class_words),
    )


def _nothing(_about: About) -> str:
    return ""


REQUESTS: Mapping[str, Callable[[About], Body]] = {
    "command /student-report": command(Command.STUDENT_REPORT, lambda about: about.student_words),
    "command /student-report#pick": command(Command.STUDENT_REPORT, _nothing),
    "command /student-report#help": command(Command.STUDENT_REPORT, lambda _: "help"),
    "command /class-report": command(Command.CLASS_REPORT, lambda about: about.class_words),
    "command /class-report#all": command(Command.CLASS_REPORT, _nothing),
    "command /class-report#help": command(Command.CLASS_REPORT, lambda _: "help"),
    "command /skill-report": command(
        Command.SKILL_REPORT, lambda about: f"fractions {about.class_words}"
    ),
    "command /skill-report#pick": command(Command.SKILL_REPORT, _nothing),
    "command /skill-report#help": command(Command.SKILL_REPORT, lambda _: "help"),
    "command /homeroom": homeroom("help"),
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
    "action open_link": click(Action.OPEN_LINK, _nothing),
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
    "action class_student": choice(Action.CLASS_STUDENT, About.student_ref),
    "action home_report": in_view(Action.HOME_REPORT, About.class_ref, "home"),
    "action choose_student": choice(Action.CHOOSE_STUDENT, About.student_ref),
    "action choose_skill": choice(Action.CHOOSE_SKILL, About.skill_ref),
    "action choose_range": choice(Action.CHOOSE_RANGE, lambda _: "30d"),
    "action first_day": choice(Action.FIRST_DAY, lambda _: "2026-02-10"),
    "action last_day": choice(Action.LAST_DAY, lambda _: "2026-03-01"),
    "modal student_picker": submission(
        Modal.STUDENT_PICKER, lambda about: Ref(draft=about.draft).encode(), _picked
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
    "options choose_student": options(Action.CHOOSE_STUDENT, _nothing),
    "options choose_skill": options(Action.CHOOSE_SKILL, _nothing),
    "options class_skill": options(Action.CLASS_SKILL, About.class_ref),
    "options class_student": options(Action.CLASS_STUDENT, About.class_ref),
    "event app_home_opened": event(Event.HOME_OPENED, tab="home"),
    "event message": event(Event.MESSAGE, channel="D0DIRECT", channel_type="im", text="hello"),
}
"""How to go in by each way that Slack opens; deliveries are gone in by their builders."""
