"""What Slack sends for meetings: arranged, moved, called off, and how they went."""

from collections.abc import Callable, Mapping

from handlers.ids import Act, Action, Kind, Modal
from tests.authorization.bodies import (
    About,
    Body,
    choice,
    click,
    homeroom,
    in_form,
    in_move_form,
    in_view,
    nothing,
    options,
    submission,
)


def _meeting(about: About) -> Body:
    """A meeting's form, filled in."""
    return {
        Action.MEETING_TYPE.value: {"selected_option": {"value": "one_on_one"}},
        **_moved(about),
        Action.MEETING_NOTES.value: {"value": "Reads well."},
    }


def _moved(_about: About) -> Body:
    return {
        Action.MEETING_DAY.value: {"selected_date": "2026-03-05"},
        Action.MEETING_TIME.value: {"selected_time": "15:00"},
        Action.MEETING_MINUTES.value: {"selected_option": {"value": "30"}},
        Action.MEETING_PLACE.value: {"value": "Room 12"},
    }


def _outcome(_about: About) -> Body:
    return {
        Action.MEETING_HELD.value: {"selected_option": {"value": "held"}},
        Action.OUTCOME_NOTES.value: {"value": "Reads well."},
    }


def _previewed(about: About) -> Body:
    """The preview is asked for in the form, filled in."""
    clicked = in_view(Action.MEETING_PREVIEW, nothing, "modal")(about)
    values = {field: {field: value} for field, value in _meeting(about).items()}
    form = {"private_metadata": about.student_ref(draft=about.draft)}
    return clicked | {"view": clicked["view"] | form | {"state": {"values": values}}}


REQUESTS: Mapping[str, Callable[[About], Body]] = {
    "command /homeroom#meet": homeroom("meet {student}"),
    "command /homeroom#meet when": homeroom("meet {student} tomorrow 14:30 parents"),
    "command /homeroom#meet pick": homeroom("meet Fri 2pm"),
    "command /homeroom#meet help": homeroom("meet help"),
    "action act#meet": click(Action.ACT, lambda about: about.student_ref(act=Act.MEET.value)),
    "action pick_report#meeting": click(
        Action.PICK_REPORT, lambda about: about.student_ref(kind=Kind.MEETING_CARD.value)
    ),
    "action meeting_preview": _previewed,
    "action meeting_student": in_form(Action.MEETING_STUDENT),
    "action meeting_students": in_form(Action.MEETING_STUDENTS),
    "action meeting_type": in_form(Action.MEETING_TYPE),
    "action meet_again": click(Action.MEET_AGAIN, About.meeting_ref),
    "action move_meeting": click(Action.MOVE_MEETING, About.meeting_ref),
    "action cancel_meeting": click(Action.CANCEL_MEETING, About.meeting_ref),
    "action restore_meeting": click(Action.RESTORE_MEETING, About.meeting_ref),
    "action prep_card": click(
        Action.PREP_CARD, lambda about: about.meeting_ref(student=about.student)
    ),
    "action prep_card#home": in_view(
        Action.PREP_CARD, lambda about: about.meeting_ref(student=about.student), "home"
    ),
    "action meeting_held": click(Action.MEETING_HELD, About.meeting_ref),
    "action meeting_missed": click(Action.MEETING_MISSED, About.meeting_ref),
    "action reopen_outcome": click(Action.REOPEN_OUTCOME, About.meeting_ref),
    "action add_outcome_notes": click(Action.ADD_OUTCOME_NOTES, About.meeting_ref),
    "action meeting_day": in_form(Action.MEETING_DAY),
    "action meeting_day#move": in_move_form(Action.MEETING_DAY),
    "action meeting_slot": in_form(Action.MEETING_SLOT),
    "action meeting_week": in_form(Action.MEETING_WEEK),
    "action meeting_take": in_form(Action.MEETING_TAKE, "2026-03-05.1430"),
    "action meeting_time": in_form(Action.MEETING_TIME),
    "action meeting_minutes": in_form(Action.MEETING_MINUTES),
    "action meeting_place": choice(Action.MEETING_PLACE, nothing),
    "action meeting_invited": choice(Action.MEETING_INVITED, nothing),
    "action meeting_others": choice(Action.MEETING_OTHERS, nothing),
    "action meeting_notes": choice(Action.MEETING_NOTES, nothing),
    "action outcome_notes": choice(Action.OUTCOME_NOTES, nothing),
    "modal meeting": submission(
        Modal.MEETING, lambda about: about.student_ref(draft=about.draft), _meeting
    ),
    "modal move_meeting": submission(Modal.MOVE_MEETING, About.meeting_ref, _moved),
    "modal outcome_notes": submission(Modal.OUTCOME_NOTES, About.meeting_ref, _outcome),
    "options meeting_student": options(Action.MEETING_STUDENT, nothing),
    "options meeting_students": options(Action.MEETING_STUDENTS, nothing),
}
