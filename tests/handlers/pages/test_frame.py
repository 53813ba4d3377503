"""The frame of the pages: what every answer bears, what is refused, and what leaves no trace."""

import logging
import socket
from datetime import datetime, timedelta

import pytest

from bot.logs import strike_out
from bot.workers import DrawingFailed
from handlers.pages.serving import LARGEST_FORM
from school.links import PageKind, make_link, revoke_links
from tests.handlers.pages.conftest import MIN, PERSON, STYLE, Site, check_headers


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
    other = site.pages.token("p", link.id + 1, "min@home.test")
    of_kind = site.pages.token("m", link.id, "min@home.test")
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

    def test_who_has_the_link_of_a_former_address_shuts_nobody_out(
        self, site: Site, path: str
    ) -> None:
        site.clock.ahead += timedelta(minutes=1)
        link = site.link(path)
        former = f"/p/{site.pages.token('p', link.id, 'former@home.test')}"
        assert {site.http.get(former).status_code for _visit in range(6)} == {404, 429}
        assert site.http.get(path).status_code == 200


class TestClients:
    @pytest.fixture
    def changes(self) -> dict[str, int]:
        return {"page_client_per_minute": 2}

    def test_who_guesses_tokens_is_held_back(self, site: Site) -> None:
        site.clock.ahead += timedelta(minutes=5)
        answers = {site.http.get(f"/p/guess-{number}").status_code for number in range(6)}
        assert answers == {404, 429}


def test_a_report_that_cannot_be_made_is_told(
    site: Site, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_report: object, _paper: str, _now: datetime, _language: str) -> bytes:
        raise DrawingFailed("no")

    monkeypatch.setattr("analytics.exports.files.parent_pdf", fail)
    monkeypatch.setattr("tests.handlers.conftest.pickle.dumps", lambda given: given)
    monkeypatch.setattr("tests.handlers.conftest.pickle.loads", lambda given: given)
    answer = site.http.get(f"{path}/report.pdf")
    assert answer.status_code == 503
    assert "could not be made" in answer.text
