"""What Slack would send for each way in, about a student and a class of any id."""

from collections.abc import Callable, Mapping

from handlers.codec import Ref
from handlers.ids import Act, Action, Command, Event, Kind, Modal, Shortcut
from tests.authorization import families, tutoring, writing
from tests.authorization.bodies import (
    About,
    Body,
    choice,
    click,
    closing,
    command,
    event,
    homeroom,
    in_form,
    in_move_form,
    in_view,
    nothing,
    options,
    shortcut,
    submission,
)

_WAITING = Ref(kind="messages", page=0).encode()
SHOWN = "2026-02-01..2026-03-01"


def _opened_in(about: About) -> dict[str, str]:
    """Where a modal was opened: the message to show the days in, and those that it shows now."""
    return {"shown": SHOWN, "channel": "D0DIRECT", "ts": "1.1", "draft": about.draft}


def _days(_about: About) -> Body:
    return {
        Action.FIRST_DAY.value: {"selected_date": "2026-02-10"},
        Action.LAST_DAY.value: {"selected_date": "2026-03-01"},
    }


def _picked(about: About) -> Body:
    return {Action.CHOOSE_STUDENT.value: {"selected_option": {"value": about.student_ref()}}}


def _picked_skill(about: About) -> Body:
    return {Action.CHOOSE_SKILL.value: {"selected_option": {"value": about.skill_ref()}}}


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


def _settings(_about: About) -> Body:
    return {
        Action.FIRST_REMINDER.value: {"selected_option": {"value": "2880"}},
        Action.LAST_REMINDER.value: {"selected_option": {"value": "0"}},
        Action.QUIET_FROM.value: {"selected_time": "18:00"},
        Action.QUIET_TO.value: {"selected_time": "08:00"},
        Action.WORK_DAYS.value: {"selected_options": [{"value": "1"}]},
        Action.WORK_FROM.value: {"selected_time": "08:00"},
        Action.WORK_TO.value: {"selected_time": "15:00"},
    }


def _resolved(_about: About) -> Body:
    return {
        Action.RESOLVE_ACTION.value: {"selected_option": {"value": "talked"}},
        Action.RESOLVE_NOTES.value: {"value": "Reads well."},
    }


