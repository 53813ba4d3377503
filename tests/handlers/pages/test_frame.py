"""The frame of the pages: what every answer bears, what is refused, and what leaves no trace."""

import logging
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.orm import Session

from bot.links import Pages
from bot.logs import strike_out
from bot.server import HttpServer, bind
from bot.workers import DrawingFailed
from handlers.pages.frame import Page, PageRoute
from handlers.pages.rates import Rate, client_key
from handlers.pages.records import read_form
from handlers.pages.serving import LARGEST_FORM, PageDoor, page_routes
from handlers.pages.visits import is_laid_out, is_late_enough, may_be_visit
from school.database import SessionFactory
from school.errors import Conflict
from school.links import PageKind, make_link, revoke_links
from school.models import PageLink
from tests.handlers.conftest import Clock, PicklingPool, quick
from tests.handlers.pages.conftest import MIN, PERSON, STYLE, Site
from tests.handlers.school import School

NEVER = ("cache-control", "referrer-policy", "x-robots-tag", "x-content-type-options")


def check_headers(answer: httpx.Response) -> None:
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "noindex" in answer.headers["x-robots-tag"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script" not in policy
    assert "frame-ancestors 'none'" in policy and "form-action 'self'" in policy


@pytest.fixture
def path(site: Site) -> str:
    """The page of a delivered notice."""
    site.tell()
    site.deliver()
    return site.path_for(MIN)


def test_every_answer_bears_the_same_careful_headers(site: Site, path: str) -> None:
    for answer in (
        site.http.get(path),
        site.http.head(path),
        site.http.post(path, data={"choice": "call"}),
        site.http.post(path, data={}),
        site.http.get(f"{path}/laid-out.css"),
        site.http.get(f"{path}/report.pdf"),
        site.http.get("/p/nothing"),
    ):
        check_headers(answer)


def test_a_slash_at_the_end_leads_back_to_the_page_by_a_relative_address(
    site: Site, path: str
) -> None:
    answer = site.http.get(f"{path}/")
    check_headers(answer)
    assert (answer.status_code, answer.headers["location"]) == (303, f"../{path.split('/')[-1]}")
    assert site.http.get(f"{path}/", follow_redirects=True).url.path == path
    assert site.http.get("/p/nothing/").status_code == 404


def test_what_opens_nothing_gets_one_page_whatever_the_reason(site: Site, path: str) -> None:
    token = path.rpartition("/")[2]
    link = site.link(path)
    workspace = site.school.workspace_id
    other = site.pages.token("p", link.id + 1)
    of_kind = site.pages.token("m", link.id)
    first = site.http.get("/p/x")
    assert first.status_code == 404 and "not available" in first.text
    for forged in (
        other,
        of_kind,
        token[:-1],
        token[:-1] + ("b" if token[-1] == "a" else "a"),
        token.upper(),
        "%2e%2e",
        "é",
    ):
        assert site.http.get(f"/p/{forged}").text == first.text
    with site.factory.begin() as session:
        revoke_links(session, workspace, PageKind.PARENT, link.subject_id, now=site.clock())
    revoked = site.http.get(path)
    with site.factory.begin() as session:
        make_link(session, workspace, PageKind.PARENT, link.subject_id, now=site.clock())
    site.clock.ahead += timedelta(days=31)
    for answer in (revoked, site.http.get(path), site.http.post(path, data={"choice": "call"})):
        assert (answer.status_code, answer.text) == (404, first.text)
    spanish = site.http.get(path, headers={"accept-language": "fr;q=1, es-MX;q=0.9"})
    assert "no está disponible" in spanish.text


def test_head_and_robots_change_nothing_but_that_it_was_fetched(site: Site, path: str) -> None:
    site.clock.ahead += timedelta(minutes=2)
    site.http.head(path, headers=PERSON)
    assert site.link(path).fetched_at is None
    for headers in (
        {**PERSON, "sec-purpose": "prefetch;prerender"},
        {**PERSON, "user-agent": "Slackbot-LinkExpanding 1.0"},
        {"user-agent": "curl/8"},
    ):
        assert "laid-out.css" not in site.http.get(path, headers=headers).text
    site.http.get(f"{path}/laid-out.css", headers={**STYLE, "sec-fetch-site": "cross-site"})
    link = site.link(path)
    assert link.fetched_at is not None and link.opened_at is None


def test_an_answer_is_a_visit_whatever_the_browser(site: Site, path: str) -> None:
    site.http.post(path, data={"choice": "thanks"})
    link = site.link(path)
    assert link.opened_at is not None and link.fetched_at is not None


def test_no_token_and_no_name_reaches_a_log(
    site: Site, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    for choice in ("call", "wrong"):
        site.answer(path, choice, "Private words")
    site.http.get(path, headers={"referer": f"https://pages.test{path}"})
    # The client of this test logs what it asks for; the server is what matters.
    ours = [one for one in caplog.records if not one.name.startswith(("httpx", "httpcore"))]
    logged = " ".join(strike_out(one.getMessage()) for one in ours)
    for secret in (path.rpartition("/")[2], "Private", "Park"):
        assert secret not in logged


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"words=" + b"x" * LARGEST_FORM, "application/x-www-form-urlencoded", 413),
        (b'{"choice": "call"}', "application/json", 404),
        (b"&".join([b"a=1"] * 50), "application/x-www-form-urlencoded", 413),
    ],
)
def test_other_bodies_are_refused(
    site: Site, path: str, content: bytes, kind: str, status: int
) -> None:
    answer = site.http.post(path, content=content, headers={"content-type": kind})
    assert answer.status_code == status
    check_headers(answer)


