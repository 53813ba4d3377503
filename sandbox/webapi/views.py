"""views.open, views.push, views.update, views.publish."""

from __future__ import annotations

import secrets
from typing import Any

from sandbox.blocks import check_view, fill_in_ids
from sandbox.blocks.limits import VIEW_STACK
from sandbox.errors import SlackError, invalid
from sandbox.files import FileDesk
from sandbox.records import View
from sandbox.rendering import view_data
from sandbox.state import state_values
from sandbox.webapi.call import ApiCall
from sandbox.workspace import Workspace


def checked_view(workspace: Workspace, body: Any, kind: str) -> dict[str, Any]:
    """A view that Slack would take, with ids filled in. Raises SlackError."""
    if not isinstance(body, dict):
        raise invalid("invalid_arguments", "missing required field: view")
    if body.get("type") != kind:
        raise invalid("invalid_arguments", f"must be a {kind} [json-pointer:/view/type]")
    check_view(body, FileDesk(workspace).shows)
    return {**body, "blocks": fill_in_ids(body["blocks"])}


def new_hash(workspace: Workspace) -> str:
    """A view's version, as Slack writes it."""
    return f"{int(workspace.clock())}.{secrets.token_hex(4)}"


def make_view(workspace: Workspace, user: str, body: dict[str, Any]) -> View:
    """A view that nobody sees yet. Raises `duplicate_external_id`."""
    external_id = str(body.get("external_id") or "")
    if external_id and workspace.view_by_external_id(external_id):
        raise SlackError("duplicate_external_id")
    view_id = workspace.new_id("V")
    return View(view_id, user, body, new_hash(workspace), root_id=view_id)


def push_onto(workspace: Workspace, stack: list[View], view: View) -> None:
    """Lay a view on a stack. Raises `push_limit_reached`."""
    if len(stack) >= VIEW_STACK:
        raise SlackError("push_limit_reached")
    view.root_id, view.previous_id = stack[0].id, stack[-1].id
    with workspace.change():
        stack.append(view)


def replace_body(workspace: Workspace, view: View, body: dict[str, Any]) -> None:
    """Change a view where it stands; what was typed stays in fields that stay."""
    with workspace.change():
        view.body, view.hash = body, new_hash(workspace)
        view.version += 1
        view.errors = {}


def _answer(workspace: Workspace, view: View) -> dict[str, Any]:
    return {"view": view_data(workspace, view, state_values(workspace, view))}


def open_view(call: ApiCall) -> dict[str, Any]:
    """Open a modal in exchange for a trigger."""
    workspace = call.workspace
    body = checked_view(workspace, call.data("view"), "modal")
    trigger = workspace.exchange_trigger(call.needed("trigger_id"))
    view = make_view(workspace, trigger.user, body)
    with workspace.change():
        workspace.modals[trigger.user] = [view]
    return _answer(workspace, view)


def push_view(call: ApiCall) -> dict[str, Any]:
    """Lay a modal on the one whose action gave the trigger."""
    workspace = call.workspace
    body = checked_view(workspace, call.data("view"), "modal")
    trigger = workspace.exchange_trigger(call.needed("trigger_id"))
    stack = workspace.modals.get(trigger.user, [])
    if trigger.view_id is None or trigger.view_id not in {v.id for v in stack}:
        raise SlackError("not_found")
    view = make_view(workspace, trigger.user, body)
    push_onto(workspace, stack, view)
    return _answer(workspace, view)


def update_view(call: ApiCall) -> dict[str, Any]:
    """Change an open modal, if its hash is still the one that the app knows."""
    workspace = call.workspace
    body = checked_view(workspace, call.data("view"), "modal")
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if not view_id and not external_id:
        raise invalid("invalid_arguments", "missing required field: view_id")
    view = workspace.view(view_id) if view_id else workspace.view_by_external_id(external_id)
    if view is None or view.body["type"] != "modal":
        raise SlackError("not_found")
    _check_hash(call, view)
    replace_body(workspace, view, body)
    return _answer(workspace, view)


def _check_hash(call: ApiCall, view: View) -> None:
    given = call.args.get("hash")
    if given is not None and given != view.hash:
        raise SlackError("hash_conflict")


def publish_view(call: ApiCall) -> dict[str, Any]:
    """Set somebody's App Home."""
    workspace = call.workspace
    user = workspace.person(call.needed("user_id")).id
    body = checked_view(workspace, call.data("view"), "home")
    home = workspace.homes.get(user)
    if home is None:
        home = View(workspace.new_id("V"), user, body, new_hash(workspace), root_id="")
        home.root_id = home.id
        with workspace.change():
            workspace.homes[user] = home
    else:
        _check_hash(call, home)
        replace_body(workspace, home, body)
    return _answer(workspace, home)
