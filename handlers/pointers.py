"""The answer to "may I have this report": saved, and where it will be."""

from urllib.parse import urlencode

from handlers.ask import Answer, Ask
from handlers.ids import Kind
from handlers.people import Asker
from handlers.services import Services
from handlers.views.export import on_its_way
from handlers.views.reports.answers import pointer

SENDING = ("chat.postMessage", "conversations.open")


WORDS = {
    Kind.TREND.value: "trend",
    Kind.COMPARISON.value: "comparison",
    Kind.MEETING_CARD.value: "meeting",
    "assignment": "assignment",
    "tutoring": "tutoring",
    Kind.WHAT_WORKS.value: "picture",
    Kind.DIGEST.value: "digest",
}
"""What the kinds of messages are called that are no reports."""


def report_pointer(
    ask: Ask, asker: Asker, name: str, services: Services, *, kind: str | None = None
) -> Answer:
    """Where the report that was just saved will be; or how long Slack holds us back.

    `kind`: a Kind's value, where it may be no report but a trend or a comparison.
    """
    link, here = _place(ask, asker)
    wait, what = held_back(asker, services, *SENDING), WORDS.get(kind or "", "report")
    return pointer(name, link, here=here, wait=wait, what=what)


def file_pointer(ask: Ask, asker: Asker, name: str, services: Services) -> Answer:
    """The same for a file, which is being made."""
    link, here = _place(ask, asker)
    return on_its_way(name, link, here=here, wait=held_back(asker, services, *SENDING))


def _place(ask: Ask, asker: Asker) -> tuple[str | None, bool]:
    """An address that opens the direct messages with us, and whether these are they."""
    here = ask.channel is not None and ask.channel == asker.user.slack_channel
    return None if _maybe_here(ask, asker) else link_to_messages(ask, asker), here


def _maybe_here(ask: Ask, asker: Asker) -> bool:
    """Whether this may be our own messages, which we do not know before the first report.

    A button that opens the place where one already is would only confuse.
    """
    return asker.user.slack_channel is None and ask.body.get("channel_name") == "directmessage"


def held_back(asker: Asker, services: Services, *methods: str) -> int | None:
    """For how many seconds Slack holds one of these methods back; None when it does not."""
    workspace_id = asker.viewer.workspace_id
    until = [services.gateway.held_until(workspace_id, method) for method in methods]
    waits = [(moment - asker.now).total_seconds() for moment in until if moment is not None]
    return max(1, round(max(waits))) if waits else None


def link_to_messages(ask: Ask, asker: Asker) -> str | None:
    """An address that opens the direct messages with us in Slack; it names no student."""
    if asker.user.slack_channel:
        where = urlencode({"team": ask.team_id, "id": asker.user.slack_channel})
        return f"slack://channel?{where}"
    app_id = ask.body.get("api_app_id")
    if not app_id:
        return None
    return f"https://slack.com/app_redirect?{urlencode({'app': app_id, 'team': ask.team_id})}"
