"""A message by e-mail, and its page: read, answered, and gone once it was taken back."""

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from bot.links import Pages
from bot.outgoing import Mail, Obsolete
from bot.settings import GivenSettings
from handlers.deliveries import mails
from handlers.pages.routes import ROUTES
from handlers.pages.serving import PageDoor, page_routes
from interventions.messages import send_message
from interventions.undoing import undo_intervention
from school.database import SessionFactory
from school.links import PageKind, link_to
from school.models import ClassTeacher, Delivery, Student, StudentReply, TeacherMessage, User
from tests.handlers.school import RUIZ, School

WORDS = "Hi Sam, *please* look at <https://a.test/x|this> <b>now</b>."
BROWSER = {
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
    "user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0",
}
LAID_OUT = {**BROWSER, "sec-fetch-dest": "style", "sec-fetch-site": "same-origin"}
FORM = {"content-type": "application/x-www-form-urlencoded"}


@dataclass
class Post:
    """A message to Sam by e-mail, sent an hour ago, and who opens its page."""

    factory: SessionFactory
    school: School
    pages: Pages
    now: datetime
    row: TeacherMessage
    http: FastAPI

    @property
    def address(self) -> str:
        with self.factory() as session:
            link = link_to(session, self.row.workspace_id, PageKind.STUDENT, self.row.id)
            assert link is not None
            return self.pages.url(link, "sam@school.test").removeprefix(self.pages.base_url)

    def mail(self, *, pages: bool = True) -> Mail:
        with self.factory() as session:
            delivery = self.delivery(session)
            builders = mails(self.pages if pages else None)
            return builders[delivery.kind](session, delivery, self.now)

    def delivery(self, session: Session) -> Delivery:
        return session.get_one(Delivery, (self.row.workspace_id, self.row.delivery_id))

    def ask(self, method: str = "GET", path: str = "", **more: Any) -> httpx.Response:
        async def asking() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.http)
            async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
                return await client.request(method, self.address + path, **more)

        return asyncio.run(asking())

    def message(self) -> TeacherMessage:
        with self.factory() as session:
            return session.get_one(TeacherMessage, self.row.id)

    def replies(self) -> list[str]:
        with self.factory() as session:
            return list(session.scalars(select(StudentReply.reply).order_by(StudentReply.id)))

    def change(self, act: Callable[[Session], object]) -> None:
        with self.factory.begin() as session:
            act(session)


@pytest.fixture
def post(factory: SessionFactory, school: School) -> Post:
    settings = GivenSettings(public_url="https://homeroom.test", secret_key="a key of the tests")
    pages = Pages.of(settings)
    assert pages is not None
    now, http = datetime.now(UTC), FastAPI()
    with factory.begin() as session:
        teacher = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
        sam = session.get_one(Student, school.students["Sam O'Neil"])
        sam.email = "sam@school.test"
        session.flush()
        hour_ago = now - timedelta(hours=1)
        row = send_message(teacher.id, sam.id, WORDS, session=session, now=hour_ago)
        delivery = session.get_one(Delivery, (row.workspace_id, row.delivery_id))
        delivery.state, delivery.finished_at = "sent", hour_ago
    door = PageDoor(factory, settings, lambda: None, lambda _job: Future(), pages)
    http.include_router(page_routes(door, lambda: now, ROUTES))
    return Post(factory, school, pages, now, row, http)


def form_of(page: httpx.Response) -> str:
    """The id of the form that a page shows."""
    found = re.search(r'name="draft" value="([0-9a-f]+)"', page.text)
    assert found is not None
    return found[1]


def test_the_mail_has_the_words_in_text_and_html_and_the_address(post: Post) -> None:
    mail = post.mail()
    assert (mail.to, mail.to_name, mail.reply_to) == (
        "sam@school.test",
        "Sam O'Neil",
        f"{RUIZ}@school.test",
    )
    assert mail.subject == "A message from Ms Ruiz"
    assert "Hi Sam, please look at this (https://a.test/x) <b>now</b>." in mail.text
    assert f"Answer here: https://homeroom.test{post.address}" in mail.text
    html = str(mail.html)
    assert "<strong>please</strong>" in html and "&lt;b&gt;now&lt;/b&gt;" in html
    assert f'href="https://homeroom.test{post.address}"' in html


def test_without_pages_the_mail_asks_for_a_reply(post: Post) -> None:
    mail = post.mail(pages=False)
    assert "To answer, reply to this e-mail." in mail.text
    assert "/s/" not in mail.text + str(mail.html)


def no_teacher(session: Session) -> None:
    session.execute(delete(ClassTeacher))


def no_student(session: Session) -> None:
    session.execute(update(Student).values(is_active=False))


def no_address(session: Session) -> None:
    session.execute(update(Student).values(email=""))


@pytest.mark.parametrize(
    ("code", "change"),
    [("no_access", no_teacher), ("no_student", no_student), ("no_address", no_address)],
)
def test_what_is_not_to_go_any_more_does_not(
    post: Post, code: str, change: Callable[[Session], object]
) -> None:
    post.change(change)
    with pytest.raises(Obsolete) as obsolete:
        post.mail()
    assert obsolete.value.code == code


