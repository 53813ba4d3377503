"""Why something could not be sent, and what to do, in words for a school's administrator.

The codes are those of the outbox, of Slack and of the mail server. One that is not known here is
shown as it is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.wording import MISSING
from school.models import Medium

ASK = "Ask your administrator."
AGAIN = "Try again in a while, or ask your administrator."


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence that says why, what an administrator can do, and what a teacher can."""

    why: str
    to_do: str
    teacher: str = ASK

    def advice(self, *, is_administrator: bool) -> str:
        """What the reader can do."""
        return self.to_do if is_administrator else self.teacher


UNLINKED = Reason(
    "This person has no Slack account linked here.",
    "Link it with “app.py link”, then try again.",
)
SWITCHED_OFF = Reason(
    "This person's Slack account is switched off, or I may not see it.",
    "If they have another account, link that one with “app.py link”, then try again.",
)
BOT = Reason(
    "The Slack account linked to this person is a bot's, which takes no messages.",
    "Link their own account with “app.py link”, then try again.",
)
TAB_OFF = Reason(
    "Messages to Homeroom are switched off in this Slack.",
    "In the app's settings in Slack, under App Home, switch on the Messages tab, then try again.",
)
NO_PLACE = Reason(
    "Slack does not know the conversation that this was to go to.",
    "Have the person open Homeroom's messages in Slack once, then try again.",
    "Open my messages in Slack once, then try again.",
)
NO_ENTRY = Reason(
    "Slack does not let me in: the app was removed, or its token changed.",
    "Install the app in Slack again and put its bot token into SLACK_BOT_TOKEN, then try again.",
)
NO_RIGHT = Reason(
    "Slack does not give me the right to do this.",
    "Install the app again with all that its manifest asks for, or ask who runs this Slack, "
    "then try again.",
)
NO_METHOD = Reason(
    "This Slack cannot do what I asked of it.",
    "Try again once it can.",
)
NO_ANSWER = Reason(
    "Slack gave no clear answer for too long.",
    "See status.slack.com, and try again when all is well there.",
    AGAIN,
)
NOT_REACHED = Reason(
    "Slack could not be reached from here.",
    "See whether this machine reaches slack.com, then try again.",
    AGAIN,
)
BUSY = Reason("Slack held me back for too long.", "Try again in a while.", AGAIN)
BAD_CONTENT = Reason(
    "Slack did not take the message as I had made it.",
    "Tell whoever runs Homeroom the reference: its log has more.",
)
BROKE = Reason(
    "Something broke on my side.",
    "Tell whoever runs Homeroom the reference: its log has more. Then try again.",
)
OTHER_RELEASE = Reason(
    "None of my running processes knows this kind of message.",
    "Bring all processes to the same release, then try again.",
)
UNSETTLED = Reason(
    "Slack never said whether it arrived.",
    "Ask first whether it has come: tried again, it may stand there twice.",
    "Look first whether it has come: tried again, it may stand there twice.",
)
DATABASE = Reason("The database did not answer.", "Try again when it does.", AGAIN)
FILE = Reason("Slack took no file from me, or never showed it.", "Try again in a while.", AGAIN)

NO_SERVER = Reason(
    "No mail server is set.",
    "Set SMTP_URL and MAIL_FROM; “app.py check” says whether they work. Then try again.",
)
BAD_ADDRESS = Reason(
    "The mail server did not take the address.",
    "Put the address right in the school's records, then try again.",
    "Put the address right, or ask your administrator to, then try again.",
)
MAIL_REFUSED = Reason(
    "The mail server did not take the message.",
    "See “app.py check”, and ask who runs the mail server, then try again.",
)
MAIL_LATER = Reason(
    "The mail server could not be reached, or was too busy, for too long.",
    "“app.py check” says whether it works now. Then try again.",
    AGAIN,
)
MAIL_LOGIN = Reason(
    "The mail server does not let me in.",
    "Put user and password in SMTP_URL right; “app.py check” tries them. Then try again.",
)
MAILBOX_FULL = Reason(
    "The mailbox is full, or takes no message of this size.",
    "Tell the person, and try again when there is room.",
    "Tell the person another way, or try again later.",
)
NO_ENCRYPTION = Reason(
    "The mail server offers no encryption, and I send no password without it.",
    "Ask who runs the mail server; “app.py check” tries it. Then try again.",
)
MAIL_UNCLEAR = Reason(
    "The mail server never said whether it took the message.",
    "Tried again, it may come twice, as one and the same mail.",
    "Tried again, it may come twice, as one and the same mail.",
)

NOT_LET_IN = Reason(
    "The calendar server does not let me into this calendar.",
    "Put user and password in CALDAV_URL right, and let that account write there; “app.py check” "
    "tries it. Then try again.",
)
NO_SUCH_CALENDAR = Reason(
    "The calendar server has no calendar for this person.",
    "See the address in CALDAV_URL and the person's e-mail address, then try again.",
)
CALENDAR_REFUSED = Reason(
    "The calendar server did not take the entry.",
    "See “app.py check”, and ask who runs the calendar server, then try again.",
)
CALENDAR_LATER = Reason(
    "The calendar server could not be reached, or was too busy, for too long.",
    "“app.py check” says whether it works now. Then try again.",
    AGAIN,
)


def _by_code(*rows: tuple[Reason, str]) -> Mapping[str, Reason]:
    return {code: reason for reason, codes in rows for code in codes.split()}


