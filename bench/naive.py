"""A report bot as one would first write it: Bolt as it comes, the work done in its listeners.

It makes the same reports and pictures as ours and sends them the same way, but saves nothing: what
it was doing is forgotten when it ends. Only `bench.load --beside-naive` runs it.
"""

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

import uvicorn
from fastapi import FastAPI, Request, Response
from slack_bolt import Ack, App
from slack_bolt.adapter.fastapi import SlackRequestHandler
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from sqlalchemy import select

from analytics.charts.pictures import class_picture, student_picture
from analytics.ranges import resolve_range
from analytics.reports.classes import get_class_performance_report
from analytics.reports.student import get_student_performance_report
from school.database import make_engine, make_session_factory, reading
from school.models import Class, Student

SESSIONS = make_session_factory(make_engine(os.environ["DATABASE_URL"]))
POLL = 0.3
"""Seconds between two looks whether a picture is ready."""


def class_report(words: str) -> bytes:
    """The picture of a class' report; `words` are its title and a range."""
    title, _, word = words.rpartition(" ")
    now = datetime.now(UTC)
    with SESSIONS() as session:
        reading(session)
        found = session.scalars(select(Class.id).where(Class.title == title)).one()
        days = resolve_range(word, session=session, now=now, class_id=found)
        report = get_class_performance_report(found, days, session=session, now=now)
    return class_picture(report)


def student_report(words: str) -> bytes:
    """The picture of a student's report; `words` are their name and a range."""
    given_name, family_name, word = words.split()
    now = datetime.now(UTC)
    named = (Student.given_name == given_name, Student.family_name == family_name)
    with SESSIONS() as session:
        reading(session)
        found = session.scalars(select(Student.id).where(*named)).first() or 0
        days = resolve_range(word, session=session, now=now, student_id=found)
        report = get_student_performance_report(found, days, session=session, now=now)
    return student_picture(report)


def send(client: WebClient, user: str, picture: bytes) -> None:
    """Upload the picture, wait until it is ready, and post it."""
    file_id = client.files_upload_v2(content=picture, filename="report.png")["files"][0]["id"]
    while not client.files_info(file=file_id)["file"].get("mimetype"):
        time.sleep(POLL)
    image = {"type": "image", "slack_file": {"id": file_id}, "alt_text": "A report"}
    channel = client.conversations_open(users=user)["channel"]["id"]
    client.chat_postMessage(channel=channel, text="Your report is ready.", blocks=[image])


def answering(make: Callable[[str], bytes]) -> Callable[..., None]:
    """A listener that acknowledges first, then makes the report and sends it."""

    def listen(ack: Ack, command: dict[str, str], client: WebClient) -> None:
        ack("Your report is on its way.")
        send(client, command["user_id"], make(command["text"]))

    return listen


def serve_http(app: App, port: int) -> None:
    """Signed HTTP by Bolt's own adapter."""
    http, handler = FastAPI(), SlackRequestHandler(app)

    @http.post("/slack/events")
    async def events(request: Request) -> Response:
        answer: Response = await handler.handle(request)
        return answer

    @http.get("/readyz")
    async def ready() -> str:
        return "ready"

    uvicorn.run(http, port=port, log_level="warning")


def main() -> None:
    """Serve over the way named on the command line: `http PORT` or `socket`."""
    client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = App(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])
    app.command("/class-report")(answering(class_report))
    app.command("/student-report")(answering(student_report))
    if sys.argv[1] == "http":
        serve_http(app, int(sys.argv[2]))
    else:
        SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
