"""Every way in, and what each kind of person gets by it when it is about one student or class.

The student is Quilla Zephyr, the class Kestrel Maths; `way` is `kind id`, with `#variant` where one
id does several things. The command line is no way in: whoever has the machine has the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Who(StrEnum):
    """Kinds of people. A guest and a switched-off teacher are on record as Kestrel's teachers."""

    OWN = "own teacher"
    CO = "co-teacher"
    OTHER = "other teacher"
    ELSEWHERE = "teacher of another workspace"
    ADMIN = "administrator"
    GUEST = "guest"
    STRANGER = "person of a connected workspace"
    GONE = "teacher switched off"
    STUDENT = "student"
    NOBODY = "nobody"


class Gets(StrEnum):
    """What somebody gets."""

    SEES = "the record"
    OWN_ONLY = "an answer without the record"
    ABSENT = "the words for what does not exist"
    GUEST_WORDS = "the words for guests"
    TEAM_WORDS = "the words for people of other teams"
    GONE_WORDS = "the words for who is switched off"
    STUDENT_WORDS = "the words for students"
    NOBODY_WORDS = "the words for who is not linked"
    NOTHING = "nothing at all"


Row = Mapping[Who, Gets]

REFUSED: Row = {
    Who.GUEST: Gets.GUEST_WORDS,
    Who.STRANGER: Gets.TEAM_WORDS,
    Who.GONE: Gets.GONE_WORDS,
    Who.STUDENT: Gets.STUDENT_WORDS,
    Who.NOBODY: Gets.NOBODY_WORDS,
}
"""Who is no teacher here, now, gets words that fit and nothing else."""

_SEEING: Row = {Who.OWN: Gets.SEES, Who.CO: Gets.SEES, Who.ADMIN: Gets.SEES}
RECORD: Row = {**_SEEING, Who.OTHER: Gets.ABSENT, Who.ELSEWHERE: Gets.ABSENT, **REFUSED}
"""What names one student or class."""

LISTING: Row = {**_SEEING, Who.OTHER: Gets.OWN_ONLY, Who.ELSEWHERE: Gets.OWN_ONLY, **REFUSED}
"""What shows all that one has."""

MENU: Row = {**LISTING, **dict.fromkeys(REFUSED, Gets.NOTHING)}
"""The entries of a menu: Slack has no place for words there."""

WAITED_FOR: Row = {**LISTING, Who.CO: Gets.OWN_ONLY, Who.ADMIN: Gets.OWN_ONLY}
"""What somebody did themselves, and waits for an answer to."""

CLOSING: Row = {**dict.fromkeys(Who, Gets.NOTHING), **_SEEING}
"""A modal that is closed again: Slack takes no words for it, and the report stays as it was."""

FORM: Row = {**dict.fromkeys(LISTING, Gets.OWN_ONLY), **REFUSED}
"""A form that is still empty: for teachers, and showing nobody."""

FAILURE: Row = {**dict.fromkeys(Who, Gets.ABSENT), **REFUSED}
"""What concerns its sender, its recipient and administrators, of whom the rows tell."""

OPEN: Row = dict.fromkeys(Who, Gets.OWN_ONLY)
"""Help: for everybody, and showing nobody."""

SILENT: Row = dict.fromkeys(Who, Gets.NOTHING)
"""An acknowledgement without an answer."""

GREETING: Row = {
    **OPEN,
    Who.STRANGER: Gets.NOBODY_WORDS,
    Who.GONE: Gets.GONE_WORDS,
    Who.STUDENT: Gets.STUDENT_WORDS,
    Who.NOBODY: Gets.NOBODY_WORDS,
}
"""The answer to a message, the same for all teachers: help, or why there is none."""

WHEN_SENT: Row = {
    **_SEEING,
    Who.OTHER: Gets.ABSENT,
    Who.ELSEWHERE: Gets.ABSENT,
    Who.GONE: Gets.GONE_WORDS,
}
"""A saved report when it is sent, to whom it was saved for. For everybody else none is saved, which
the rows of the listeners hold."""


