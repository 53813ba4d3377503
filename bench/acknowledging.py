"""How soon commands are acknowledged and answered while 1,000 scheduled deliveries drain.

    python -m bench.acknowledging                # beside the same commands with nothing to drain

A real `app.py serve` over Socket Mode, the local Slack a process of its own with its limits off, as
are our own rates. The deliveries are reminders of meetings with their prep cards, which are made
when they are sent.
"""

import argparse
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from bench.load import PORT, UNLIMITED, measured, reports, send_commands
from bench.rig import Data, bot, local_slack, make_school, teacher_ids
from handlers.deliveries.shared import TEXT
from handlers.ids import Kind
from handlers.views.reports.prep import REMINDER_TEXT
from interventions.meetings import schedule_meeting
from school.database import SessionFactory, make_engine, make_session_factory
from school.deliveries import enqueue
from school.models import ClassTeacher, Enrolment, Lane, Meeting, User

TEACHERS = 30
AT_ONCE = 50
"""Deliveries saved in one transaction, as the clock saves what is due."""
RATE = 5.0
"""Commands a second."""
PATIENCE = 120


def main() -> None:
    """Measure twice, and print both."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--deliveries", type=int, default=1000)
    arguments.add_argument("--seconds", type=float, default=30)
    options = arguments.parse_args()
    for number in (0, options.deliveries):
        print(*run(number, options.seconds), sep="\n")


def run(number: int, seconds: float) -> list[str]:
    """One run in a school of its own, in words and figures."""
    with tempfile.TemporaryDirectory(prefix="homeroom-ack-") as place:
        folder = Path(place)
        make_school(folder / "school.db", TEACHERS)
        engine = make_engine(f"sqlite:///{folder}/school.db", busy_timeout=60)
        sessions = make_session_factory(engine)
        meetings = meet(sessions)
        with (
            local_slack(folder, PORT + 2, TEACHERS, None) as slack,
            bot(folder, PORT + 3, slack, http=False, **UNLIMITED),
        ):
            saving = threading.Thread(target=save, args=(sessions, meetings, number))
            saving.start()
            teachers = teacher_ids(TEACHERS)
            sent = send_commands(slack, teachers, rate=RATE, seconds=seconds, same=False)
            saving.join()
            came = wait_for_all(slack, teachers, sent, number)
            told = measured(f"{number} deliveries beside", slack, sent, of(came, TEXT)).lines()
            engine.dispose()
            return [*told, drained(came, number)]


def meet(sessions: SessionFactory) -> list[Meeting]:
    """A meeting in three hours for each teacher."""
    now = datetime.now(UTC)
    with sessions.begin() as session:
        student = session.scalars(
            select(Enrolment.student_id)
            .join(ClassTeacher, ClassTeacher.class_id == Enrolment.class_id)
            .limit(1)
        ).one()
        people = session.scalars(select(User).where(User.slack_user_id.in_(teacher_ids(TEACHERS))))
        at = now + timedelta(hours=3)
        return [
            schedule_meeting(one.id, student, "one_on_one", at, session=session, now=now)
            for one in people.all()
        ]


def save(sessions: SessionFactory, meetings: list[Meeting], number: int) -> None:
    """Save so many reminders, some at a time."""
    for first in range(0, number, AT_ONCE):
        now = datetime.now(UTC)
        with sessions.begin() as session:
            for n in range(first, min(first + AT_ONCE, number)):
                meeting = meetings[n % len(meetings)]
                enqueue(
                    Kind.MEETING_REMINDER.value,
                    {"meeting": meeting.id, "sequence": meeting.sequence},
                    session=session,
                    workspace_id=meeting.workspace_id,
                    unique_key=f"bench {n}",
                    recipient_id=meeting.teacher_id,
                    channel=None,
                    now=now,
                    lane=Lane.SCHEDULED,
                )


def wait_for_all(
    slack: str, teachers: list[str], commands: int, reminders: int
) -> dict[str, list[Data]]:
    """Every message, once all have come or patience has ended."""
    waiting = threading.Event()
    for _ in range(PATIENCE):
        came = {one: reports(slack, one) for one in teachers}
        if _count(of(came, TEXT)) >= commands and _count(of(came, REMINDER_TEXT)) >= reminders:
            break
        waiting.wait(1)
    return came


def of(came: dict[str, list[Data]], text: str) -> dict[str, list[Data]]:
    """The messages of one sort."""
    return {who: [one for one in all_ if one["text"] == text] for who, all_ in came.items()}


def _count(came: dict[str, list[Data]]) -> int:
    return sum(map(len, came.values()))


def drained(came: dict[str, list[Data]], number: int) -> str:
    """How long the reminders took."""
    at = sorted(float(one["ts"]) for all_ in of(came, REMINDER_TEXT).values() for one in all_)
    took = f" in {at[-1] - at[0]:.0f} s" if at else ""
    return f"  reminders {len(at)} of {number}{took}"


if __name__ == "__main__":
    main()
