"""Serving the pages that people outside open: who may ask how often, and what is answered.

See `frame.py` for what a kind of page hands in.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import APIRouter, Request, Response
from sqlalchemy.exc import OperationalError

from bot.links import Named, Pages
from bot.outgoing import Job
from bot.settings import Settings
from bot.workers import DrawingFailed
from handlers.bodies import TooLarge, TooSlow, read_body
from handlers.errors import log_failure
from handlers.pages.frame import Page, PageRoute
from handlers.pages.looks import HEADERS, response, said
from handlers.pages.rates import Rate, client_key
from handlers.pages.records import Records, read_form
from handlers.pages.visits import is_laid_out, may_be_visit
from school.database import SessionFactory
from school.errors import NotFound

LARGEST_FORM = 65_536
"""Bytes of a posted form: 3,000 letters of any script, percent-encoded, and what stands beside."""
MOST_WAITING = 64
"""Requests under way; beyond that the browser is told to come back."""
FILES_AT_ONCE, MOST_FILES = 1, 8
"""Files made at once for people outside, who must not hold up teachers, and how many may wait."""
FORM_TYPE = "application/x-www-form-urlencoded"
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class PageDoor:
    """What the pages need beside the clock.

    `pages` is None where `PUBLIC_URL` or `SECRET_KEY` is missing: no link opens anything. `make`
    has the workers make a file; `wake` tells the outbox that there is something to send.
    """

    session_factory: SessionFactory
    settings: Settings
    wake: Callable[[], None]
    make: "Callable[[Job], Future[Any]]"
    pages: Pages | None = None


def page_routes(door: PageDoor, now: Callable[[], Any], routes: Iterable[PageRoute]) -> APIRouter:
    """The routes of every kind of page."""
    router, front = APIRouter(), Front(door, now)
    for route in routes:
        _add(router, front, route)
    return router


def _add(router: APIRouter, front: "Front", route: PageRoute) -> None:
    path = f"/{route.kind.value}/{{token}}"

    async def page(request: Request, token: str) -> Response:
        return await front.answer(request, lambda: front.page(request, route, token))

    async def laid_out(request: Request, token: str) -> Response:
        return await front.answer(request, lambda: front.laid_out(request, route, token))

    async def file(request: Request, token: str, name: str) -> Response:
        return await front.answer(request, lambda: front.file(request, route, token, name))

    async def slash(request: Request, token: str) -> Response:
        return await front.answer(request, lambda: front.without_slash(route, token))

    router.add_api_route(path, page, methods=["GET", "HEAD", "POST"])
    router.add_api_route(f"{path}/", slash, methods=["GET", "HEAD"])
    router.add_api_route(f"{path}/laid-out.css", laid_out, methods=["GET"])
    router.add_api_route(f"{path}/{{name}}", file, methods=["GET", "HEAD"])


class Front:
    """Answers requests of pages, in threads of its own."""

    def __init__(self, door: PageDoor, now: Callable[[], Any]) -> None:
        settings = door.settings
        self._door, self._now = door, now
        self._records = Records(door.session_factory, door.pages, now, settings.page_scans)
        self._threads = ThreadPoolExecutor(settings.page_threads, "pages")
        self._clients = Rate(settings.page_client_per_minute)
        self._links = Rate(settings.page_link_per_minute)
        self._files = asyncio.Semaphore(FILES_AT_ONCE)
        self._waiting = self._waiting_files = 0

    async def answer(self, request: Request, serve: Callable[[], Awaitable[Response]]) -> Response:
        """An answer in any case: the frame's own page where there is none of its kind."""
        accepted = request.headers.get("accept-language", "")
        client = client_key(request.client.host if request.client else None)
        if not self._clients.takes(client, self._now().timestamp()):
            return response(said("many", accepted, 429))
        if self._waiting >= MOST_WAITING:
            return response(said("busy", accepted, 503))
        self._waiting += 1
        try:
            return await serve()
        except Exception as error:  # noqa: BLE001 - whatever breaks is told in words
            return response(_trouble(error, accepted))
        finally:
            self._waiting -= 1

    async def page(self, request: Request, route: PageRoute, token: str) -> Response:
        """The page itself, or what was posted on it."""
        named = self._named(route, token)
        if request.method == "POST":
            return await self._posted(request, route, named, token)
        page = await self._in_thread(lambda: self._records.show(route, named))
        visit = False
        if request.method == "GET":
            await self._in_thread(lambda: self._records.fetched(named.link_id))
            visit = may_be_visit(request.headers)
        return response(page, token=token, visit=visit)

    async def without_slash(self, route: PageRoute, token: str) -> Response:
        """To the page itself, by a relative address: a whole one might lead from https to http."""
        self._named(route, token)
        return Response(None, 303, {**HEADERS, "Location": f"../{token}"})

    async def laid_out(self, request: Request, route: PageRoute, token: str) -> Response:
        """The stylesheet that a browser asks for once it lays a visited page out. It is empty."""
        named = self._named(route, token)
        if is_laid_out(request.headers):
            await self._in_thread(lambda: self._records.laid_out(route, named))
            self._door.wake()
        return Response("", 200, HEADERS, "text/css")

    async def file(self, request: Request, route: PageRoute, token: str, name: str) -> Response:
        """A file that the page links to; HEAD makes none."""
        named = self._named(route, token)
        made, rows = await self._in_thread(lambda: self._records.file(route, named, name))
        disposition = f'inline; filename="{made.file_name}"'
        headers = {**HEADERS, "Content-Disposition": disposition}
        if request.method == "HEAD":
            return Response("", 200, headers, made.media_type)
        content = await self._made(made.job)
        if content is None:
            return response(made.trouble, token=token)
        await self._in_thread(lambda: self._records.save(rows))
        return Response(content, 200, headers, made.media_type)

    async def _posted(
        self, request: Request, route: PageRoute, named: Named, token: str
    ) -> Response:
        seconds = self._door.settings.page_read_limit
        body = await read_body(request, largest=LARGEST_FORM, seconds=seconds)
        if request.headers.get("content-type", "").split(";")[0].strip().lower() != FORM_TYPE:
            raise NotFound("no form")
        try:
            form = read_form(body)
        except ValueError:  # more fields than any form of ours has
            raise TooLarge from None
        page = await self._in_thread(lambda: self._records.act(route, named, form))
        self._door.wake()
        if page is not None:
            return response(page, token=token)
        # Relative, so that it holds below any prefix that a proxy takes away.
        return Response(None, 303, {**HEADERS, "Location": token})

    async def _made(self, job: Job) -> bytes | None:
        """What the workers made; None where they could not, or too many wait."""
        if self._waiting_files >= MOST_FILES:
            return None
        self._waiting_files += 1
        try:
            async with self._files, asyncio.timeout(self._door.settings.making_limit):
                content: bytes = await asyncio.wrap_future(self._door.make(job))
                return content
        except (DrawingFailed, TimeoutError, RuntimeError):
            return None
        finally:
            self._waiting_files -= 1

    def _named(self, route: PageRoute, token: str) -> Named:
        """Raises NotFound for what we did not sign, TooMany where it is asked for too often."""
        named = self._records.named(route.kind, token)
        if named is None:
            raise NotFound("no such link")
        # Each for itself: what was sent to a former address is not to shut out the present one.
        if not self._links.takes(token, self._now().timestamp()):
            raise TooMany
        return named

    async def _in_thread(self, work: Callable[[], Made]) -> Made:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


class TooMany(Exception):
    """One link is asked for too often."""


def _trouble(error: Exception, accepted: str) -> Page:
    """What went wrong, as a page of the frame."""
    if isinstance(error, NotFound):
        return said("gone", accepted, 404)
    if isinstance(error, TooMany):
        return said("many", accepted, 429)
    if isinstance(error, TooLarge):
        return said("large", accepted, 413)
    if isinstance(error, TooSlow):
        return said("slow", accepted, 408)
    if isinstance(error, OperationalError) and "database is locked" in str(error.orig):
        return said("busy", accepted, 503)
    return said("broken", accepted, 500, reference=log_failure(error))
