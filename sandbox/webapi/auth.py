"""Whose token it is, and whether it may do this."""

from __future__ import annotations

from typing import Any

from sandbox.config import AppSpec
from sandbox.errors import SlackError
from sandbox.webapi.call import ApiCall

APP_SCOPE = "connections:write"


def authenticate(app: AppSpec, token: str, scopes: tuple[str, ...]) -> None:
    """Raise unless `token` is the app's, of the right kind, with one of `scopes`."""
    if not token:
        raise SlackError("not_authed")
    if token not in (app.bot_token, app.app_token):
        raise SlackError("invalid_auth")
    wants_app_token = scopes == (APP_SCOPE,)
    if wants_app_token != (token == app.app_token):
        raise SlackError("not_allowed_token_type")
    if scopes and not wants_app_token and not set(scopes) & set(app.scopes):
        raise scope_taken_away(app, scopes)


def scope_taken_away(app: AppSpec, scopes: tuple[str, ...]) -> SlackError:
    """`missing_scope` for a method that needs one of `scopes`, with what there is without them."""
    needed = scopes[0] if scopes else "chat:write"
    provided = ",".join(scope for scope in app.scopes if scope not in scopes)
    return SlackError("missing_scope", needed=needed, provided=provided)


def auth_test(call: ApiCall) -> dict[str, Any]:
    """Who the token is."""
    config, app = call.workspace.config, call.workspace.config.app
    return {
        "url": f"{call.base_url}/",
        "team": config.team_name,
        "user": app.name.lower(),
        "team_id": config.team_id,
        "user_id": app.bot_user_id,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    }


def api_test(call: ApiCall) -> dict[str, Any]:
    """Slack's echo."""
    return {"args": {k: v for k, v in call.args.items() if k != "token"}}
