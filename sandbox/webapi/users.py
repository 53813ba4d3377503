"""users.info and users.lookupByEmail."""

from __future__ import annotations

from typing import Any

from sandbox.config import Person
from sandbox.errors import SlackError
from sandbox.rendering import user_data
from sandbox.webapi.call import ApiCall


def _data(call: ApiCall, person: Person) -> dict[str, Any]:
    with_email = "users:read.email" in call.workspace.config.app.scopes
    return {"user": user_data(call.workspace, person, with_email)}


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
