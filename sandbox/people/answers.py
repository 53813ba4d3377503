"""What the app's acknowledgements mean: a message to show, a modal to steer, options to offer."""

from __future__ import annotations

from typing import Any

from sandbox.blocks.limits import VIEW_STACK
from sandbox.errors import SlackError
from sandbox.records import Message, View
from sandbox.webapi.chat import checked_blocks, checked_text
from sandbox.webapi.views import checked_view, make_view, push_onto, replace_body
from sandbox.workspace import Workspace

SLACKBOT = "USLACKBOT"
BAD_ANSWER = "invalid_response"
Body = dict[str, Any] | None


def reply_content(workspace: Workspace, body: dict[str, Any], ephemeral: bool) -> dict[str, Any]:
    """The message in an acknowledgement or a `response_url` body. Raises SlackError."""
    blocks = checked_blocks(workspace, body.get("blocks"), ephemeral)
    attachments = body.get("attachments") or []
    text = checked_text(str(body.get("text") or ""), blocks, attachments)
    return {"text": text, "blocks": blocks, "attachments": attachments}


def is_ephemeral(body: dict[str, Any]) -> bool:
    """Answers are for the asker alone unless they say `in_channel`."""
    return bool(body.get("response_type", "ephemeral") != "in_channel")


def check_command(workspace: Workspace, body: Body) -> str:
    """What is wrong with the acknowledgement of a command, in Slack's word."""
    if not body or not (body.get("text") or body.get("blocks") or body.get("attachments")):
        return ""
    try:
        reply_content(workspace, body, is_ephemeral(body))
    except SlackError as refusal:
        return refusal.code
    return ""


def show(
    workspace: Workspace,
    channel: str,
    content: dict[str, Any],
    ephemeral_for: str | None,
    author: str = "",
) -> Message:
    """Put the app's (or another author's) message into a conversation."""
    app = workspace.config.app
    message = Message(
        ts=workspace.new_ts(),
        channel=channel,
        author=author or app.bot_user_id,
        from_app=not author,
        ephemeral_for=ephemeral_for,
        **content,
    )
    return workspace.post(message)


def show_from_slack(workspace: Workspace, user: str, channel: str, text: str) -> Message:
    """Slack's own word to one person, such as that a command failed."""
    content: dict[str, Any] = {"text": text, "blocks": []}
    return show(workspace, channel, content, user, author=SLACKBOT)


def show_command_answer(
    workspace: Workspace, user: str, channel: str, typed: str, body: Body
) -> Message | None:
    """The message that an acknowledged command leaves, if any. `typed` is what was entered."""
    if not body or not (body.get("text") or body.get("blocks") or body.get("attachments")):
        return None
    alone = is_ephemeral(body)
    content = reply_content(workspace, body, alone)
    if not alone:
        show(workspace, channel, {"text": typed, "blocks": []}, None, author=user)
    return show(workspace, channel, content, user if alone else None)


def check_submission(workspace: Workspace, view: View, body: Body) -> str:
    """What is wrong with the acknowledgement of a submission, in one word."""
    if not body:
        return ""
    action = body.get("response_action")
    if action == "errors":
        fields = {b["block_id"] for b in view.blocks if b["type"] == "input"}
        errors = body.get("errors")
        sound = isinstance(errors, dict) and errors and set(errors) <= fields
        return "" if sound else BAD_ANSWER
    if action in ("update", "push"):
        return _view_problem(workspace, view, action, body.get("view"))
    return "" if action == "clear" else BAD_ANSWER


def _view_problem(workspace: Workspace, view: View, action: str, body: Any) -> str:
    if action == "push" and len(workspace.modals.get(view.user, [])) >= VIEW_STACK:
        return "push_limit_reached"
    try:
        checked_view(workspace, body, "modal")
    except SlackError as refusal:
        return refusal.code
    return ""


def apply_submission(workspace: Workspace, view: View, body: Body) -> dict[str, str]:
    """Steer the modals as the acknowledgement says; returns errors by block_id."""
    body = body or {}
    action = body.get("response_action")
    stack = workspace.modals.get(view.user, [])
    if action == "errors":
        with workspace.change():
            view.errors = {k: str(v) for k, v in body["errors"].items()}
        return view.errors
    if action == "update":
        replace_body(workspace, view, checked_view(workspace, body["view"], "modal"))
    elif action == "push":
        new = make_view(workspace, view.user, checked_view(workspace, body["view"], "modal"))
        push_onto(workspace, stack, new)
    else:
        remove_views(workspace, view, everything=action == "clear")
    return {}


def remove_views(workspace: Workspace, view: View, everything: bool) -> None:
    """Take a modal, or its whole stack, off the screen."""
    with workspace.change():
        stack = workspace.modals.get(view.user, [])
        workspace.modals[view.user] = [] if everything else [v for v in stack if v is not view]


def check_options(body: Body) -> str:
    """What is wrong with the answer to an external select."""
    groups = (body or {}).get("option_groups")
    options = (body or {}).get("options")
    if groups is None and options is None:
        return BAD_ANSWER
    lists = [options or []] if groups is None else [g.get("options", []) for g in groups]
    most = 100
    if any(len(found) > most for found in lists) or len(groups or []) > most:
        return BAD_ANSWER
    sound = all(_sound_option(o) for found in lists for o in found)
    return "" if sound else BAD_ANSWER


def _sound_option(option: Any) -> bool:
    if not isinstance(option, dict) or not isinstance(option.get("text"), dict):
        return False
    label, value = option["text"].get("text", ""), option.get("value", "")
    return 0 < len(label) <= 75 and 0 < len(value) <= 150
