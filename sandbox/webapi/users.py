"""users.info, users.list and users.lookupByEmail."""

from __future__ import annotations

import base64
from typing import Any

from sandbox.config import Person
from sandbox.errors import SlackError
from sandbox.rendering import user_data
from sandbox.webapi.call import ApiCall

MOST_AT_ONCE = 1000


def _user(call: ApiCall, person: Person) -> dict[str, Any]:
    """A person as the app may see them; the locale only for who asks."""
    with_email = "users:read.email" in call.workspace.config.app.scopes
    data = user_data(call.workspace, person, with_email)
    if not call.flag("include_locale"):
        del data["locale"]
    return data


def _data(call: ApiCall, person: Person) -> dict[str, Any]:
    return {"user": _user(call, person)}


def user_info(call: ApiCall) -> dict[str, Any]:
    """A person by id."""
    return _data(call, call.workspace.person(call.needed("user")))


def lookup_by_email(call: ApiCall) -> dict[str, Any]:
    """A person by e-mail address; someone who left is not found."""
    email = call.needed("email").lower()
    people = call.workspace.people.values()
    found = [p for p in people if p.email.lower() == email and not p.deleted]
    if not found:
        raise SlackError("users_not_found")
    return _data(call, found[0])


def list_users(call: ApiCall) -> dict[str, Any]:
    """Everybody, those who left and the app included, page by page when a `limit` is given."""
    people = list(call.workspace.people.values())
    limit = min(call.number("limit", 0), MOST_AT_ONCE) or len(people)
    start = _start(call.text("cursor"), [person.id for person in people])
    page, rest = people[start : start + limit], people[start + limit :]
    cursor = base64.b64encode(f"user:{rest[0].id}".encode()).decode() if rest else ""
    return {
        "members": [_user(call, person) for person in page],
        "cache_ts": int(call.workspace.clock()),
        "response_metadata": {"next_cursor": cursor},
    }


def _start(cursor: str, ids: list[str]) -> int:
    """Where a page begins. Raises `invalid_cursor`."""
    if not cursor:
        return 0
    try:
        return ids.index(base64.b64decode(cursor).decode().removeprefix("user:"))
    except ValueError:
        raise SlackError("invalid_cursor") from None