class TestShortPatience:
    @pytest.fixture
    def changes(self) -> dict[str, float]:
        return {"page_read_limit": 0.1, "page_link_per_minute": 3}

    def test_a_body_that_does_not_come_is_not_waited_for(self, site: Site, path: str) -> None:
        url = site.http.base_url
        with socket.create_connection((url.host, url.port or 80), timeout=5) as raw:
            head = f"POST {path} HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\n"
            raw.sendall(head.encode())
            assert b" 408 " in raw.recv(200).splitlines()[0]

    def test_a_link_is_answered_only_so_often_a_minute(self, site: Site, path: str) -> None:
        site.clock.ahead += timedelta(minutes=1)
        answers = [site.http.get(path) for _visit in range(7)]
        assert 429 in {one.status_code for one in answers}
        assert answers[-1].status_code == 429 or answers[3].status_code == 429
        refused = next(one for one in answers if one.status_code == 429)
        assert refused.headers["retry-after"] == "60"
        site.clock.ahead += timedelta(minutes=1)
        assert site.http.get(path).status_code == 200


class TestClients:
    @pytest.fixture
    def changes(self) -> dict[str, int]:
        return {"page_client_per_minute": 2}

    def test_who_guesses_tokens_is_held_back(self, site: Site) -> None:
        site.clock.ahead += timedelta(minutes=5)
        answers = {site.http.get(f"/p/guess-{number}").status_code for number in range(6)}
        assert answers == {404, 429}


class Unforeseen(Exception):
    """Something that nobody foresaw; it names Leo Park."""


def show(_session: Session, _link: PageLink, _now: datetime) -> Page:
    raise Unforeseen("Leo Park")


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
    http.include_router(page_routes(door, clock, [PageRoute(PageKind.STUDENT, show, twice.act)]))
    with factory.begin() as session:
        link = make_link(session, school.workspace_id, PageKind.STUDENT, 1, now=clock())
    listening = bind("127.0.0.1", 0)
    server = HttpServer(http, listening)
    server.start()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with httpx.Client(base_url=url, timeout=5, trust_env=False) as client:
        yield Broken(client, f"/s/{pages.token('s', link.id)}")
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


def test_a_report_that_cannot_be_made_is_told(
    site: Site, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_report: object, _paper: str, _now: datetime) -> bytes:
        raise DrawingFailed("no")

    monkeypatch.setattr("analytics.exports.files.parent_pdf", fail)
    monkeypatch.setattr("tests.handlers.conftest.pickle.dumps", lambda given: given)
    monkeypatch.setattr("tests.handlers.conftest.pickle.loads", lambda given: given)
    answer = site.http.get(f"{path}/report.pdf")
    assert answer.status_code == 503
    assert "could not be made" in answer.text


def test_without_a_key_no_link_opens_anything(factory: SessionFactory) -> None:
    door = PageDoor(factory, quick(), lambda: None, PicklingPool().make, None)
    http = FastAPI()
    http.include_router(
        page_routes(door, Clock(), [PageRoute(PageKind.STUDENT, show, Twice().act)])
    )
    listening = bind("127.0.0.1", 0)
    server = HttpServer(http, listening)
    server.start()
    with httpx.Client(timeout=5, trust_env=False) as client:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/s/1-{'a' * 32}"
        assert client.get(url).status_code == 404
    server.stop()


@pytest.mark.parametrize(
    ("headers", "may"),
    [
        (PERSON, True),
        ({**PERSON, "sec-fetch-dest": "iframe"}, False),
        ({**PERSON, "sec-fetch-mode": "cors"}, False),
        ({**PERSON, "purpose": "prefetch"}, False),
        ({**PERSON, "user-agent": ""}, False),
        ({**PERSON, "sec-ch-ua": '"HeadlessChrome";v="140"'}, False),
        ({**PERSON, "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, False),
        ({"user-agent": PERSON["user-agent"]}, False),
    ],
)
def test_what_may_be_a_persons_visit(headers: dict[str, str], may: bool) -> None:
    assert may_be_visit(headers) is may


def test_what_lays_a_page_out() -> None:
    assert is_laid_out(STYLE)
    assert not is_laid_out({**STYLE, "sec-purpose": "prefetch"})
    assert not is_laid_out(PERSON)


def test_before_the_mail_and_in_its_first_minute_nobody_is_a_visitor() -> None:
    now = Clock()()
    assert not is_late_enough(None, now, scans_for=60)
    assert not is_late_enough(now - timedelta(seconds=59), now, scans_for=60)
    assert is_late_enough(now - timedelta(seconds=60), now, scans_for=60)


def test_rates_begin_anew_each_minute() -> None:
    rate = Rate(2)
    assert [rate.takes("one", 60.0) for _ in range(3)] == [True, True, False]
    assert rate.takes("other", 61.0)
    assert rate.takes("one", 120.0)


def test_a_household_of_ipv6_is_one_client() -> None:
    assert client_key("2001:db8::1") == client_key("2001:db8::ffff") != client_key("2001:db9::1")
    assert client_key("192.0.2.7") == "192.0.2.7"
    assert client_key(None) == client_key("testclient") == ""


def test_forms_are_read_without_control_characters() -> None:
    form = read_form(b"words=a%0D%0Ab%00%1Bc&words=d&choice=&n=%ff")
    assert form == {"words": "a\nbc", "choice": "", "n": "\ufffd"}
