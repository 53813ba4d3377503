"""A calendar server for all tests of calendars, each with a person of its own."""

from collections.abc import Iterator
from itertools import count

import pytest

from bot.calendar.client import CalendarServer
from bot.calendar.place import calendar_place
from tests.bot.calendar.radicale import Radicale, running

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    """A running calendar server."""
    with running(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@pytest.fixture
def email(radicale: Radicale) -> str:
    """Somebody with an empty calendar."""
    made = f"teacher{next(_NUMBERS)}@school.test"
    radicale.make(made)
    return made


@pytest.fixture
def calendars(radicale: Radicale) -> CalendarServer:
    """The server as Homeroom comes in."""
    return CalendarServer(calendar_place(radicale.url), 10)
