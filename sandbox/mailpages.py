"""`/_sandbox/mails`: what the mailbox has taken, for the page and for programs that steer it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.mailbox import Mailbox
from sandbox.workspace import Workspace

MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
)
"""A mail is shown as mail programs show it: its own styles, no script, nothing fetched."""


class MailPages:
    """The addresses of one mailbox; without one there are no mails."""

    def __init__(self, mailbox: Mailbox | None) -> None:
        self.mailbox = mailbox

    async def listed(self, request: Request) -> Response:
        """`?to=&message_id=`: the mails that were taken, oldest first."""
        if self.mailbox is None:
            return JSONResponse({"mailbox": False, "mails": []})
        found = self.mailbox.mails(**dict(request.query_params))
        return JSONResponse({"mailbox": True, "mails": [mail.as_data() for mail in found]})

    async def html(self, request: Request) -> Response:
        """One mail's HTML, as a page of its own that may do nothing."""
        number = request.path_params["number"]
        mails = self.mailbox.mails() if self.mailbox else []
        mail = next((one for one in mails if one.number == number), None)
        if mail is None or not mail.html:
            return PlainTextResponse("no such mail", 404)
        return HTMLResponse(mail.html, headers={"Content-Security-Policy": MAIL_POLICY})

    async def fail(self, request: Request) -> Response:
        """`{kind, stage?, times?, code?, seconds?, to?}`: trouble with mails to come."""
        try:
            options: dict[str, Any] = json.loads(await request.body())
            if self.mailbox is None:
                raise LookupError("there is no mailbox")
            return JSONResponse(asdict(self.mailbox.fail(**options)))
        except (LookupError, TypeError, ValueError) as problem:
            return JSONResponse({"ok": False, "error": str(problem)}, 400)

    async def clear(self, request: Request) -> Response:
        """Everything works again, and nothing has come yet."""
        if self.mailbox is not None:
            self.mailbox.clear()
        return JSONResponse({"ok": True})


def mail_routes(mailbox: Mailbox | None, workspace: Workspace) -> list[BaseRoute]:
    """The routes of the mailbox; the page hears of each mail that comes."""

    def news() -> None:
        with workspace.change():
            pass

    if mailbox is not None:
        mailbox.watch(news)
    pages = MailPages(mailbox)
    return [
        Route("/_sandbox/mails", pages.listed, methods=["GET"]),
        Route("/_sandbox/mails", pages.clear, methods=["DELETE"]),
        Route("/_sandbox/mails/faults", pages.fail, methods=["POST"]),
        Route("/_sandbox/mails/{number:int}/html", pages.html),
    ]
