"""What is done in Slack at once and at most once: views, and a word to the asker alone."""

import logging
from typing import Any
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from slack_sdk.webhook import WebhookClient

from bot.logs import BOLT
from bot.slack import Refused
from handlers.ask import Answer, Ask
from handlers.people import workspace_of
from handlers.services import Services

LOG = logging.getLogger(__name__)
View = dict[str, Any]
CONFLICT = "hash_conflict"
CHANGED = (CONFLICT, "not_found", "view_not_found")
"""What Slack says where a view is another by now, or closed."""
FAILED = 400
"""HTTP statuses from here on are failures."""


def open_view(ask: Ask, services: Services, view: View) -> View:
    """Open a modal in exchange for the request's trigger. Raises DeliveryFailed."""
    return _call(ask, services, "views.open", trigger_id=ask.trigger_id, view=view)


def lay_view(ask: Ask, services: Services, view: View) -> View:
    """Open a modal, on top of the one that was clicked in where there is one."""
    if ask.view.get("type") == "modal":
        return _call(ask, services, "views.push", trigger_id=ask.trigger_id, view=view)
    return open_view(ask, services, view)


def show_modal(ask: Ask, services: Services, view: View) -> View:
    """Acknowledge what was asked and show a modal: in the place of the form that was submitted,
    on top of the modal that was clicked in, else a new one. Returns what is shown. Raises
    DeliveryFailed.
    """
    if ask.kind == "view_submission":
        ask.ack(response_action="update", view=view)
        return {"id": ask.view["id"]}
    ask.ack()
    return lay_view(ask, services, view)


def update_view(ask: Ask, services: Services, shown: View, view: View) -> View:
    """Change a modal that nobody has changed since it was `shown`. Raises DeliveryFailed."""
    marks = {"view_id": shown["id"]} | ({"hash": shown["hash"]} if shown.get("hash") else {})
    return _call(ask, services, "views.update", view=view, **marks)


def change_view(ask: Ask, services: Services, view: View) -> View | None:
    """Change the modal that was clicked in. Of several clicks in it the last one counts, whatever
    it shows by now. Returns what it shows; None where it is closed, or was clicked in since.

    Raises DeliveryFailed.
    """
    at = clicked_at(ask)
    services.clicks.note(ask.view["id"], at)
    with services.clicks.turn(ask.view["id"], at) as is_last:
        return _changed(ask, services, view) if is_last else None


def clicked_at(ask: Ask) -> str:
    """When the click was made, as Slack writes it; "" for what is no click in a form."""
    actions = ask.body.get("actions") or [{}]
    return str(actions[0].get("action_ts") or "")


def _changed(ask: Ask, services: Services, view: View) -> View | None:
    """What the modal shows now; None where it is closed.

    Where it was changed between the click and now, as by another click or a calendar that has
    answered, this click is the news: what was typed stays in its fields.
    """
    for shown in (ask.view, {"id": ask.view["id"]}):
        try:
            return update_view(ask, services, shown, view)
        except Refused as refusal:
            if refusal.code not in CHANGED:
                raise
            if refusal.code != CONFLICT:
                return None
    return None


def publish_home(ask: Ask, services: Services, view: View) -> None:
    """Set the asker's App Home. Raises DeliveryFailed."""
    _call(ask, services, "views.publish", user_id=ask.user_id, view=view)


def respond(ask: Ask, services: Services, answer: Answer, *, replace: bool = False) -> bool:
    """Say something to the asker alone, beside what was clicked or in its place.

    At most once, and without promise: what must arrive is a delivery. Returns whether it was taken.
    """
    url = ask.response_url
    if url is None:
        return False
    patience = round(services.settings.answer_wait)
    client = WebhookClient(url, timeout=patience, retry_handlers=[], logger=logging.getLogger(BOLT))
    if proxy_bypass(urlsplit(url).netloc):
        client.proxy = None
    try:
        taken = client.send_dict({**answer.message(), "replace_original": replace})
    except (OSError, ValueError) as failure:
        LOG.warning("An answer to a click was not taken (%s)", type(failure).__name__)
        return False
    return bool(taken.status_code < FAILED)


def _call(ask: Ask, services: Services, method: str, **arguments: Any) -> View:
    workspace_id = workspace_of(ask.team_id, services)
    if workspace_id is None:
        return {}
    answer = services.gateway.call(workspace_id, method, **arguments)
    shown: View = answer.get("view") or {}
    return shown
