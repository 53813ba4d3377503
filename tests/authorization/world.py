"""Going in as somebody: through Bolt and our listeners, and on through the outbox's builders."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from slack_bolt import BoltRequest
from slack_bolt.authorization import AuthorizeResult
from sqlalchemy import delete, select

from bot.bolt import build_bolt_app
from bot.settings import GivenSettings
from handlers.codec import Ref
from handlers.deliveries import BUILDERS
from handlers.ids import Kind
from handlers.registry import register
from handlers.services import Services
from school.database import SessionFactory
from school.errors import HomeroomError
from school.models import (
    AuditEntry,
    CardCopy,
    Delivery,
    Medium,
    Meeting,
    MeetingAttendee,
    MeetingEvent,
    TeacherMessage,
    Timer,
    new_id,
)
from tests.authorization import tutoring
from tests.authorization.bodies import About
from tests.authorization.cast import (
    CLASS,
    FAILED,
    FAR_TEAM,
    FLAGS,
    LAID,
    MAIL,
    NOW,
    SHOWN,
    SLACK_IDS,
    STUDENT,
    TEAM,
    TYPED,
    Cast,
)
from tests.authorization.families import lay_notice
from tests.authorization.records import (
    laid,
    lay_alert,
    lay_assignment,
    lay_card,
    lay_deliveries,
    lay_intervention,
    lay_meeting,
)
from tests.authorization.requests import REQUESTS
from tests.authorization.rows import Who
from tests.authorization.standins import RecordingSlack, Told, Waited

CARDS = ("meeting", "intervention")
REPORTS = ("student_report", "class_report", "skill_report", "comparison", "export", "class_pack")


@dataclass(frozen=True)
class Seen:
    """All that reached a person, as text; which reports were saved, and how they are audited."""

    shown: str
    empty: bool
    reports: int
    audited: int


def payload_of(kind: str, who: Who, about: About) -> dict[str, Any]:
    """What a delivery of a kind holds; after `#` stands which of several it is."""
    assigned = {"assignment": about.intervention}
    payloads: dict[str, dict[str, Any]] = {
        "student_report": {"student": about.student},
        "class_report": {"class_id": about.class_id},
        "skill_report": Ref.decode(about.skill_ref()).payload(),
        "comparison": {"student": about.student},
        "comparison#class": {"class_id": about.class_id},
        "trend": {"kind": "trend", "student": about.student},
        "export": Ref.decode(about.export("pdf")).payload(),
        "export#class": Ref.decode(about.export("csv", of="class")).payload(),
        "export#skill": Ref.decode(about.export("pdf", of="skill")).payload(),
        "class_pack": Ref.decode(about.export("pack", of="class")).payload(),
        "export_notice": Ref.decode(about.export("pdf")).payload(),
        "digest": {},
        "greeting": {"person": SLACK_IDS[who]},
        "meeting_reminder": {"meeting": about.meeting, "sequence": 0, "lead": 1440},
        "meeting_card": {"copy": 1, "version": 1},
        "meeting_outcome": {"copy": 1, "version": 1, "sequence": 0},
        "meeting_answer": {"meeting": about.meeting, "attendee": 1, "answer": "declined"},
        "intervention_card": {"copy": 1, "version": 1},
        "what_works": {"kind": "what_works", "class_id": about.class_id},
        "student_message": {"message": about.intervention},
        "student_note": {"message": about.intervention, "said": ""},
        "student_reply": {"reply": about.intervention},
        "parent_answer": {"notice": about.intervention, "version": 1},
        "student_assignment": assigned | {"student": about.student},
        "student_assignment_withdrawn": assigned | {"student": about.student},
        "assignment_notice": assigned | {"what": "done", "students": [about.student]},
        **tutoring.payloads(about),
        "failure_notice": {"delivery": about.failed, "round": 0},
        "shown_again": {"delivery": SHOWN},
    }
    return payloads[kind]


@dataclass
class World:
    """The whole bot without its network: one request or delivery at a time."""

    factory: SessionFactory
    cast: Cast
    response_url: str
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    slack: RecordingSlack = field(default_factory=RecordingSlack)
    threads: Waited = field(default_factory=Waited)

    def __post_init__(self) -> None:
        settings = GivenSettings(slack_signing_secret="secret")
        self.app = build_bolt_app(settings, authorize)
        self.app.listener_runner.listener_executor = self.threads
        services = Services(
            self.factory,
            self.slack,
            settings,
            now=lambda: NOW,
            wake=lambda: None,
            later=lambda _seconds, _act: None,
        )
        register(self.app, services)

    def about(self, *, absent: bool = False) -> About:
        """The student and the class, or ids and words that stand for nobody."""
        draft = f"draft{next(self.numbers)}"
        if absent:
            words = {"student": "xqzvwk", "class": "xqzvwk"}
            kinds = ("skill", "meeting", "failed", "mail", "intervention", "alert")
            return About(999_999, 999_999, words, draft, **dict.fromkeys(kinds, 999_999))
        typed = {"student": TYPED[STUDENT], "class": TYPED[CLASS]}
        cast = self.cast
        student, class_id = cast.student, cast.class_id
        more = {"skill": cast.skill, "meeting": cast.meeting, "failed": FAILED, "mail": MAIL}
        more |= {"intervention": cast.intervention, "alert": cast.alert}
        return About(student, class_id, typed, draft, **more)

    def go_in(self, way: str, who: Who, about: About) -> Seen:
        """Send one request as somebody, and whatever it leads to."""
        self._forget()
        Told.posts = []
        with self.factory.begin() as session:
            lay_card(session, self.cast)
        self.slack.flags, self.slack.told = FLAGS.get(who, {}), []
        body = REQUESTS[way](about) | self._sender(way, who)
        if "response_url" in body or "command" in body:
            body["response_url"] = self.response_url
        answer = self._dispatch(body)
        sent, reports = self._send()
        told = [answer, self.slack.told, Told.posts, sent]
        is_empty = answer in ("", {"options": []}) and told[1:] == [[], [], []]
        return Seen(json.dumps(told, ensure_ascii=False), is_empty, reports, self._audited(who))

    def receive(self, kind: str, who: Who, about: About) -> Seen:
        """Send a delivery that was saved for somebody, as the outbox does."""
        self._forget()
        payload = payload_of(kind, who, about)
        with self.factory.begin() as session:
            if kind == "shown_again":
                session.add(laid(self.cast, who, SHOWN, about.student, state="sent"))
            if "copy" in payload:
                session.add(self._copy(kind, who, about))
            session.add(
                Delivery(
                    workspace_id=self.cast.workspaces[who],
                    id=new_id(),
                    kind=kind.partition("#")[0],
                    unique_key=about.draft,
                    queue=about.draft,
                    lane="interactive",
                    recipient_id=self.cast.users.get(who),
                    payload=payload,
                    next_attempt_at=NOW,
                    due_at=NOW,
                    created_at=NOW,
                )
            )
        sent, reports = self._send()
        return Seen(json.dumps(sent, ensure_ascii=False), not sent, reports, self._audited(who))

    def _copy(self, card: str, who: Who, about: About) -> CardCopy:
        """Somebody's copy of a card, which has not been sent yet."""
        return CardCopy(
            id=1,
            workspace_id=self.cast.workspaces[who],
            card=card,
            subject_id=about.intervention if card == Kind.INTERVENTION_CARD else about.meeting,
            user_id=self.cast.users[who],
            version=0,
        )

    def _sender(self, way: str, who: Who) -> dict[str, Any]:
        slack_id = SLACK_IDS[who]
        team = FAR_TEAM if who is Who.ELSEWHERE else TEAM
        home = FAR_TEAM if who is Who.STRANGER else team
        if way.startswith("command"):
            return {"user_id": slack_id, "team_id": team, "user_team_id": home}
        if way.startswith("event"):
            body = REQUESTS[way](self.about())
            event = body["event"] | {"user": slack_id}
            authorized = [{"team_id": team, "user_id": "U0BOT", "is_bot": True}]
            return {
                "team_id": team,
                "user_team_id": home,
                "event": event,
                "authorizations": authorized,
            }
        return {"user": {"id": slack_id, "team_id": home}, "team": {"id": team}}

    def _dispatch(self, body: dict[str, Any]) -> Any:
        response = self.app.dispatch(BoltRequest(body=body, mode="socket_mode"))
        self.threads.finish()
        assert response.status == 200, response.body
        return json.loads(response.body) if response.body.startswith("{") else response.body

    def _send(self) -> tuple[list[Any], int]:
        """Build what was saved; give back what would be sent, and how many of it were reports."""
        sent: list[Any] = []
        with self.factory.begin() as session:
            by_slack = Delivery.medium == Medium.SLACK.value  # e-mail and calendars are not theirs
            fresh = select(Delivery).where(Delivery.id.not_in(LAID), by_slack)
            saved = session.scalars(fresh).all()
            for one in saved:
                try:
                    outgoing = BUILDERS[one.kind](session, one, NOW)
                except HomeroomError as error:
                    sent.append(str(error))
                    continue
                sent.append([outgoing.text, outgoing.compose(None)])
        return sent, sum(one.kind in REPORTS for one in saved)

    def _forget(self) -> None:
        with self.factory.begin() as session:
            for table in (Delivery, AuditEntry, Timer, CardCopy, MeetingEvent, MeetingAttendee):
                session.execute(delete(table))
            session.execute(delete(TeacherMessage).where(TeacherMessage.id != 1))
            session.execute(delete(Meeting).where(Meeting.id != self.cast.meeting))
            lay_meeting(session, self.cast)
            lay_intervention(session, self.cast)
            lay_alert(session, self.cast)
            lay_assignment(session, self.cast)
            lay_notice(
                session,
                self.cast.workspaces[Who.OWN],
                self.cast.users[Who.OWN],
                self.cast.student,
                NOW,
            )
            whose = self.cast.workspaces[Who.OWN], self.cast.users[Who.OWN], self.cast.student
            tutoring.lay_pair(session, whose, self.cast.skill, NOW)
            lay_deliveries(session, self.cast)

    def _audited(self, who: Who) -> int:
        """How many rows say that somebody opened the student or the class."""
        with self.factory() as session:
            rows = session.scalars(select(AuditEntry)).all()
        about = [
            one
            for one in rows
            if self.cast.student == one.student_id or self.cast.class_id == one.class_id
        ]
        own = [one for one in about if one.user_id == self.cast.users.get(who)]
        # A colleague's change is shown on the card of the teacher whose meeting or act it is.
        cards = [one for one in about if one not in own and one.purpose in CARDS]
        assert {one.user_id for one in cards} <= {self.cast.users[Who.OWN]}
        assert len(own) + len(cards) == len(about)
        return len(own)


def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    """Every team has its bot."""
    return AuthorizeResult(
        enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-1", bot_user_id="U0BOT"
    )
