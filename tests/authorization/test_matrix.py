"""Everybody gets by each way in what the matrix says; a way in that it does not list fails."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from sqlalchemy import Engine

from bot.bolt import build_bolt_app
from bot.links import Pages
from bot.metrics import Metrics
from bot.settings import GivenSettings
from handlers.deliveries import BUILDERS
from handlers.door import Door
from handlers.http import build_http
from handlers.pages.serving import PageDoor
from handlers.registry import ACTIONS, CLOSED, COMMANDS, EVENTS, OPTIONS, SHORTCUTS, VIEWS
from school.access import FOR_GUESTS, FOR_NOBODY, FOR_OTHER_TEAMS, FOR_STUDENTS, SWITCHED_OFF
from tests.authorization.bodies import About
from tests.authorization.cast import MARKS
from tests.authorization.matrix import (
    DAY,
    LINKED,
    MATRIX,
    PAGES,
    REFUSED,
    SIGNED,
    WHEN_SENT,
    Gets,
    Who,
)
from tests.authorization.requests import REQUESTS
from tests.authorization.world import Seen, World, authorize
from tests.handlers.conftest import PicklingPool

WORDS = {
    Gets.GUEST_WORDS: FOR_GUESTS,
    Gets.TEAM_WORDS: FOR_OTHER_TEAMS,
    Gets.GONE_WORDS: SWITCHED_OFF,
    Gets.STUDENT_WORDS: FOR_STUDENTS,
    Gets.NOBODY_WORDS: FOR_NOBODY,
}
TO_STUDENTS = (
    "delivery student_message",
    "delivery student_note",
    "delivery student_assignment",
    "delivery tutor_request",
    "delivery tutoring_match",
    "delivery tutoring_over",
)
"""Kinds that go to a student alone."""
CELLS = [(way, who) for way, what in MATRIX.items() for who in what.row]


def ways_in() -> Iterator[str]:
    """Every way in that is registered."""
    for kind, registered in (
        ("command", COMMANDS),
        ("action", ACTIONS),
        ("modal", VIEWS),
        ("closed", CLOSED),
        ("options", OPTIONS),
        ("event", EVENTS),
        ("shortcut", SHORTCUTS),
    ):
        yield from (f"{kind} {one.value}" for one in registered)
    yield from (f"delivery {kind}" for kind in BUILDERS)


def test_the_matrix_lists_every_way_in_and_no_other() -> None:
    assert {way.partition("#")[0] for way in MATRIX} == set(ways_in())


def test_every_row_says_what_everybody_gets() -> None:
    short = {way for way, what in MATRIX.items() if set(what.row) != set(Who)}
    sent = {way for way, what in MATRIX.items() if what.row in (WHEN_SENT, DAY)}
    assert short == sent | {way for way in MATRIX if way.startswith(TO_STUDENTS)}


def test_every_listed_way_can_be_gone() -> None:
    listeners = {way for way in MATRIX if not way.startswith("delivery")}
    assert set(REQUESTS) == listeners


def go(world: World, way: str, who: Who, about: About) -> Seen:
    kind, _, name = way.partition(" ")
    if kind == "delivery":
        return world.receive(name, who, about)
    return world.go_in(way, who, about)


def shows_record(seen: Seen) -> bool:
    return any(mark in seen.shown for mark in MARKS.values())


@pytest.mark.parametrize(("way", "who"), CELLS, ids=[f"{way}: {who}" for way, who in CELLS])
def test_everybody_gets_what_the_matrix_says(world: World, way: str, who: Who) -> None:
    what = MATRIX[way]
    gets = what.row[who]
    seen = go(world, way, who, world.about())
    assert shows_record(seen) == (gets is Gets.SEES), seen.shown
    assert seen.empty == (gets is Gets.NOTHING), seen.shown
    for other, words in WORDS.items():
        assert (words in seen.shown) == (gets is other), seen.shown
    if gets is not Gets.SEES:
        assert seen.audited == 0
    elif what.audited:
        assert seen.audited > 0
    if who in REFUSED and not way.startswith("delivery"):
        assert seen.reports == 0


def without_echo(seen: Seen, about: About) -> str:
    """What was shown, less what came from the asker's own request."""
    shown = seen.shown
    for own in (about.student_words, about.class_words, about.draft):
        shown = shown.replace(own, "…")
    return shown


FORBIDDEN = [(way, who) for way, who in CELLS if MATRIX[way].row[who] is Gets.ABSENT]


@pytest.mark.parametrize(("way", "who"), FORBIDDEN, ids=[f"{way}: {who}" for way, who in FORBIDDEN])
def test_forbidden_and_absent_get_the_same_words(world: World, way: str, who: Who) -> None:
    about, absent = world.about(), world.about(absent=True)
    words = without_echo(go(world, way, who, about), about)
    assert words == without_echo(go(world, way, who, absent), absent)
    assert "None of your" in words


@pytest.mark.parametrize("kind", ["student_report", "class_report"])
def test_a_saved_report_for_nobody_on_record_is_refused(world: World, kind: str) -> None:
    seen = world.receive(kind, Who.NOBODY, world.about())
    assert seen.shown == '["Reports are for teachers."]'


def test_pages_show_no_record_and_slacks_address_wants_its_signature(world: World) -> None:
    http = build_http(door(world))
    assert set(addresses(http.routes)) == PAGES | SIGNED | LINKED
    for path in PAGES:
        text = fetch(http, "GET", path).text
        assert not any(mark in text for mark in MARKS.values())
    for path in SIGNED:
        assert fetch(http, "POST", path).status_code == 401
    for path in LINKED:
        answer = fetch(http, "GET", path.format(token=f"1-{'a' * 32}", name="report.pdf"))
        assert answer.status_code == 404


def addresses(routes: Iterable[object]) -> Iterator[str]:
    """The addresses of all routes, those of routers within included."""
    for route in routes:
        if isinstance(route, APIRoute):
            yield route.path
        else:  # A kind of route that is not known has no such attribute, and fails here.
            yield from addresses(route.original_router.routes)  # type: ignore[attr-defined]


def door(world: World) -> Door:
    with world.factory() as session:
        engine = session.get_bind()
    assert isinstance(engine, Engine)
    app = build_bolt_app(GivenSettings(slack_signing_secret="secret"), authorize)
    settings = GivenSettings(public_url="https://pages.test", secret_key="k" * 40)
    pages = PageDoor(world.factory, settings, lambda: None, PicklingPool().make, Pages.of(settings))
    return Door(engine, app, "secret", Metrics(), lambda: datetime.now(UTC), pages=pages)


def fetch(http: FastAPI, method: str, path: str) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=http)
        async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
            return await client.request(method, path, content=b"{}" if method == "POST" else b"")

    return asyncio.run(ask())
