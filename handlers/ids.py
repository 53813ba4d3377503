"""Every id that Slack sends back to us: commands, actions, views and events, in one place."""

from enum import StrEnum


class Command(StrEnum):
    """Slash commands, as the manifest declares them."""

    STUDENT_REPORT = "/student-report"
    CLASS_REPORT = "/class-report"
    SKILL_REPORT = "/skill-report"
    HOMEROOM = "/homeroom"


class Shortcut(StrEnum):
    """Entries in Slack's own menus, as the manifest declares them."""

    HELP_STUDENT = "help_student"
    WHAT_CAN_I_DO = "what_can_i_do"


class Act(StrEnum):
    """What a teacher can do for a student, as a reference names it."""

    MESSAGE = "message"
    ASSIGN = "assign"
    MEET = "meet"
    PARENT = "parent"
    TUTOR = "tutor"
    RESOLVE = "resolve"
    HISTORY = "history"


class Action(StrEnum):
    """What a button or menu does. Fields of a modal stand here too, their menus act."""

    OPEN_LINK = "open_link"
    PICK_REPORT = "pick_report"
    REPORT_RANGE = "report_range"
    USE_RANGE = "use_range"
    ALL_SKILLS = "all_skills"
    SKILLS_PAGE = "skills_page"
    NUMBERS = "numbers"
    NUMBERS_PAGE = "numbers_page"
    SKILL_NUMBERS = "skill_numbers"
    SKILL_NUMBERS_PAGE = "skill_numbers_page"
    COMPARE = "compare"
    COMPARISON_NUMBERS = "comparison_numbers"
    LEAVE_OUT = "leave_out"
    PUT_BACK = "put_back"
    TREND_METRIC = "trend_metric"
    TREND_BY = "trend_by"
    TREND_NUMBERS = "trend_numbers"
    TREND_NUMBERS_PAGE = "trend_numbers_page"
    CLASS_STUDENT = "class_student"
    CLASS_SKILL = "class_skill"
    EXPORT = "export"
    MORE = "more"
    HOME_REPORT = "home_report"
    CHOOSE_STUDENT = "choose_student"
    CHOOSE_SKILL = "choose_skill"
    CHOOSE_RANGE = "choose_range"
    FIRST_DAY = "first_day"
    LAST_DAY = "last_day"
    FULL_REPORT = "full_report"
    MEETING_STUDENT = "meeting_student"
    MEETING_TYPE = "meeting_type"
    MEETING_DAY = "meeting_day"
    MEETING_TIME = "meeting_time"
    MEETING_MINUTES = "meeting_minutes"
    MEETING_PLACE = "meeting_place"
    MEETING_INVITED = "meeting_invited"
    MEETING_OTHERS = "meeting_others"
    MEETING_NOTES = "meeting_notes"
    MEET_AGAIN = "meet_again"
    MOVE_MEETING = "move_meeting"
    CANCEL_MEETING = "cancel_meeting"
    RESTORE_MEETING = "restore_meeting"
    PREP_CARD = "prep_card"
    MEETING_HELD = "meeting_held"
    MEETING_MISSED = "meeting_missed"
    REOPEN_OUTCOME = "reopen_outcome"
    ADD_OUTCOME_NOTES = "add_outcome_notes"
    OUTCOME_NOTES = "outcome_notes"
    FIRST_REMINDER = "first_reminder"
    LAST_REMINDER = "last_reminder"
    QUIET_FROM = "quiet_from"
    QUIET_TO = "quiet_to"
    OPEN_SETTINGS = "open_settings"
    TRY_AGAIN = "try_again"
    TAKE_BACK = "take_back"
    DELIVERIES = "deliveries"
    DELIVERIES_PAGE = "deliveries_page"
    REFRESH_HOME = "refresh_home"
    ACT = "act"
    CHOOSE_ACT = "choose_act"


class Modal(StrEnum):
    """Callback ids of modals."""

    STUDENT_PICKER = "student_picker"
    SKILL_PICKER = "skill_picker"
    CUSTOM_RANGE = "custom_range"
    MEETING = "meeting"
    MOVE_MEETING = "move_meeting"
    OUTCOME_NOTES = "outcome_notes"
    SETTINGS = "settings"
    FOR_WHOM = "for_whom"
    SKILLS = "skills"
    NUMBERS = "numbers"
    DELIVERIES = "deliveries"
    NOTE = "note"


class Event(StrEnum):
    """Events that we subscribe to, as the manifest declares them."""

    HOME_OPENED = "app_home_opened"
    MESSAGE = "message"


class Kind(StrEnum):
    """Kinds of deliveries that have a builder here."""

    STUDENT_REPORT = "student_report"
    CLASS_REPORT = "class_report"
    SKILL_REPORT = "skill_report"
    COMPARISON = "comparison"
    EXPORT = "export"
    EXPORT_NOTICE = "export_notice"
    CLASS_PACK = "class_pack"
    TREND = "trend"
    MEETING_CARD = "meeting_card"
    MEETING_REMINDER = "meeting_reminder"
    MEETING_OUTCOME = "meeting_outcome"
    MEETING_REMINDER_MAIL = "meeting_reminder_mail"
    MEETING_MOVED_MAIL = "meeting_moved_mail"
    MEETING_CANCELLED_MAIL = "meeting_cancelled_mail"
    FAILURE_NOTICE = "failure_notice"
    SHOWN_AGAIN = "shown_again"
    GREETING = "greeting"
    INTERVENTION_CARD = "intervention_card"
