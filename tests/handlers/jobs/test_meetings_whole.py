"""A meeting through the clock, the outbox, a local Slack and a real mail server."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from icalendar import Calendar

from bot.clock import Clock
from handlers.deliveries import BUILDERS, mails
from handlers.jobs import JOBS
from interventions.meetings import (
    AttendeeKind,
    Guests,
    Invitee,
    cancel_meeting,
    move_meeting,
    record_outcome,
)
from sandbox import SandboxServer
from sandbox.mailbox import Mailbox
from sandbox.received import ReceivedMail
from school.database import SessionFactory
from school.models import Meeting, User
from tests.bot.conftest import Clock as Wall
from tests.bot.conftest import Post, running_slack, slack
from tests.bot.mail.conftest import to_server
from tests.interventions.staff import Staff, lay_out

__all__ = ["running_slack", "slack"]


@dataclass
class World:
    """The bot's machinery at work for one meeting."""

    post: Post
    staff: Staff
    mailbox: Mailbox
    meeting: int

    def on(self, **span: float) -> None:
        """Time passes: the clock ticks, and what is due is sent."""
        self.post.clock.skip(timedelta(**span).total_seconds())
        factory, settings = self.post.session_factory, self.post.settings
        Clock(factory, JOBS, settings, now=self.post.clock, wake=lambda: None).tick()
        outbox = self.post.outbox()
        while outbox.drain_once():
            pass

    def messages(self) -> list[str]:
        """What Ms Ruiz sees, as text."""
        found = self.post.slack.messages("U1")
        return [json.dumps(one.blocks, ensure_ascii=False) for one in found]

    def subjects(self) -> list[str]:
        return [one.subject for one in self.mailbox.mails()]

    def change(self, act: object, *more: object) -> None:
        """Let Ms Ruiz do something with the meeting as it stands."""
        now = self.post.clock()
        with self.post.session_factory.begin() as session:
            version = session.get_one(Meeting, self.meeting).version
            given = (self.staff.ruiz, self.meeting, version, *more)
            act(*given, session=session, now=now)  # type: ignore[operator]


def school_morning(wall: Wall) -> Wall:
    """The clock set on to a Wednesday morning: neither it nor the day five days on is quiet."""
    now = wall()
    day = (now + timedelta(days=(2 - now.weekday()) % 7)).replace(hour=15, minute=0)
    wall.skip((day - now).total_seconds())
    return wall


@pytest.fixture
def world(
    slack: SandboxServer, session_factory: SessionFactory, mail_server: Mailbox
) -> Iterator[World]:
    """A meeting in 20 minutes; the mother is invited. All wait for nothing."""
    wall = school_morning(Wall())
    with session_factory.begin() as session:
        staff = lay_out(session)
        session.get_one(User, staff.ruiz).slack_user_id = "U1"
        at = wall() + timedelta(minutes=20)
        meeting = staff.schedule(session, at, now=wall(), attendees=[staff.mum]).id
    post = Post(slack, session_factory, staff.workspace, wall, to_server(mail_server))
    post.builders, post.mails = BUILDERS, mails(None)
    yield World(post, staff, mail_server, meeting)
    for outbox in post.made:
        outbox.stop()


def test_it_is_shown_reminded_of_asked_about_and_answered_each_once(world: World) -> None:
    world.on(seconds=1)
    (card,) = world.messages()
    assert "Leo Park" in card
    assert world.subjects() == []
    world.on(seconds=40)
    own, invitation = sorted(world.subjects(), key=lambda one: "Ruiz" in one)
    assert own.startswith("Your parent conference, ")
    assert invitation.startswith("Invitación: reunión con Ms Ruiz")
    world.on(minutes=6)
    world.on(seconds=10)
    assert len(world.messages()) == 2
    assert world.subjects()[-1].startswith("Recordatorio: reunión con Ms Ruiz")
    world.on(days=5)
    *_, question = world.messages()
    assert len(world.messages()) == 3
    assert "take place?" in question
    world.change(record_outcome, "held", "He reads daily.")
    world.on(seconds=1)
    card, _, answered = world.messages()
    assert "He reads daily." in card
    assert "take place?" not in answered
    world.on(days=20)
    assert (len(world.messages()), len(world.subjects())) == (3, 3)


