"""What Slack would send for each way in, about a student and a class of any id."""

from collections.abc import Callable, Mapping

from handlers.codec import Ref
from handlers.ids import Act, Action, Event, Modal, Shortcut
from tests.authorization import families, interventions, meetings, reports, tutoring, writing
from tests.authorization.bodies import (
    About,
    Body,
    choice,
    click,
    event,
    homeroom,
    in_view,
    nothing,
    shortcut,
    submission,
)
from tests.authorization.reports import picked_student

_WAITING = Ref(kind="messages", page=0).encode()


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


REQUESTS: Mapping[str, Callable[[About], Body]] = {
    **reports.REQUESTS,
    **meetings.REQUESTS,
    **interventions.REQUESTS,
    **writing.REQUESTS,
    **families.REQUESTS,
    **tutoring.REQUESTS,
    "command /homeroom": homeroom("help"),
    "command /homeroom#digest now": homeroom("digest now"),
    "command /homeroom#digest": homeroom("digest"),
    "command /homeroom#settings": homeroom("settings"),
    "command /homeroom#settings help": homeroom("settings help"),
    "command /homeroom#usage": homeroom("usage"),
    "command /homeroom#usage help": homeroom("usage help"),
    "action open_link": click(Action.OPEN_LINK, nothing),
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
    "action try_again": click(Action.TRY_AGAIN, About.failed_ref),
    "action try_again#home": in_view(Action.TRY_AGAIN, About.failed_ref, "home"),
    "action take_back": click(Action.TAKE_BACK, lambda about: Ref(delivery=about.mail).encode()),
    "action deliveries": in_view(Action.DELIVERIES, lambda _: Ref(page=0).encode(), "home"),
    "action deliveries_page": in_view(
        Action.DELIVERIES_PAGE, lambda _: Ref(page=0).encode(), "modal"
    ),
    "action refresh_home": in_view(Action.REFRESH_HOME, nothing, "home"),
    "action open_settings": in_view(Action.OPEN_SETTINGS, nothing, "home"),
    "action help_student": in_view(Action.HELP_STUDENT, nothing, "home"),
    "action choose_act": choice(Action.CHOOSE_ACT, lambda _: "message"),
    "action waiting": in_view(Action.WAITING, lambda _: _WAITING, "home"),
    "action waiting_page": in_view(Action.WAITING_PAGE, lambda _: _WAITING, "modal"),
    "modal settings": submission(Modal.SETTINGS, nothing, _settings),
    "modal for_whom": submission(
        Modal.FOR_WHOM, lambda _: Ref(act=Act.MEET).encode(), picked_student
    ),
    "action message_read": click(Action.MESSAGE_READ, About.message_ref),
    "action answer_message": click(Action.ANSWER_MESSAGE, About.message_ref),
    "action student_answer": choice(Action.STUDENT_ANSWER, nothing),
    "modal student_answer": submission(
        Modal.STUDENT_ANSWER,
        lambda about: about.message_ref(draft=about.draft),
        lambda _: {Action.STUDENT_ANSWER.value: {"value": "I was sick."}},
    ),
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
