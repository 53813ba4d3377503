"""A mail server, our outbox and our pages over HTTP: what families get, as they get it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from bot.links import Pages
from bot.outbox import Outbox
from bot.server import HttpServer, bind
from bot.slack import SlackGateway
from handlers.deliveries import mails
from handlers.pages.routes import ROUTES
from handlers.pages.serving import PageDoor, page_routes
from interventions.parents import notify_parent
from sandbox.mailbox import Mailbox
from sandbox.received import ReceivedMail
from school.database import SessionFactory
from school.models import Delivery, Guardian, Medium, PageLink, User
from tests.handlers.conftest import Clock, PicklingPool, quick
from tests.handlers.school import RUIZ, School

LEO = "Leo Park"
MIN, CARMEN, ALONE, NO_MAIL = "Min Park", "Carmen Park", "Kept Away", "Not Reached"
GUARDIANS = (
    (MIN, "min@home.test", "en", False),
    (CARMEN, "carmen@home.test", "es-MX", False),
    (ALONE, "alone@home.test", "en", True),
    (NO_MAIL, None, "ko", False),
)
PERSON = {
    "user-agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/140.0 Mobile",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
    "sec-fetch-site": "cross-site",
}
STYLE = {**PERSON, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "style"}
STYLE["sec-fetch-site"] = "same-origin"


@dataclass
class Site:
    """Everything from a teacher's word to the family's answer, but Slack."""

    factory: SessionFactory
    school: School
    mailbox: Mailbox
    outbox: Outbox
    clock: Clock
    pool: PicklingPool
    pages: Pages
    http: httpx.Client

    def tell(self, message: str = "Please look at it.", about: str = LEO, **changes: Any) -> int:
        """Ms Ruiz writes to a family; returns the intervention's id."""
        with self.factory.begin() as session:
            teacher = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
            given = {"session": session, "now": self.clock(), "concern_type": "other", **changes}
            concern = str(given.pop("concern_type"))
            student = self.school.students[about]
            return notify_parent(teacher.id, student, concern, message, **given).id

    def deliver(self) -> None:
        """The time to take it back is over, and what is due goes out."""
        self.clock.ahead += timedelta(seconds=31)
        for _turn in range(20):
            self.outbox.drain_once()
            if not self._waiting():
                return
            self.clock.ahead += timedelta(seconds=1)

    def _waiting(self) -> bool:
        query = select(Delivery).where(
            Delivery.medium == Medium.MAIL.value, Delivery.finished_at.is_(None)
        )
        with self.factory() as session:
            return session.scalars(query).first() is not None

    def mail_to(self, name: str) -> ReceivedMail:
        """The one e-mail that a guardian got."""
        address = next(email for one, email, *_ in GUARDIANS if one == name)
        [mail] = self.mailbox.mails(to=str(address))
        return mail

    def path_for(self, name: str) -> str:
        """The page that a guardian's e-mail leads to."""
        found = re.search(r"https://pages\.test(/p/\S+)", self.mail_to(name).text)
        assert found is not None
        return found[1]

    def link(self, path: str) -> PageLink:
        """What is on record of a page's address."""
        named = self.pages.read("p", path.rpartition("/")[2])
        number = None if named is None else named.link_id
        with self.factory() as session:
            return session.scalars(select(PageLink).where(PageLink.id == number)).one()

    def visit(self, path: str) -> httpx.Response:
        """A person's browser opens a page and lays it out."""
        page = self.http.get(path, headers=PERSON)
        if "laid-out.css" in page.text:
            self.http.get(f"{path}/laid-out.css", headers=STYLE)
        return page

    def answer(self, path: str, choice: str = "", words: str = "") -> httpx.Response:
        """A guardian answers, and is shown what comes of it."""
        return self.http.post(path, data={"choice": choice, "words": words}, follow_redirects=True)

    def change(self, who: str, /, **values: Any) -> None:
        """The school's records say something else of a guardian from now on."""
        with self.factory.begin() as session:
            guardian = session.scalars(select(Guardian).where(Guardian.name == who)).one()
            for key, value in values.items():
                setattr(guardian, key, value)


def check_headers(answer: httpx.Response) -> None:
    """That an answer of a page is neither kept, nor found, nor framed, and runs nothing."""
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script" not in policy
    assert "frame-ancestors 'none'" in policy and "form-action 'self'" in policy


@pytest.fixture
def family(factory: SessionFactory, school: School) -> None:
    """Leo's guardians."""
    with factory.begin() as session:
        for name, email, language, alone in GUARDIANS:
            session.add(
                Guardian(
                    workspace_id=school.workspace_id,
                    student_id=school.students[LEO],
                    name=name,
                    email=email,
                    language=language,
                    do_not_contact=alone,
                )
            )


@pytest.fixture
def changes() -> dict[str, Any]:
    """Settings that differ, for tests that override this."""
    return {}


@pytest.fixture
def site(
    family: None, factory: SessionFactory, school: School, changes: dict[str, Any]
) -> Iterator[Site]:
    """A running site."""
    with Mailbox() as mailbox:
        settings = quick(
            smtp_url=mailbox.url,
            mail_from="Homeroom <homeroom@school.test>",
            public_url="https://pages.test",
            secret_key="k" * 40,
            slack_api_url="http://127.0.0.1:9/api/",
            mails_per_minute=0,
            **changes,
        )
        clock, pool = Clock(), PicklingPool()
        pages = Pages.of(settings)
        assert pages is not None
        gateway = SlackGateway(settings, factory, lambda _id: "xoxb-none", now=clock)
        outbox = Outbox(factory, gateway, {}, pool, settings, mails=mails(pages), now=clock)
        http = FastAPI()
        door = PageDoor(factory, settings, outbox.wake, pool.make, pages)
        http.include_router(page_routes(door, clock, ROUTES))
        listening = bind("127.0.0.1", 0)
        server = HttpServer(http, listening)
        server.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with httpx.Client(base_url=address, timeout=10, trust_env=False) as client:
            yield Site(factory, school, mailbox, outbox, clock, pool, pages, client)
        server.stop()
