"""Listeners called by hand, for requests that the sandbox would not send."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from handlers.actions.reports import report_picked_action
from handlers.actions.skills import skills_page_action
from handlers.ask import Answer, Ask
from handlers.codec import Ref
from handlers.commands.student_report import student_report_command
from handlers.deliveries.reports import student_report_delivery
from handlers.home import home_opened
from handlers.messages import message_received
from handlers.modals.custom_range import custom_range_submitted
from handlers.modals.pickers import student_picked_submitted
from handlers.notices import notice_when_slow
from handlers.quick import publish_home, respond
from handlers.saving import first_time
from handlers.services import Services, after
from school.database import SessionFactory
from school.errors import InvalidInput, NotAllowed
from school.models import Class, ClassTeacher, Delivery, User, Workspace
from tests.handlers.conftest import quick
from tests.handlers.school import RUIZ, TEAM, School, lay_out_school


@dataclass
class Desk:
    """Takes acknowledgements and calls to Slack, and remembers them."""

    answers: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def ack(self, **answer: Any) -> None:
        self.answers.append(answer)

    def call(self, _workspace_id: int, method: str, /, **arguments: Any) -> dict[str, Any]:
        self.calls.append((method, arguments))
        return {"ok": True}

    def held_until(self, _workspace_id: int, _method: str) -> datetime | None:
        return None


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def services(factory: SessionFactory, desk: Desk) -> Iterator[Services]:
    yield Services(factory, desk, quick(), lambda: datetime.now(UTC), lambda: None)


def ask(desk: Desk, *, team_id: str = TEAM, **body: Any) -> Ask:
    return Ask(body, desk.ack, team_id, RUIZ)


def submission(callback: str, **state: Any) -> dict[str, Any]:
    blocks = [{"type": "input", "block_id": name} for name in state]
    values = {name: {name: value} for name, value in state.items()}
    return {
        "callback_id": callback,
        "private_metadata": Ref(student=1, draft="d").encode(),
        "blocks": blocks,
        "state": {"values": values},
    }


def test_somebody_of_another_team_is_refused(desk: Desk, services: Services) -> None:
    request = ask(desk, command="/student-report", text="maya", user={"team_id": "T2"})
    with pytest.raises(NotAllowed, match="teachers of this workspace alone"):
        student_report_command(request, services)
    assert desk.answers == []


def test_a_slack_that_names_no_team_is_answered_while_there_is_one_workspace(
    desk: Desk, services: Services, factory: SessionFactory
) -> None:
    request = ask(desk, command="/student-report", text="maya", team_id="")
    student_report_command(request, services)
    assert "in your messages" in desk.answers[0]["text"]
    with factory.begin() as session:
        now = datetime.now(UTC)
        session.add(Workspace(name="Other", timezone="Europe/London", created_at=now))
    with pytest.raises(NotAllowed, match="not set up for this workspace"):
        student_report_command(request, services)


def test_without_an_app_id_the_pointer_has_no_button(desk: Desk, services: Services) -> None:
    student_report_command(ask(desk, text="maya"), services)
    assert [block["type"] for block in desk.answers[0]["blocks"]] == ["section"]


def test_a_slack_without_triggers_gets_a_report_for_each_command(
    desk: Desk, services: Services, factory: SessionFactory
) -> None:
    for _time in range(2):
        student_report_command(ask(desk, text="maya"), services)
    for typed in ("maya", "maya", "leo"):
        student_report_command(ask(desk, text=typed, trigger_id="always the same"), services)
    with factory() as session:
        assert len(session.scalars(select(Delivery)).all()) == 4


def test_a_modal_without_a_student_is_told_so(desk: Desk, services: Services) -> None:
    view = submission("student_picker", choose_student={"selected_option": None})
    with pytest.raises(InvalidInput, match="Choose a student") as refusal:
        student_picked_submitted(ask(desk, view=view), services)
    assert refusal.value.field == "choose_student"


def test_a_modal_without_a_day_is_told_so(desk: Desk, services: Services) -> None:
    view = submission("custom_range", first_day={"selected_date": None})
    with pytest.raises(InvalidInput, match="Choose a day") as refusal:
        custom_range_submitted(ask(desk, view=view), services)
    assert refusal.value.field == "first_day"


@pytest.mark.parametrize(
    "event",
    [
        {"channel_type": "channel", "text": "hello"},
        {"channel_type": "im", "bot_id": "B1"},
        {"channel_type": "im", "subtype": "message_changed"},
    ],
)
def test_only_what_a_person_writes_to_the_bot_is_answered(
    desk: Desk, services: Services, factory: SessionFactory, event: dict[str, Any]
) -> None:
    message_received(ask(desk, event=event, event_id="Ev1"), services)
    with factory() as session:
        assert session.scalars(select(Delivery)).all() == []


def test_a_team_that_is_not_connected_gets_no_home(desk: Desk, services: Services) -> None:
    home_opened(ask(desk, event={"tab": "home"}, team_id="T9"), services)
    publish_home(ask(desk, team_id="T9"), services, {})
    assert desk.calls == []


def test_many_classes_are_listed_and_the_first_have_sentences(
    desk: Desk, services: Services, factory: SessionFactory, school: School
) -> None:
    with factory.begin() as session:
        user = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
        for number in range(45):
            one = Class(
                workspace_id=school.workspace_id,
                source_id=f"c-{number}",
                title=f"Class {number:02}",
                created_at=datetime.now(UTC),
            )
            session.add(one)
            session.flush()
            session.add(
                ClassTeacher(workspace_id=school.workspace_id, class_id=one.id, user_id=user.id)
            )
    home_opened(ask(desk, event={"tab": "home"}), services)
    blocks = next(given["view"]["blocks"] for method, given in desk.calls if "publish" in method)
    words = [block["text"]["text"] for block in blocks if block["type"] == "section"]
    assert sum("Nobody is enrolled" in word for word in words) == 12
    assert "And 6 more: /class-report finds them by name." in words


def test_a_page_is_turned_with_the_hash_that_was_seen(desk: Desk, services: Services) -> None:
    action = {"action_id": "skills_page:1", "value": Ref(student=1, page=1).encode()}
    view = {"id": "V1", "hash": "h1", "type": "modal"}
    skills_page_action(ask(desk, type="block_actions", actions=[action], view=view), services)
    updates = [given for method, given in desk.calls if method == "views.update"]
    assert [(one["view_id"], one["hash"]) for one in updates] == [("V1", "h1")]


def test_what_has_no_way_back_is_not_answered(desk: Desk, services: Services) -> None:
    respond(ask(desk, event={}), services, Answer.plain("hello"))
    assert desk.calls == []


def test_an_answer_beyond_the_proxy_is_only_logged(
    desk: Desk, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    respond(ask(desk, response_url="https://hooks.test/1"), services, Answer.plain("hello"))


def test_a_delivery_to_nobody_is_refused(factory: SessionFactory, school: School) -> None:
    delivery = Delivery(workspace_id=school.workspace_id, payload={"student": 1})
    with factory() as session, pytest.raises(NotAllowed):
        student_report_delivery(session, delivery, datetime.now(UTC))


def test_of_two_at_the_same_time_one_is_first(session_factory: SessionFactory) -> None:
    with session_factory.begin() as session:
        lay_out_workspace(session)
    firsts: list[bool] = []

    def take() -> None:
        with session_factory.begin() as session:
            firsts.append(first_time(1, "event:1", session=session, now=datetime.now(UTC)))

    threads = [Thread(target=take) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(firsts) == [False] * 7 + [True]


def test_clicks_at_the_same_time_send_one_report(session_factory: SessionFactory) -> None:
    school = lay_out_school(session_factory, datetime.now(UTC))
    desk = Desk()
    services = Services(session_factory, desk, quick(), lambda: datetime.now(UTC), lambda: None)
    value = Ref(student=school.students["Maya Okafor"]).encode()

    def click(number: int) -> None:
        action = {"action_id": "pick_report:0", "value": value, "action_ts": str(number)}
        report_picked_action(ask(desk, type="block_actions", actions=[action]), services)

    threads = [Thread(target=click, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with session_factory() as session:
        assert len(session.scalars(select(Delivery)).all()) == 1
    assert len(desk.answers) == 6


def test_a_notice_is_left_out_where_the_database_does_not_answer(
    desk: Desk, factory: SessionFactory, caplog: pytest.LogCaptureFixture
) -> None:
    def at_once(_seconds: float, act: Callable[[], None]) -> None:
        with factory.begin() as session:
            session.execute(text("ALTER TABLE deliveries RENAME TO lost"))
        act()

    now = datetime.now(UTC)
    services = Services(factory, desk, quick(), lambda: now, lambda: None, later=at_once)
    delivery = Delivery(workspace_id=1, id=1)
    notice_when_slow(ask(desk, response_url="http://127.0.0.1:9/"), services, delivery, "Slow")
    assert "A notice was left out (OperationalError)" in caplog.text


def lay_out_workspace(session: Session) -> None:
    now = datetime.now(UTC)
    session.add(Workspace(id=1, name="School", timezone="America/New_York", created_at=now))


def test_what_is_done_later_is_done_beside() -> None:
    done = Event()
    after(0.01, done.set)
    assert done.wait(5)