TO_STUDENT: Row = {Who.OWN: Gets.SEES}
"""What a teacher sends to a student of theirs; it goes to that student alone, whoever they are."""

FOR_STUDENT: Row = {**FORM, Who.STUDENT: Gets.ABSENT}
"""What only the student may do to whom a message went: here another one than the student is."""


@dataclass(frozen=True, slots=True)
class Way:
    """What people get by one way in; `audited`: whoever sees the record is in the audit log."""

    row: Row
    audited: bool = True


_NOT_NOW = Way({**RECORD, **dict.fromkeys(_SEEING, Gets.OWN_ONLY)}, audited=False)
"""What names one student's meeting, and is told that this cannot be done with it as it stands."""

_OWN_DOING = Way({**RECORD, Who.CO: Gets.OWN_ONLY, Who.ADMIN: Gets.OWN_ONLY})
"""What was done for a student, which only its teacher changes; colleagues are told so."""

MATRIX: Mapping[str, Way] = {
    "command /student-report": Way(RECORD),
    "command /student-report#pick": Way(FORM),
    "command /student-report#help": Way(OPEN),
    "command /class-report": Way(RECORD),
    "command /class-report#all": Way(LISTING, audited=False),
    "command /class-report#help": Way(OPEN),
    "command /skill-report": Way(RECORD),
    "command /skill-report#pick": Way(FORM),
    "command /skill-report#help": Way(OPEN),
    "command /homeroom": Way(OPEN),
    "command /homeroom#trend student": Way(RECORD),
    "command /homeroom#trend class": Way(RECORD),
    "command /homeroom#trend help": Way(OPEN),
    "command /homeroom#compare": Way(RECORD),
    "command /homeroom#compare class": Way(RECORD),
    "command /homeroom#compare both": Way(RECORD),
    "command /homeroom#compare help": Way(OPEN),
    "command /homeroom#export": Way(RECORD),
    "command /homeroom#export class": Way(RECORD),
    "command /homeroom#export skill": Way(RECORD),
    "command /homeroom#export pack": Way(RECORD),
    "command /homeroom#export all": Way(LISTING, audited=False),
    "command /homeroom#export help": Way(OPEN),
    "command /homeroom#assign": Way(RECORD),
    "command /homeroom#assign pick": Way(FORM),
    "command /homeroom#assign help": Way(OPEN),
    "command /homeroom#meet": Way(RECORD),
    "command /homeroom#meet when": Way(RECORD),
    "command /homeroom#meet pick": Way(FORM),
    "command /homeroom#meet help": Way(OPEN),
    "command /homeroom#settings": Way(FORM),
    "command /homeroom#settings help": Way(OPEN),
    "action open_link": Way(SILENT),
    "action pick_report": Way(RECORD),
    "action pick_report#class": Way(RECORD),
    "action pick_report#skill": Way(RECORD),
    "action pick_report#export": Way(RECORD),
    "action pick_report#meeting": Way(RECORD),
    "action report_range": Way(RECORD),
    "action report_range#class": Way(RECORD),
    "action report_range#custom": Way(
        {**RECORD, **dict.fromkeys(_SEEING, Gets.OWN_ONLY)}, audited=False
    ),
    "action use_range": Way(RECORD),
    "action all_skills": Way(RECORD),
    "action skills_page": Way(RECORD),
    "action numbers": Way(RECORD),
    "action numbers_page": Way(RECORD),
    "action skill_numbers": Way(RECORD),
    "action skill_numbers_page": Way(RECORD),
    "action compare": Way(RECORD),
    "action compare#class": Way(RECORD),
    "action comparison_numbers": Way(RECORD),
    "action comparison_numbers#class": Way(RECORD),
    "action leave_out": Way(RECORD),
    "action put_back": Way(RECORD),
    "action trend_metric": Way(RECORD),
    "action trend_by": Way(RECORD),
    "action trend_numbers": Way(RECORD),
    "action trend_numbers#class": Way(RECORD),
    "action trend_numbers_page": Way(RECORD),
    "action class_student": Way(RECORD),
    "action class_skill": Way(RECORD),
    "action export": Way(RECORD),
    "action more": Way(RECORD),
    "action more#class": Way(RECORD),
    "action more#file": Way(RECORD),
    "action export#class": Way(RECORD),
    "action export#skill": Way(RECORD),
    "action export#parents": Way(RECORD),
    "action export#pack": Way(RECORD),
    "action try_again": Way({**FAILURE, Who.OWN: Gets.NOTHING, Who.ADMIN: Gets.NOTHING}),
    "action try_again#home": Way({**FAILURE, Who.OWN: Gets.SEES, Who.ADMIN: Gets.SEES}),
    "action take_back": Way({**FAILURE, Who.OWN: Gets.OWN_ONLY}),
    "action deliveries": Way(FORM),
    "action deliveries_page": Way(FORM),
    "action refresh_home": Way(LISTING),
    "action home_report": Way(RECORD),
    "action choose_student": Way(SILENT),
    "action choose_skill": Way(SILENT),
    "action choose_range": Way(SILENT),
    "action first_day": Way(SILENT),
    "action last_day": Way(SILENT),
    "action full_report": Way(RECORD),
    "action full_report#modal": Way(RECORD),
    "action meeting_student": Way(RECORD),
    "action meeting_type": Way(RECORD),
    "action meet_again": Way(RECORD),
    "action move_meeting": Way(RECORD),
    "action cancel_meeting": Way(RECORD),
    "action restore_meeting": _NOT_NOW,
    "action prep_card": Way(RECORD),
    "action prep_card#home": Way(RECORD),
    "action meeting_held": _NOT_NOW,
    "action meeting_missed": _NOT_NOW,
    "action reopen_outcome": _NOT_NOW,
    "action add_outcome_notes": Way(RECORD),
    "action meeting_day": Way(RECORD),
    "action meeting_day#move": Way(RECORD),
    "action meeting_slot": Way(RECORD),
    "action meeting_week": Way(RECORD),
    "action meeting_take": Way(RECORD),
    "action meeting_time": Way(SILENT),
    "action meeting_minutes": Way(RECORD),
    "action meeting_place": Way(SILENT),
    "action meeting_invited": Way(SILENT),
    "action meeting_others": Way(SILENT),
    "action meeting_notes": Way(SILENT),
    "action outcome_notes": Way(SILENT),
    "action first_reminder": Way(SILENT),
    "action last_reminder": Way(SILENT),
    "action quiet_from": Way(SILENT),
    "action quiet_to": Way(SILENT),
    "action work_days": Way(SILENT),
    "action work_from": Way(SILENT),
    "action work_to": Way(SILENT),
    "action open_settings": Way(FORM),
    "modal student_picker": Way(RECORD),
    "modal skill_picker": Way(RECORD),
    "modal custom_range": Way(RECORD),
    "modal custom_range#class": Way(RECORD),
    "modal meeting": Way(RECORD),
    "modal move_meeting": Way(RECORD),
    "modal outcome_notes": _NOT_NOW,
    "modal settings": Way(FORM),
    "modal for_whom": Way(RECORD),
    "action choose_act": Way(SILENT),
    "action waiting": Way(WAITED_FOR),
    "action waiting_page": Way(WAITED_FOR),
    "command /homeroom#history": Way(RECORD),
    "command /homeroom#history class": Way(RECORD),
    "command /homeroom#history pick": Way(FORM),
    "command /homeroom#history help": Way(OPEN),
    "action act#meet": Way(RECORD),
    "action act#assign": Way(RECORD),
    "action act#assign group": Way(RECORD),
    "action act#history": Way(RECORD),
    "action act#works": Way(RECORD),
    "action act#resolve": Way(RECORD),
    "action act#alert": Way(RECORD),
    "action undo_intervention": _OWN_DOING,
    "action rate_intervention": _OWN_DOING,
    "action history_page": Way(RECORD),
    "action what_works": Way(RECORD),
    "action resolve_alert": Way(SILENT),
    "action resolve_action": Way(SILENT),
    "action resolve_notes": Way(SILENT),
    "modal resolve": Way(RECORD),
    "action message_read": Way(FOR_STUDENT),
    "action answer_message": Way(FOR_STUDENT),
    "modal student_answer": Way(FOR_STUDENT),
    "action assignment_students": Way(SILENT),
    "action assignment_title": Way(SILENT),
    "action assignment_skills": Way(SILENT),
    "action assignment_more": Way(SILENT),
    "action assignment_count": Way(SILENT),
    "action assignment_difficulty": Way(SILENT),
    "action assignment_due": Way(SILENT),
    "action assignment_description": Way(SILENT),
    "action got_assignment": Way(FOR_STUDENT),
    "modal assignment": Way(RECORD),
    "closed custom_range": Way(CLOSING),
    "closed custom_range#class": Way(CLOSING),
    "options choose_student": Way(MENU, audited=False),
    "options meeting_student": Way(MENU, audited=False),
    "options choose_skill": Way(MENU, audited=False),
    "options class_skill": Way(
        {**MENU, Who.OTHER: Gets.NOTHING, Who.ELSEWHERE: Gets.NOTHING}, audited=False
    ),
    "options class_student": Way(
        {**MENU, Who.OTHER: Gets.NOTHING, Who.ELSEWHERE: Gets.NOTHING}, audited=False
    ),
    "event app_home_opened": Way(LISTING),
    "event message": Way(GREETING),
    "shortcut help_student": Way(FORM),
    "shortcut what_can_i_do": Way({**FORM, Who.OWN: Gets.SEES}, audited=False),
    "delivery student_report": Way(WHEN_SENT),
    "delivery class_report": Way(WHEN_SENT),
    "delivery skill_report": Way(WHEN_SENT),
    "delivery comparison": Way(WHEN_SENT),
    "delivery comparison#class": Way(WHEN_SENT),
    "delivery trend": Way(WHEN_SENT),
    "delivery meeting_card": Way(WHEN_SENT),
    "delivery meeting_reminder": Way(WHEN_SENT),
    "delivery meeting_outcome": Way(WHEN_SENT),
    "delivery intervention_card": Way(WHEN_SENT),
    "delivery export": Way(WHEN_SENT),
    "delivery export#class": Way(WHEN_SENT),
    "delivery export#skill": Way(WHEN_SENT),
    "delivery class_pack": Way(WHEN_SENT),
    "delivery export_notice": Way(WHEN_SENT, audited=False),
    "delivery failure_notice": Way(
        {
            **dict.fromkeys(Who, Gets.ABSENT),
            Who.OWN: Gets.SEES,
            Who.ADMIN: Gets.SEES,
            Who.GONE: Gets.GONE_WORDS,
            **dict.fromkeys((Who.STRANGER, Who.STUDENT, Who.NOBODY), Gets.OWN_ONLY),
        },
        audited=False,
    ),
    "delivery shown_again": Way(WHEN_SENT),
    "delivery student_message": Way(TO_STUDENT, audited=False),
    "delivery student_note": Way({Who.OWN: Gets.OWN_ONLY}, audited=False),
    "delivery student_reply": Way(WHEN_SENT),
    "delivery student_assignment": Way({Who.OWN: Gets.OWN_ONLY}, audited=False),
    "delivery student_assignment_withdrawn": Way({Who.OWN: Gets.OWN_ONLY}, audited=False),
    "delivery assignment_notice": Way(WHEN_SENT),
    "delivery greeting": Way(GREETING),
}

PAGES = frozenset({"/healthz", "/readyz", "/metrics"})
"""Addresses that anybody may open: they show no record."""
SIGNED = frozenset({"/slack/events"})
"""Addresses that Slack alone may use, by its signature."""