REQUESTS: Mapping[str, Callable[[About], Body]] = {
    **writing.REQUESTS,
    **families.REQUESTS,
    **tutoring.REQUESTS,
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
    "command /homeroom#assign": homeroom("assign {student}"),
    "command /homeroom#assign pick": homeroom("assign"),
    "command /homeroom#assign help": homeroom("assign help"),
    "command /homeroom#meet": homeroom("meet {student}"),
    "command /homeroom#meet when": homeroom("meet {student} tomorrow 14:30 parents"),
    "command /homeroom#meet pick": homeroom("meet Fri 2pm"),
    "command /homeroom#meet help": homeroom("meet help"),
    "command /homeroom#digest now": homeroom("digest now"),
    "command /homeroom#digest": homeroom("digest"),
    "command /homeroom#settings": homeroom("settings"),
    "command /homeroom#settings help": homeroom("settings help"),
    "command /homeroom#usage": homeroom("usage"),
    "command /homeroom#usage help": homeroom("usage help"),
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
    "action got_assignment": click(
        Action.GOT_ASSIGNMENT, lambda about: Ref(assignment=about.intervention).encode()
    ),
    "modal assignment": submission(
        Modal.ASSIGNMENT, lambda about: about.student_ref(draft=about.draft), _assignment
    ),
    "action act#meet": click(Action.ACT, lambda about: about.student_ref(act=Act.MEET.value)),
    "action open_link": click(Action.OPEN_LINK, nothing),
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
    "action pick_report#meeting": click(
        Action.PICK_REPORT, lambda about: about.student_ref(kind=Kind.MEETING_CARD.value)
    ),
    "action full_report": click(Action.FULL_REPORT, About.student_ref),
    "action full_report#modal": in_view(Action.FULL_REPORT, About.student_ref, "modal"),
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
    "action meeting_time": choice(Action.MEETING_TIME, nothing),
    "action meeting_minutes": in_form(Action.MEETING_MINUTES),
    "action meeting_place": choice(Action.MEETING_PLACE, nothing),
    "action meeting_invited": choice(Action.MEETING_INVITED, nothing),
    "action meeting_others": choice(Action.MEETING_OTHERS, nothing),
    "action meeting_notes": choice(Action.MEETING_NOTES, nothing),
    "action outcome_notes": choice(Action.OUTCOME_NOTES, nothing),
    "action first_reminder": choice(Action.FIRST_REMINDER, nothing),
    "action last_reminder": choice(Action.LAST_REMINDER, nothing),
    "action quiet_from": choice(Action.QUIET_FROM, nothing),
    "action quiet_to": choice(Action.QUIET_TO, nothing),
    "action work_days": choice(Action.WORK_DAYS, nothing),
    "action work_from": choice(Action.WORK_FROM, nothing),
    "action pause_from": choice(Action.PAUSE_FROM, nothing),
    "action pause_to": choice(Action.PAUSE_TO, nothing),
    "action notification_text": choice(Action.NOTIFICATION_TEXT, nothing),
    "action own_calendar": choice(Action.OWN_CALENDAR, nothing),
    "action digest_days": choice(Action.DIGEST_DAYS, nothing),
    "action digest_time": choice(Action.DIGEST_TIME, nothing),
    "action work_to": choice(Action.WORK_TO, nothing),
    "action class_student": choice(Action.CLASS_STUDENT, About.student_ref),
    "action try_again": click(Action.TRY_AGAIN, About.failed_ref),
    "action try_again#home": in_view(Action.TRY_AGAIN, About.failed_ref, "home"),
    "action take_back": click(Action.TAKE_BACK, lambda about: Ref(delivery=about.mail).encode()),
    "action deliveries": in_view(Action.DELIVERIES, lambda _: Ref(page=0).encode(), "home"),
    "action deliveries_page": in_view(
        Action.DELIVERIES_PAGE, lambda _: Ref(page=0).encode(), "modal"
    ),
    "action refresh_home": in_view(Action.REFRESH_HOME, nothing, "home"),
    "action open_settings": in_view(Action.OPEN_SETTINGS, nothing, "home"),
    "action home_report": in_view(Action.HOME_REPORT, About.class_ref, "home"),
    "action choose_student": choice(Action.CHOOSE_STUDENT, About.student_ref),
    "action choose_skill": choice(Action.CHOOSE_SKILL, About.skill_ref),
    "action choose_range": choice(Action.CHOOSE_RANGE, lambda _: "30d"),
    "action choose_act": choice(Action.CHOOSE_ACT, lambda _: "message"),
    "action waiting": in_view(Action.WAITING, lambda _: _WAITING, "home"),
    "action waiting_page": in_view(Action.WAITING_PAGE, lambda _: _WAITING, "modal"),
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
    "modal meeting": submission(
        Modal.MEETING, lambda about: about.student_ref(draft=about.draft), _meeting
    ),
    "modal move_meeting": submission(Modal.MOVE_MEETING, About.meeting_ref, _moved),
    "modal outcome_notes": submission(Modal.OUTCOME_NOTES, About.meeting_ref, _outcome),
    "modal settings": submission(Modal.SETTINGS, nothing, _settings),
    "modal for_whom": submission(Modal.FOR_WHOM, lambda _: Ref(act=Act.MEET).encode(), _picked),
    "action message_read": click(Action.MESSAGE_READ, About.message_ref),
    "action answer_message": click(Action.ANSWER_MESSAGE, About.message_ref),
    "action student_answer": choice(Action.STUDENT_ANSWER, nothing),
    "modal student_answer": submission(
        Modal.STUDENT_ANSWER,
        lambda about: about.message_ref(draft=about.draft),
        lambda _: {Action.STUDENT_ANSWER.value: {"value": "I was sick."}},
    ),
    "closed custom_range": closing(
        Modal.CUSTOM_RANGE, lambda about: about.student_ref(**_opened_in(about))
    ),
    "closed custom_range#class": closing(
        Modal.CUSTOM_RANGE, lambda about: about.class_ref(**_opened_in(about))
    ),
    "options choose_student": options(Action.CHOOSE_STUDENT, nothing),
    "options meeting_student": options(Action.MEETING_STUDENT, nothing),
    "options meeting_students": options(Action.MEETING_STUDENTS, nothing),
    "options choose_skill": options(Action.CHOOSE_SKILL, nothing),
    "options class_skill": options(Action.CLASS_SKILL, About.class_ref),
    "options class_student": options(Action.CLASS_STUDENT, About.class_ref),
    "event app_home_opened": event(Event.HOME_OPENED, tab="home"),
    "shortcut help_student": shortcut(Shortcut.HELP_STUDENT, "shortcut"),
    "shortcut what_can_i_do": shortcut(
        Shortcut.WHAT_CAN_I_DO,
        "message_action",
        channel={"id": "D0DIRECT"},
        message_ts="9.9",
        response_url="",
    ),
    "event message": event(Event.MESSAGE, channel="D0DIRECT", channel_type="im", text="hello"),
}
"""How to go in by each way that Slack opens; deliveries are gone in by their builders."""
