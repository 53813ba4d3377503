"""What Slack sends for assignments, resolutions, and what was done for a student."""

from collections.abc import Callable, Mapping

from handlers.codec import Ref
from handlers.ids import Act, Action, Kind, Modal
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


def _assignment(about: About) -> Body:
    """An assignment's form, filled in."""
    return {
        Action.ASSIGNMENT_TITLE.value: {"value": "Practice"},
        Action.ASSIGNMENT_SKILLS.value: {"selected_options": [{"value": f"{about.skill}"}]},
        Action.ASSIGNMENT_COUNT.value: {"value": "15"},
        Action.ASSIGNMENT_DIFFICULTY.value: {"selected_option": {"value": "easy"}},
        Action.ASSIGNMENT_DUE.value: {"selected_date": "2026-03-05"},
        Action.ASSIGNMENT_DESCRIPTION.value: {"value": ""},
    }


def _resolved(_about: About) -> Body:
    return {
        Action.RESOLVE_ACTION.value: {"selected_option": {"value": "talked"}},
        Action.RESOLVE_NOTES.value: {"value": "Reads well."},
    }


def _previewed(about: About) -> Body:
    """The preview is asked for in the form, filled in."""
    clicked = in_view(Action.ASSIGNMENT_PREVIEW, nothing, "modal")(about)
    values = {field: {field: value} for field, value in _assignment(about).items()}
    form = {"private_metadata": about.student_ref(draft=about.draft)}
    return clicked | {"view": clicked["view"] | form | {"state": {"values": values}}}


REQUESTS: Mapping[str, Callable[[About], Body]] = {
    "command /homeroom#assign": homeroom("assign {student}"),
    "command /homeroom#assign empty": homeroom("assign {student} empty"),
    "command /homeroom#assign pick": homeroom("assign"),
    "command /homeroom#assign help": homeroom("assign help"),
    "command /homeroom#history": homeroom("history {student}"),
    "command /homeroom#history class": homeroom("history {course}"),
    "command /homeroom#history pick": homeroom("history"),
    "command /homeroom#history help": homeroom("history help"),
    "action act#history": click(Action.ACT, lambda about: about.student_ref(act=Act.HISTORY.value)),
    "action act#works": click(Action.ACT, lambda about: about.class_ref(act=Act.HISTORY.value)),
    "action act#resolve": click(Action.ACT, lambda about: about.student_ref(act=Act.RESOLVE.value)),
    "action act#alert": click(Action.ACT, lambda about: about.alert_ref(act=Act.RESOLVE.value)),
    "action undo_intervention": click(Action.UNDO_INTERVENTION, About.intervention_ref),
    "action rate_intervention": choice(
        Action.RATE_INTERVENTION, lambda about: about.intervention_ref(rating=4)
    ),
    "action history_page": in_view(
        Action.HISTORY_PAGE, lambda about: about.student_ref(page=0), "modal"
    ),
    "action what_works": click(Action.WHAT_WORKS, About.class_ref),
    "action what_works_picture": in_view(
        Action.WHAT_WORKS_PICTURE,
        lambda about: about.class_ref(kind=Kind.WHAT_WORKS.value),
        "modal",
    ),
    "action resolve_alert": choice(Action.RESOLVE_ALERT, nothing),
    "action resolve_action": choice(Action.RESOLVE_ACTION, nothing),
    "action resolve_notes": choice(Action.RESOLVE_NOTES, nothing),
    "modal resolve": submission(
        Modal.RESOLVE, lambda about: about.alert_ref(draft=about.draft), _resolved
    ),
    "action act#assign": click(Action.ACT, lambda about: about.student_ref(act=Act.ASSIGN.value)),
    "action act#assign group": click(
        Action.ACT, lambda about: about.class_ref(act=Act.ASSIGN.value, skill=about.skill)
    ),
    "action assignment_students": click(Action.ASSIGNMENT_STUDENTS, nothing),
    "action assignment_title": click(Action.ASSIGNMENT_TITLE, nothing),
    "action assignment_skills": click(Action.ASSIGNMENT_SKILLS, nothing),
    "action assignment_more": click(Action.ASSIGNMENT_MORE, nothing),
    "action assignment_count": click(Action.ASSIGNMENT_COUNT, nothing),
    "action assignment_difficulty": click(Action.ASSIGNMENT_DIFFICULTY, nothing),
    "action assignment_due": click(Action.ASSIGNMENT_DUE, nothing),
    "action assignment_description": click(Action.ASSIGNMENT_DESCRIPTION, nothing),
    "action assignment_preview": _previewed,
    "action got_assignment": click(
        Action.GOT_ASSIGNMENT, lambda about: Ref(assignment=about.intervention).encode()
    ),
    "modal assignment": submission(
        Modal.ASSIGNMENT, lambda about: about.student_ref(draft=about.draft), _assignment
    ),
}