def another_address(session: Session) -> None:
    session.execute(update(Student).values(email="another@school.test"))


@pytest.mark.parametrize("change", [another_address, no_address, no_student])
def test_who_is_not_reached_where_it_was_sent_reads_and_answers_nothing_there(
    post: Post, change: Callable[[Session], object]
) -> None:
    form = {"draft": form_of(post.ask()), "answer": "Hello"}
    post.change(change)
    asked = post.ask(), post.ask("POST", data=form), post.ask(path="/laid-out.css")
    assert [one.status_code for one in asked[:2]] == [404, 404]
    assert (post.message().read_at, post.replies()) == (None, [])


def test_a_scanner_reads_nothing_and_a_person_does(post: Post) -> None:
    page = post.ask()
    assert (page.status_code, post.message().read_at) == (200, None)
    assert "<strong>please</strong>" in page.text and "Ms Ruiz wrote to you" in page.text
    assert post.ask("HEAD").status_code == 200
    post.ask(headers=BROWSER)
    assert post.message().read_at is None  # not before the page is laid out
    assert post.ask(path="/laid-out.css", headers=LAID_OUT).status_code == 200
    assert (post.message().read_by, post.message().read_at) == ("page", post.now)


def test_before_the_mail_has_gone_nobody_can_have_opened_it(post: Post) -> None:
    def not_sent(session: Session) -> None:
        post.delivery(session).state = "waiting"

    post.change(not_sent)
    post.ask(headers=BROWSER)
    post.ask(path="/laid-out.css", headers=LAID_OUT)
    assert post.message().read_at is None


def test_that_it_was_read_is_said_in_a_click(post: Post) -> None:
    done = post.ask("POST", content="do=read&answer=&draft=x", headers=FORM)
    assert done.status_code == 303
    assert post.message().is_read
    page = post.ask()
    assert "Ms Ruiz knows that you have read this." in page.text
    assert "I have read it" not in page.text


def test_an_answer_is_taken_once_for_a_form_and_shown(post: Post) -> None:
    draft = form_of(post.ask())
    body = f"do=answer&draft={draft}&answer=I+was+%3Ci%3Esick%3C%2Fi%3E"
    for _ in range(2):  # a double click
        assert post.ask("POST", content=body, headers=FORM).status_code == 303
    assert post.replies() == ["I was <i>sick</i>"]
    page = post.ask()
    assert "I was &lt;i&gt;sick&lt;/i&gt;" in page.text and "You answered" in page.text
    again = f"do=answer&draft={form_of(page)}&answer=And+better+now"
    post.ask("POST", content=again, headers=FORM)
    assert len(post.replies()) == 2


def test_nobody_floods_a_teacher_by_a_page(post: Post) -> None:
    with post.factory.begin() as session:
        session.add_all(
            StudentReply(
                workspace_id=post.row.workspace_id,
                message_id=post.row.id,
                reply="Hello",
                way="page",
                replied_at=post.now,
                key=f"{number}",
            )
            for number in range(20)
        )
    page = post.ask("POST", content="do=answer&draft=1&answer=and+again", headers=FORM)
    assert (page.status_code, "very often" in page.text) == (422, True)
    assert "and again" in page.text
    assert len(post.replies()) == 20


def test_an_answer_to_who_teaches_them_no_more_is_kept_and_said_not_to_reach_them(
    post: Post,
) -> None:
    post.change(no_teacher)
    body = "do=answer&draft=1&answer=I+was+sick"
    assert post.ask("POST", content=body, headers=FORM).status_code == 303
    shown = post.ask().text
    assert "does not teach you any more and does not get it" in shown
    assert "has it." not in shown


def test_what_cannot_be_taken_is_said_and_not_lost(post: Post) -> None:
    empty = post.ask("POST", content="do=answer&draft=1&answer=+", headers=FORM)
    assert (empty.status_code, "Write your answer." in empty.text) == (422, True)
    long = post.ask("POST", content=f"do=answer&draft=1&answer={'x' * 4001}", headers=FORM)
    assert "4,001 characters" in long.text and "x" * 4001 in long.text
    assert post.replies() == []


def test_once_taken_back_the_page_is_gone(post: Post) -> None:
    address = post.address
    post.change(
        lambda session: undo_intervention(
            post.row.teacher_id, post.row.intervention_id or 0, session=session, now=post.now
        )
    )
    with pytest.raises(Obsolete):
        post.mail()
    with pytest.raises(AssertionError):
        _ = post.address

    async def asking() -> int:
        transport = httpx.ASGITransport(app=post.http)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return (await client.get(address)).status_code

    assert asyncio.run(asking()) == 404


def test_a_student_taken_off_the_roster_opens_nothing(post: Post) -> None:
    def leave(session: Session) -> None:
        session.get_one(Student, post.row.student_id).is_active = False

    post.change(leave)
    assert post.ask().status_code == 404
