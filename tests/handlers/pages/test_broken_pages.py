"""Pages that break, lose a race, or cannot be opened at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from bot.links import Pages
from bot.server import HttpServer, bind
from handlers.pages.frame import Page, PageRoute
from handlers.pages.serving import PageDoor, page_routes
from school.database import SessionFactory
from school.errors import Conflict
from school.links import PageKind, make_link
from school.models import PageLink
from tests.handlers.conftest import Clock, PicklingPool, quick
from tests.handlers.pages.conftest import check_headers
from tests.handlers.school import School


class Unforeseen(Exception):
    """Something that nobody foresaw; it names Leo Park."""


def show(_session: Session, _link: PageLink, _now: datetime) -> Page:
    raise Unforeseen("Leo Park")


EMAIL = "leo@home.test"


def email(_session: Session, _link: PageLink, _now: datetime) -> str:
    return EMAIL


class Twice:
    """Loses to somebody else the first time."""

    def __init__(self) -> None:
        self.times = 0

    def act(
        self, _session: Session, _link: PageLink, _form: Mapping[str, str], _now: datetime
    ) -> Page | None:
        self.times += 1
        if self.times == 1:
            raise Conflict("somebody was earlier")
        return None


@pytest.fixture
def twice() -> Twice:
    return Twice()


@dataclass
class Broken:
    """A site whose page at `path` breaks."""

    http: httpx.Client
    path: str


@pytest.fixture
def broken(factory: SessionFactory, school: School, twice: Twice) -> Iterator[Broken]:
    settings = quick(public_url="https://pages.test", secret_key="k" * 40)
    pages, http, clock = Pages.of(settings), FastAPI(), Clock()
    assert pages is not None
    door = PageDoor(factory, settings, lambda: None, PicklingPool().make, pages)
    http.include_router(
        page_routes(door, clock, [PageRoute(PageKind.STUDENT, show, twice.act, email)])
    )
    with factory.begin() as session:
        link = make_link(session, school.workspace_id, PageKind.STUDENT, 1, now=clock())
    listening = bind("127.0.0.1", 0)
    server = HttpServer(http, listening)
    server.start()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with httpx.Client(base_url=url, timeout=5, trust_env=False) as client:
        yield Broken(client, f"/s/{pages.token('s', link.id, EMAIL)}")
    server.stop()


def test_a_broken_page_gives_a_reference_that_the_log_has(
    broken: Broken, caplog: pytest.LogCaptureFixture
) -> None:
    answer = broken.http.get(broken.path)
    assert answer.status_code == 500
    [reference] = [
        one.getMessage().split()[1].strip(":") for one in caplog.records if "Ref" in one.msg
    ]
    assert reference in answer.text
    assert "Leo Park" not in answer.text + caplog.text
    check_headers(answer)


def test_who_loses_a_race_is_tried_once_more(broken: Broken, twice: Twice) -> None:
    assert broken.http.post(broken.path, data={"choice": "x"}).status_code == 303
    assert twice.times == 2


def test_without_a_key_no_link_opens_anything(factory: SessionFactory) -> None:
    door = PageDoor(factory, quick(), lambda: None, PicklingPool().make, None)
    http = FastAPI()
    http.include_router(
        page_routes(door, Clock(), [PageRoute(PageKind.STUDENT, show, Twice().act, email)])
    )
    listening = bind("127.0.0.1", 0)
    server = HttpServer(http, listening)
    server.start()
    with httpx.Client(timeout=5, trust_env=False) as client:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/s/1-{'a' * 32}"
        assert client.get(url).status_code == 404
    server.stop()
