"""Writing to families: who gets what by it, what Slack sends for it; a notice with an answer."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.ids import Act, Action, Modal
from school.models import Guardian, ParentAnswer, ParentNotice
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
from tests.authorization.rows import FORM, OPEN, RECORD, SILENT, WHEN_SENT, Gets, Way, Who

QUIET = (Action.PARENT_GUARDIANS, Action.PARENT_TEXT, Action.PARENT_REPORT)
TOLD = (Action.PARENT_CONCERN, Action.PARENT_LANGUAGE, Action.PARENT_PREVIEW)
SEEING = (Who.OWN, Who.CO, Who.ADMIN)

ROWS: Mapping[str, Way] = {
    "command /homeroom#parent": Way(RECORD),
    "command /homeroom#parent pick": Way(FORM),
    "command /homeroom#parent help": Way(OPEN),
    "action act#parent": Way(RECORD),
    **{f"action {one.value}": Way(RECORD) for one in TOLD},
    **{f"action {one.value}": Way(SILENT) for one in QUIET},
    # The family has no address: that is told, and nothing is sent.
    "modal parent": Way({**RECORD, **dict.fromkeys(SEEING, Gets.OWN_ONLY)}, audited=False),
    "delivery parent_answer": Way(WHEN_SENT),
}


def _entered(_about: About) -> Body:
    return {
        Action.PARENT_CONCERN.value: {"selected_option": {"value": "other"}},
        Action.PARENT_LANGUAGE.value: {"selected_option": {"value": "each"}},
        Action.PARENT_TEXT.value: {"value": "Please call me."},
        Action.PARENT_GUARDIANS.value: {"selected_options": [{"value": "1"}]},
    }


def _chosen(name: Action) -> Callable[[About], Body]:
    """Something in the form was changed."""

    def body(about: About) -> Body:
        clicked = in_view(name, nothing, "modal")(about)
        values = {field: {field: value} for field, value in _entered(about).items()}
        form = {"private_metadata": about.student_ref(draft=about.draft)}
        return clicked | {"view": clicked["view"] | form | {"state": {"values": values}}}

    return body


REQUESTS: Mapping[str, Callable[[About], Body]] = {
    "command /homeroom#parent": homeroom("parent {student}"),
    "command /homeroom#parent pick": homeroom("parent"),
    "command /homeroom#parent help": homeroom("parent help"),
    "action act#parent": click(Action.ACT, lambda about: about.student_ref(act=Act.PARENT.value)),
    **{f"action {one.value}": _chosen(one) for one in TOLD},
    **{f"action {one.value}": choice(one, nothing) for one in QUIET},
    "modal parent": submission(
        Modal.PARENT, lambda about: about.student_ref(draft=about.draft), _entered
    ),
}


def lay_notice(
    session: Session, workspace_id: int, teacher: int, student: int, at: datetime
) -> None:
    """A notice of the student's own teacher, with its answer."""
    if session.get(ParentNotice, 1) is not None:
        return
    where = {"workspace_id": workspace_id}
    session.add(Guardian(id=1, student_id=student, name="Rosa Bird", **where))
    session.flush()
    notice = ParentNotice(id=1, guardian_id=1, concern="other", message="Hello", **where)
    notice.teacher_id, notice.student_id, notice.sent_at = teacher, student, at
    session.add(notice)
    session.flush()
    answer = ParentAnswer(id=1, notice_id=1, choice="call", answer="", version=1, **where)
    answer.answered_at = at
    session.add(answer)
