"""What Slack sends for a command, a click, a choice, a form or an event, as its own shapes."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from typing import Any

from handlers.codec import Ref
from handlers.forms import Form, export_ref
from handlers.ids import Action, Command, Event, Kind, Modal, Shortcut

Body = dict[str, Any]
_CLICKS = count(1_700_000_000)


class About:
    """A student, a class, a skill and a meeting, by id and by what is typed; `draft` is new each
    time. `failed` is a report for the student's own teacher that could not be sent, `mail` an
    e-mail that goes out on their behalf.
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
        failed: int,
        mail: int,
        intervention: int,
        alert: int,
    ) -> None:
        self.student, self.class_id, self.skill = student, class_id, skill
        self.meeting, self.failed, self.mail = meeting, failed, mail
        self.intervention, self.alert = intervention, alert
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

    def intervention_ref(self, **more: Any) -> str:
        """The intervention as it was recorded."""
        return Ref(**{"intervention": self.intervention, "version": 1, **more}).encode()

    def message_ref(self, **more: Any) -> str:
        """The message that the intervention was."""
        return Ref(**{"message": self.intervention, **more}).encode()

    def alert_ref(self, **more: Any) -> str:
        """The alert as it was raised."""
        return Ref(**{"alert": self.alert, "version": 1, **more}).encode()

    def failed_ref(self) -> str:
        """What failed, as it did the first time."""
        return Ref(delivery=self.failed, version=0).encode()

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
        "actions": [{"type": "button", "block_id": "b", "action_ts": _moment(), **action}],
        "container": {"type": "message", "message_ts": "1.1", "is_ephemeral": False},
        "channel": {"id": "D0DIRECT"},
        "trigger_id": about.draft,
        "response_url": "",
    }


def _moment() -> str:
    """When a click was made, as Slack writes it: each is later than the one before."""
    return f"{next(_CLICKS)}.000100"


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


def in_form(name: Action, value: str = "") -> Callable[[About], Body]:
    """A student, a type or a time chosen in the form of a meeting."""

    def body(about: About) -> Body:
        chosen = {"selected_option": {"value": about.student_ref()}}
        clicked = in_view(name, nothing, "modal")(about)
        state = {"values": {"b": {Action.MEETING_STUDENT.value: chosen}}}
        if value:
            clicked["actions"][0]["selected_option"] = {"value": value}
        return clicked | {"view": clicked["view"] | {"state": state}}

    return body


def in_move_form(name: Action) -> Callable[[About], Body]:
    """A day chosen in the form that moves a meeting."""

    def body(about: About) -> Body:
        clicked = in_view(name, nothing, "modal")(about)
        form = {"callback_id": Modal.MOVE_MEETING.value, "private_metadata": about.meeting_ref()}
        return clicked | {"view": clicked["view"] | form}

    return body


def homeroom(words: str) -> Callable[[About], Body]:
    """`/homeroom` with these words, in which `{student}` and `{course}` stand for somebody's."""
    return command(
        Command.HOMEROOM,
        lambda about: words.format(student=about.student_words, course=about.class_words),
    )


def shortcut(name: Shortcut, kind: str, **where: Any) -> Callable[[About], Body]:
    """An entry of Slack's own menus: a `shortcut`, or a `message_action` on a message."""
    return lambda about: {
        "type": kind,
        "callback_id": name.value,
        "trigger_id": about.draft,
        "action_ts": about.draft,
        **where,
    }


def nothing(_about: About) -> str:
    """No words, or no value."""
    return ""