REASONS = _by_code(
    (UNLINKED, "no_slack_user"),
    (
        SWITCHED_OFF,
        "user_disabled user_not_found user_not_visible users_not_found cannot_dm_user "
        "user_is_restricted",
    ),
    (BOT, "cannot_dm_bot"),
    (TAB_OFF, "messages_tab_disabled"),
    (NO_PLACE, "channel_not_found is_archived not_in_channel not_private wrong_channel"),
    (
        NO_ENTRY,
        "account_inactive invalid_auth not_authed token_expired token_revoked org_login_required "
        "no_token",
    ),
    (
        NO_RIGHT,
        "missing_scope not_allowed_token_type no_permission access_denied restricted_action "
        "team_access_not_granted ekm_access_denied two_factor_setup_required",
    ),
    (NO_METHOD, "unknown_method http_404 http_405 http_410 http_501 method_deprecated"),
    (
        NO_ANSWER,
        "fatal_error internal_error service_unavailable request_timeout unreadable_answer "
        "TimeoutError RemoteDisconnected ConnectionResetError ConnectionAbortedError "
        "BrokenPipeError IncompleteRead BadStatusLine",
    ),
    (NOT_REACHED, "ConnectionRefusedError gaierror SSLCertVerificationError OSError URLError"),
    (BUSY, "ratelimited rate_limited message_limit_exceeded"),
    (
        BAD_CONTENT,
        "invalid_arguments invalid_blocks invalid_blocks_format invalid_metadata_format "
        "metadata_too_large msg_blocks_too_long msg_too_long no_text",
    ),
    (OTHER_RELEASE, "unknown_kind"),
    (UNSETTLED, "unsettled uncertain worker_lost sent_again_unsettled"),
    (DATABASE, "database_trouble"),
    (FILE, "no_upload_address invalid_upload_url file_not_found file_deleted"),
)
PREFIXED = (
    ("broke: ", BROKE),
    ("http_5", NO_ANSWER),
    ("http_4", NO_METHOD),
)
"""Codes of which the rest is a detail."""

MAIL_REASONS = {
    **_by_code((OTHER_RELEASE, "unknown_kind"), (DATABASE, "database_trouble")),
    **_by_code(
        (NO_SERVER, "no_mail_server no_mail_from"),
        (NO_ENCRYPTION, "no_encryption"),
        (BAD_ADDRESS, "bad_address no_address"),
        (MAIL_UNCLEAR, "mail_unsettled no_answer uncertain worker_lost"),
        (
            MAIL_LATER,
            "TimeoutError ConnectionRefusedError ConnectionResetError ConnectionAbortedError "
            "BrokenPipeError OSError gaierror SMTPServerDisconnected SMTPConnectError SSLError "
            "SSLCertVerificationError SSLEOFError SSLZeroReturnError",
        ),
    ),
}
MAIL_PREFIXED = (
    ("broke", BROKE),
    ("smtp 530", MAIL_LOGIN),
    ("smtp 534", MAIL_LOGIN),
    ("smtp 535", MAIL_LOGIN),
    ("smtp 552", MAILBOX_FULL),
    ("smtp 4", MAIL_LATER),
    ("smtp 5", MAIL_REFUSED),
)
"""The server's own codes, RFC 5321 and 4954; those of an address that is refused have 5.1 after
them (RFC 3463)."""
CALENDAR_REASONS = _by_code(
    (OTHER_RELEASE, "unknown_kind"),
    (DATABASE, "database_trouble"),
    (NOT_LET_IN, "caldav_401 caldav_403"),
    (NO_SUCH_CALENDAR, "caldav_404 caldav_409 caldav_410 no_address"),
    (
        CALENDAR_LATER,
        "caldav_408 caldav_423 caldav_425 caldav_429 no_xml uncertain worker_lost ReadTimeout "
        "ConnectTimeout Timeout ConnectionError SSLError ProxyError ChunkedEncodingError OSError "
        "TimeoutError",
    ),
)
CALENDAR_PREFIXED = (("broke", BROKE), ("caldav_5", CALENDAR_LATER), ("caldav_", CALENDAR_REFUSED))
"""The server's own codes, RFC 4791 and 4918: 409 is the one for a calendar that is not there."""
_NO_SUCH_ADDRESS = re.compile(r"smtp 5\d\d 5\.1\.|smtp 55[013]$")


def reason_of(code: str, medium: Medium = Medium.SLACK) -> Reason:
    """Why, by its code; an unknown code as it is."""
    if medium is Medium.CALENDAR:
        return _of_calendar(code)
    return _of_mail(code) if medium is Medium.MAIL else _of_slack(code)


def _of_calendar(code: str) -> Reason:
    return CALENDAR_REASONS.get(code) or _by_start(code, CALENDAR_PREFIXED) or _unknown(code)


def _of_slack(code: str) -> Reason:
    return REASONS.get(code) or _by_start(code, PREFIXED) or _unknown(code)


def _of_mail(code: str) -> Reason:
    if _NO_SUCH_ADDRESS.match(code):
        return BAD_ADDRESS
    if code in MAIL_REASONS:
        return MAIL_REASONS[code]
    return _by_start(code, MAIL_PREFIXED) or _unknown(code)


def _by_start(code: str, prefixed: Sequence[tuple[str, Reason]]) -> Reason | None:
    return next((reason for start, reason in prefixed if code.startswith(start)), None)


def _unknown(code: str) -> Reason:
    return replace(BROKE, why=f"It was refused with a word that I do not know: {code or MISSING}.")
