"""`/_sandbox/...`: the sandbox's own addresses, for its page and for programs that steer it.

Bodies and answers are JSON. Where a person acts, the code is that of `sandbox.people`.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.errors import SlackError
from sandbox.pagedata import message_view, outcome_data, page_state, people_data, view_view
from sandbox.people import People
from sandbox.records import Message, View
from sandbox.webapi.gate import Gate

Data = dict[str, Any]
Act = Callable[[Data], Any]


class Admin:
    """The sandbox's own addresses for one workspace."""

    def __init__(self, people: People, gate: Gate) -> None:
        self.people = people
        self.workspace = people.workspace
        self.gate = gate

    def _target(self, data: Data) -> Message | View:
        """The message or view that somebody acts in. Raises LookupError."""
        view = self.workspace.view(str(data.get("view_id", "")))
        if view is not None and view.user == data["user"]:
            return view
        seen = self.people.messages(data["user"], data.get("channel", ""))
        found = next((m for m in seen if m.ts == data.get("ts")), None)
        if found is None:
            raise LookupError("there is no such message or view any more")
        return found

    def _view(self, data: Data) -> View | None:
        view = self.workspace.view(str(data.get("view_id", "")))
        return view if view is not None and view.user == data["user"] else None

    def command(self, data: Data) -> Data:
        """`{user, channel, command, text}`"""
        people = self.people
        outcome = people.command(
            data["user"], data.get("channel", ""), data["command"], data.get("text", "")
        )
        return outcome_data(self.workspace, data["user"], outcome)

    def say(self, data: Data) -> Data:
        """`{user, channel, text}`"""
        message = self.people.say(data["user"], data.get("channel", ""), data["text"])
        return {"ok": True, "message": message_view(self.workspace, data["user"], message)}

    def click(self, data: Data) -> Data:
        """`{user, view_id | channel + ts, action_id, block_id?, value?, entered?}`"""
        outcome = self.people.click(
            data["user"],
            self._target(data),
            data["action_id"],
            data.get("value"),
            block_id=data.get("block_id"),
            entered=data.get("entered"),
        )
        return outcome_data(self.workspace, data["user"], outcome)

    def suggest(self, data: Data) -> Data:
        """`{user, view_id | channel + ts, action_id, query?}`"""
        outcome = self.people.suggest(
            data["user"], self._target(data), data["action_id"], data.get("query", "")
        )
        return outcome_data(self.workspace, data["user"], outcome)

    def submit(self, data: Data) -> Data:
        """`{user, view_id?, values?}`"""
        outcome = self.people.submit(data["user"], self._view(data), data.get("values"))
        return outcome_data(self.workspace, data["user"], outcome)

    def close(self, data: Data) -> Data:
        """`{user, view_id?, everything?}`"""
        everything = bool(data.get("everything"))
        outcome = self.people.close(data["user"], self._view(data), everything)
        return outcome_data(self.workspace, data["user"], outcome)

    def shortcut(self, data: Data) -> Data:
        """`{user, callback_id, channel + ts?}`"""
        message = self._target(data) if data.get("ts") else None
        outcome = self.people.shortcut(
            data["user"], data["callback_id"], message if isinstance(message, Message) else None
        )
        return outcome_data(self.workspace, data["user"], outcome)

    def home(self, data: Data) -> Data:
        """`{user, tab?}`"""
        self.people.open_home(data["user"], data.get("tab", "home"))
        return {"ok": True}

    def set_fault(self, data: Data) -> Data:
        """`{method, kind | script | mix, ...}`: see `Faults.add`."""
        self.workspace.faults.add(data)
        return {"ok": True}

    def sockets(self, data: Data) -> Data:
        """`{reason}`: tell the app's sockets to go; without a reason they are cut."""
        reason = str(data.get("reason", ""))
        if reason:
            self.people.courier.sockets.disconnect_all(reason)
        else:
            self.people.courier.sockets.cut_all()
        return {"ok": True}

    def configure(self, data: Data) -> Data:
        """`{rate_limits?, app_url?, token_error?}`"""
        if "rate_limits" in data:
            self.gate.on = bool(data["rate_limits"])
        if "app_url" in data:
            self.workspace.app_url = str(data["app_url"])
        if "token_error" in data:
            self.workspace.token_error = str(data["token_error"])
        return {
            "rate_limits": self.gate.on,
            "app_url": self.workspace.app_url,
            "token_error": self.workspace.token_error,
        }

    # reading

    def state(self, query: Data) -> Data:
        """All that the page shows: `?user=&channel=`"""
        return page_state(self.people, query["user"], query.get("channel", ""))

    def messages(self, query: Data) -> list[Data]:
        """What a person sees: `?user=&channel=`"""
        user = query["user"]
        seen = self.people.messages(user, query.get("channel", ""))
        return [message_view(self.workspace, user, m) for m in seen]

    def modal(self, query: Data) -> Data | None:
        """The modal on top of a person's screen: `?user=`"""
        view = self.people.modal(query["user"])
        return view_view(view) if view else None

    def people_and_app(self, query: Data) -> Data:
        """Who and what there is."""
        return people_data(self.workspace)

    def ledger(self, query: Data) -> Data:
        """Every call and every acknowledgement."""
        return self.workspace.ledger.as_data()

    def faults(self, query: Data) -> list[Data]:
        """The faults that are set."""
        return self.workspace.faults.as_data()

    def clear_faults(self, data: Data) -> Data:
        """Everything works again."""
        self.workspace.faults.clear()
        return {"ok": True}

    def clear_ledger(self, data: Data) -> Data:
        """Begin a new book, in which nobody has been told to wait."""
        self.workspace.ledger.clear()
        self.workspace.bans.clear()
        return {"ok": True}


async def _input(request: Request) -> Data:
    if request.method == "GET":
        return dict(request.query_params)
    body = await request.body()
    data = json.loads(body) if body else {}
    if not isinstance(data, dict):
        raise ValueError("the body must be a JSON object")
    return data


def _endpoint(act: Act) -> Callable[[Request], Awaitable[Response]]:
    """An address that runs `act` on a thread, because acting waits for the app."""

    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await run_in_threadpool(act, await _input(request)))
        except SlackError as refusal:
            return JSONResponse(refusal.as_body(), 400)
        except (LookupError, TypeError, ValueError) as problem:
            return JSONResponse({"ok": False, "error": str(problem)}, 400)

    return endpoint


def admin_routes(admin: Admin) -> list[Route]:
    """The sandbox's own routes."""
    acts: dict[str, Act] = {
        "command": admin.command,
        "say": admin.say,
        "click": admin.click,
        "suggest": admin.suggest,
        "submit": admin.submit,
        "close": admin.close,
        "home": admin.home,
        "shortcut": admin.shortcut,
        "faults": admin.set_fault,
        "settings": admin.configure,
        "sockets": admin.sockets,
    }
    reads: dict[str, Act] = {
        "state": admin.state,
        "messages": admin.messages,
        "modal": admin.modal,
        "people": admin.people_and_app,
        "ledger": admin.ledger,
        "faults": admin.faults,
    }
    clears: dict[str, Act] = {"faults": admin.clear_faults, "ledger": admin.clear_ledger}
    verbs = (("POST", acts), ("GET", reads), ("DELETE", clears))
    return [
        Route(f"/_sandbox/{name}", _endpoint(act), methods=[verb])
        for verb, table in verbs
        for name, act in table.items()
    ]
