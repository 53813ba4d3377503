"""Writing to students and keeping templates: who gets what by it, and what Slack sends for it."""

from collections.abc import Callable, Mapping
from typing import Any

from handlers.codec import Ref
from handlers.ids import Act, Action, Modal
from handlers.last_look import seen_as
from tests.authorization.bodies import (
    About,
    Body,
    choice,
    click,
    homeroom,
    in_view,
    nothing,
    submission,
)
from tests.authorization.rows import FORM, OPEN, RECORD, SILENT, Way

QUIET = (
    Action.MESSAGE_TEXT,
    Action.BULK_STUDENTS,
    Action.BULK_TEXT,
    Action.TEMPLATE_TITLE,
    Action.TEMPLATE_CATEGORY,
    Action.TEMPLATE_TEXT,
)

ROWS: Mapping[str, Way] = {
    "command /homeroom#message": Way(RECORD),
    "command /homeroom#message class": Way(RECORD),
    "command /homeroom#message pick": Way(FORM),
    "command /homeroom#message help": Way(OPEN),
    "command /homeroom#templates": Way(FORM),
    "command /homeroom#templates help": Way(OPEN),
    "action pick_report#act": Way(RECORD),
    "action act#message": Way(RECORD),
    "action act#message class": Way(RECORD),
    "action message_template": Way(RECORD),
    "action message_preview": Way(RECORD),
    "action use_template": Way(RECORD),
    "action bulk_template": Way(RECORD),
    "action bulk_preview": Way(RECORD),
    "action bulk_use_template": Way(RECORD),
    "action bulk_leave_out": Way(RECORD),
    "action template": Way(FORM),
    "action template#new": Way(FORM),
    "action template_preview": Way(FORM),
    **{f"action {one.value}": Way(SILENT) for one in QUIET},
    "modal message_form": Way(RECORD),
    "modal bulk_form": Way(RECORD),
    "modal message_form#unseen": Way(RECORD),
    "modal bulk_form#unseen": Way(RECORD),
    # Nobody has been shown anything: it is their own that is asked for, and that there is none.
    "modal last_look": Way(FORM),
    "action look_page": Way(FORM),
    "modal template_form": Way(FORM),
}


def _written(about: About, name: Action) -> Body:
    return {name.value: {"value": _words(about)}}


def _message(about: About) -> Body:
    return _written(about, Action.MESSAGE_TEXT)


def _bulk(about: About) -> Body:
    chosen = {"selected_options": [{"value": about.student_ref()}]}
    return {Action.BULK_STUDENTS.value: chosen, **_written(about, Action.BULK_TEXT)}


def _template(about: About) -> Body:
    category = {"selected_option": {"value": "other"}}
    return {
        Action.TEMPLATE_TITLE.value: {"value": about.draft},
        Action.TEMPLATE_CATEGORY.value: category,
        Action.TEMPLATE_TEXT.value: {"value": "How are you, [Student]?"},
    }


def _in(
    name: Action, metadata: Callable[[About], str], entered: Callable[[About], Body], **value: Any
) -> Callable[[About], Body]:
    """A button or menu in an open form, with what stands in its fields."""

    def body(about: About) -> Body:
        clicked = in_view(name, lambda _: Ref(**value).encode(), "modal")(about)
        values = {field: {field: one} for field, one in entered(about).items()}
        own = {"private_metadata": metadata(about), "state": {"values": values}}
        return clicked | {"view": clicked["view"] | own}

    return body


def _of_student(about: About) -> str:
    return about.student_ref(draft=about.draft)


def _of_class(about: About) -> str:
    return about.class_ref(draft=about.draft)


def _words(about: About) -> str:
    return f"How are you? {about.draft}"


def _seen_message(about: About) -> str:
    """The form of a message whose preview shows what stands in it."""
    return about.student_ref(draft=about.draft, seen=seen_as(_words(about)))


def _seen_bulk(about: About) -> str:
    return about.class_ref(draft=about.draft, seen=seen_as(_words(about), [about.student]))


def _look(about: About) -> str:
    return Ref(form=Modal.MESSAGE.value, draft=about.draft, seen="seen").encode()


REQUESTS: Mapping[str, Callable[[About], Body]] = {
    "command /homeroom#message": homeroom("message {student}"),
    "command /homeroom#message class": homeroom("message {course}"),
    "command /homeroom#message pick": homeroom("message"),
    "command /homeroom#message help": homeroom("message help"),
    "command /homeroom#templates": homeroom("templates"),
    "command /homeroom#templates help": homeroom("templates help"),
    "action pick_report#act": click(
        Action.PICK_REPORT, lambda about: about.student_ref(act=Act.MESSAGE.value)
    ),
    "action act#message": click(Action.ACT, lambda about: about.student_ref(act=Act.MESSAGE.value)),
    "action act#message class": click(
        Action.ACT, lambda about: about.class_ref(act=Act.MESSAGE.value)
    ),
    "action message_template": _in(Action.MESSAGE_TEMPLATE, _of_student, _message),
    "action message_preview": _in(Action.MESSAGE_PREVIEW, _of_student, _message),
    "action use_template": _in(Action.USE_TEMPLATE, _of_student, _message, template=1),
    "action bulk_template": _in(Action.BULK_TEMPLATE, _of_class, _bulk),
    "action bulk_preview": _in(Action.BULK_PREVIEW, _of_class, _bulk, page=0),
    "action bulk_use_template": _in(Action.BULK_USE_TEMPLATE, _of_class, _bulk, template=1),
    "action bulk_leave_out": _in(Action.BULK_LEAVE_OUT, _of_class, _bulk, student=1),
    "action template": _in(Action.TEMPLATE, nothing, _template, form="list"),
    "action template#new": _in(Action.TEMPLATE, nothing, _template, form="new"),
    "action template_preview": _in(Action.TEMPLATE_PREVIEW, nothing, _template),
    **{f"action {one.value}": choice(one, nothing) for one in QUIET},
    "modal message_form": submission(Modal.MESSAGE, _seen_message, _message),
    "modal message_form#unseen": submission(Modal.MESSAGE, _of_student, _message),
    "modal bulk_form#unseen": submission(Modal.BULK, _of_class, _bulk),
    "modal last_look": submission(Modal.LAST_LOOK, _look, lambda _about: {}),
    "action look_page": _in(Action.LOOK_PAGE, _look, lambda _about: {}, page=1),
    "modal bulk_form": submission(Modal.BULK, _seen_bulk, _bulk),
    "modal template_form": submission(
        Modal.TEMPLATE, lambda about: Ref(draft=about.draft).encode(), _template
    ),
}
