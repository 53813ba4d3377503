"""Every id that Slack sends back to us: commands, actions, views and events, in one place."""

from enum import StrEnum


class Command(StrEnum):
    """Slash commands, as the manifest declares them."""

    STUDENT_REPORT = "/student-report"
    CLASS_REPORT = "/class-report"
    SKILL_REPORT = "/skill-report"
    HOMEROOM = "/homeroom"


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


class Modal(StrEnum):
    """Callback ids of modals."""

    STUDENT_PICKER = "student_picker"
    SKILL_PICKER = "skill_picker"
    CUSTOM_RANGE = "custom_range"
    SKILLS = "skills"
    NUMBERS = "numbers"
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
    GREETING = "greeting"
