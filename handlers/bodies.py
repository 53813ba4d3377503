"""Reading the body of a request, up to a limit in bytes and in seconds."""

import asyncio

from fastapi import Request
from starlette.requests import ClientDisconnect


class TooLarge(Exception):
    """A body beyond the limit; reading stopped there."""


class TooSlow(Exception):
    """A body that did not come in time, or whose sender has gone."""


async def read_body(request: Request, *, largest: int, seconds: float) -> bytes:
    """The whole body. Raises TooLarge and TooSlow."""
    try:
        async with asyncio.timeout(seconds):
            return await _read(request, largest)
    except (TimeoutError, ClientDisconnect):
        raise TooSlow from None


async def _read(request: Request, largest: int) -> bytes:
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > largest:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)
