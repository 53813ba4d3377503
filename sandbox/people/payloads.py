"""The payloads that Slack sends to an app."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox.blocks import find_element
from sandbox.records import Block, Conversation, Message, View
from sandbox.rendering import message_data, view_data
from sandbox.state import element_state, state_values
from sandbox.workspace import Workspace

VERIFICATION_TOKEN = "sandbox-verification-token"


def _person(workspace: Workspace, user: str) -> dict[str, Any]:
    person = workspace.person(user)
    name = person.name.lower().replace(" ", ".")
    team_id = person.team_id or workspace.config.team_id
    return {"id": user, "username": name, "name": name, "team_id": team_id}


def _common(workspace: Workspace, kind: str, user: str) -> dict[str, Any]:
    config = workspace.config
    return {
        "type": kind,
        "team": {"id": config.team_id, "domain": config.team_domain},
        "user": _person(workspace, user),
        "api_app_id": config.app.id,
        "token": VERIFICATION_TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def channel_name(conversation: Conversation) -> str:
    """The name that payloads give a conversation."""
    return "directmessage" if conversation.is_im else conversation.name


def command_payload(
    workspace: Workspace, user: str, where: Conversation, name: str, text: str
) -> dict[str, Any]:
    """A slash command."""
    config = workspace.config
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": config.team_id,
        "team_domain": config.team_domain,
        "channel_id": where.id,
        "channel_name": channel_name(where),
        "user_id": user,
        "user_name": _person(workspace, user)["name"],
        "command": name,
        "text": text,
        "api_app_id": config.app.id,
        "is_enterprise_install": "false",
        "response_url": workspace.new_response_url(user, where.id),
        "trigger_id": workspace.new_trigger(user),
    }


def action_data(block: Block, element: dict[str, Any], state: dict[str, Any]) -> dict[str, Any]:
    """One entry of `actions`: the element, and what was chosen where it holds something."""
    kept = ("type", "action_id", "text", "value", "style", "placeholder")
    data = {name: element[name] for name in kept if name in element}
    initial = {k: v for k, v in element.items() if k.startswith("initial_")}
    return {**data, **initial, **state, "block_id": block["block_id"]}


def action_payload(
    workspace: Workspace,
    user: str,
    holder: Message | View,
    action: dict[str, Any],
) -> dict[str, Any]:
    """A click or choice in a message, modal or App Home."""
    in_view = isinstance(holder, View)
    modal = holder.id if isinstance(holder, View) and holder.body["type"] == "modal" else None
    payload = _common(workspace, "block_actions", user)
    payload["trigger_id"] = workspace.new_trigger(user, modal)
    payload["actions"] = [{**action, "action_ts": workspace.new_ts()}]
    payload |= where_data(workspace, user, holder)
    if not in_view and isinstance(holder, Message):
        url = workspace.new_response_url(user, holder.channel, holder.ts)
        payload["response_url"] = url
        payload["state"] = {"values": state_values(workspace, holder, user)}
    return payload


def where_data(workspace: Workspace, user: str, holder: Message | View) -> dict[str, Any]:
    """The part of a payload that says where something was done."""
    if isinstance(holder, View):
        view = view_data(workspace, holder, state_values(workspace, holder))
        return {"container": {"type": "view", "view_id": holder.id}, "view": view}
    conversation = workspace.conversations[holder.channel]
    ephemeral = holder.ephemeral_for is not None
    container = {
        "type": "message",
        "message_ts": holder.ts,
        "channel_id": holder.channel,
        "is_ephemeral": ephemeral,
    }
    data: dict[str, Any] = {
        "container": container,
        "channel": {"id": holder.channel, "name": channel_name(conversation)},
    }
    if not ephemeral:  # Slack gives the app no copy of an ephemeral message
        data["message"] = message_data(workspace, holder)
    return data


def shortcut_payload(workspace: Workspace, user: str, callback_id: str) -> dict[str, Any]:
    """A global shortcut: it knows of no conversation."""
    payload = _common(workspace, "shortcut", user)
    return payload | {
        "callback_id": callback_id,
        "trigger_id": workspace.new_trigger(user),
        "action_ts": workspace.new_ts(),
    }


def message_shortcut_payload(
    workspace: Workspace, user: str, message: Message, callback_id: str
) -> dict[str, Any]:
    """A shortcut chosen on a message."""
    payload = shortcut_payload(workspace, user, callback_id)
    conversation = workspace.conversations[message.channel]
    return payload | {
        "type": "message_action",
        "channel": {"id": message.channel, "name": channel_name(conversation)},
        "message_ts": message.ts,
        "message": message_data(workspace, message),
        "response_url": workspace.new_response_url(user, message.channel),
    }


def suggestion_payload(
    workspace: Workspace, user: str, holder: Message | View, action_id: str, query: str
) -> dict[str, Any]:
    """The question for an external select's options."""
    block, element = find_element(holder.blocks, action_id)
    payload = _common(workspace, "block_suggestion", user)
    payload |= {"action_id": element["action_id"], "block_id": block["block_id"], "value": query}
    return payload | where_data(workspace, user, holder)


def view_payload(workspace: Workspace, kind: str, view: View, **extra: Any) -> dict[str, Any]:
    """A modal's submission or closing."""
    payload = _common(workspace, kind, view.user)
    data = view_data(workspace, view, state_values(workspace, view))
    return {**payload, "view": data, **extra}


def event_payload(workspace: Workspace, event: dict[str, Any]) -> dict[str, Any]:
    """An event in its envelope, with the `event_id` that repeats share."""
    config = workspace.config
    authorization = {
        "enterprise_id": None,
        "team_id": config.team_id,
        "user_id": config.app.bot_user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": config.team_id,
        "api_app_id": config.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev0{secrets.token_hex(5).upper()}",
        "event_time": int(workspace.clock()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": secrets.token_hex(12),
    }


def chosen_state(
    workspace: Workspace, user: str, element: dict[str, Any], value: Any
) -> dict[str, Any]:
    """What a choice looks like in `actions`; nothing for a button."""
    if element["type"] == "button":
        return {}
    offered = workspace.suggested.get((user, element["action_id"]), [])
    return element_state(element, value, offered)