def test_a_moved_and_cancelled_meeting_reaches_each_as_one_event(world: World) -> None:
    world.on(seconds=40)
    world.on(minutes=6)
    later = world.post.clock() + timedelta(days=2)
    world.change(move_meeting, later)
    world.on(seconds=5)
    assert len(world.subjects()) == 3
    world.on(seconds=40)
    world.change(cancel_meeting)
    world.on(seconds=40)
    world.on(days=8)
    for to, subjects in (
        ("ana@home.test", ["Invitación", "Recordatorio", "Nueva hora", "Cancelada"]),
        ("ruiz@school.test", ["Your parent conference", "New time", "Cancelled"]),
    ):
        mails = [one for one in world.mailbox.mails() if one.to == to]
        assert [re.split("[:,]", one.subject)[0] for one in mails] == subjects
        events = [one for one in map(event_in, mails) if one is not None]
        assert len({str(event["UID"]) for _, event in events}) == 1
        assert [(method, event["SEQUENCE"]) for method, event in events] == [
            ("REQUEST", 0),
            ("REQUEST", 1),
            ("CANCEL", 2),
        ]
        for _, event in events:
            organizer, reader = event["ORGANIZER"], event["ATTENDEE"]
            assert (organizer, organizer.params["CN"]) == ("mailto:homeroom@school.test", "Ms Ruiz")
            assert reader == f"mailto:{to}"
    # The card, edited in place, and the reminder that came before the move.
    assert len(world.messages()) == 2
    assert "Cancelled" in world.messages()[0]


def test_who_is_taken_out_and_who_comes_instead_hear_of_it_alone_and_once(world: World) -> None:
    world.on(seconds=1)
    assert "1 person is invited by e-mail at " in world.messages()[0]
    world.on(seconds=40)
    assert "1 person invited by e-mail" in world.messages()[0]
    moss = Guests([Invitee(AttendeeKind.COLLEAGUE, world.staff.moss)])
    with world.post.session_factory() as session:
        at = session.get_one(Meeting, world.meeting).scheduled_at
    world.change(partial(move_meeting, guests=moss), at)
    world.on(seconds=1)
    (card,) = world.messages()
    assert "1 person is told by e-mail not to come at " in card
    assert "Ana Park" not in card
    world.on(seconds=40)
    assert "1 person invited by e-mail · 1 person told by e-mail not to come" in world.messages()[0]
    told = [(one.to, one.subject, event_in(one)) for one in world.mailbox.mails()][2:]
    assert [to for to, _, _ in told] in (
        ["ana@home.test", "moss@school.test"],
        ["moss@school.test", "ana@home.test"],
    )
    events = {to: event for to, _, event in told}
    subjects = {to: subject for to, subject, _ in told}
    assert subjects["ana@home.test"].startswith("No hace falta que venga: reunión con Ms Ruiz")
    for to, method in (("ana@home.test", "CANCEL"), ("moss@school.test", "REQUEST")):
        found = events[to]
        assert found is not None
        assert (found[0], found[1]["SEQUENCE"]) == (method, 1)
        assert found[1]["ATTENDEE"] == f"mailto:{to}"
    cancel = events["ana@home.test"]
    assert cancel is not None
    assert "STATUS" not in cancel[1]
    world.on(minutes=6)
    reminded = [one.to for one in world.mailbox.mails()][4:]
    assert reminded == ["moss@school.test"]


def event_in(mail: ReceivedMail) -> tuple[str, Any] | None:
    """The event that came with a mail, and what is to be done with it."""
    parts = [one for one in mail.message.walk() if one.get_content_type() == "text/calendar"]
    if not parts:
        return None
    content = parts[0].get_payload(decode=True)
    assert isinstance(content, bytes)
    calendar = Calendar.from_ical(content)
    (event,) = calendar.walk("VEVENT")
    assert parts[0].get_param("method") == calendar["METHOD"]
    return str(calendar["METHOD"]), event


def test_what_is_cancelled_in_time_reminds_nobody(world: World) -> None:
    world.on(seconds=1)
    world.change(cancel_meeting)
    world.on(minutes=6)
    world.on(days=5)
    assert (len(world.messages()), world.subjects()) == (1, [])
