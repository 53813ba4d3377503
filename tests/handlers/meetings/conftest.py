"""Bots that make meetings: they can send e-mail, to a server that is not there, and one knows a
calendar server.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.bot.calendar.radicale import Radicale, running
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ

EMAIL = f"{RUIZ}@school.test"
MAIL = {"smtp_url": "smtp://127.0.0.1:9", "mail_from": "Homeroom <homeroom@school.test>"}


@pytest.fixture
def bot(start_bot: Callable[..., Bot]) -> Bot:
    """A running bot."""
    return start_bot(**MAIL)


@pytest.fixture(scope="session")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    """A running calendar server."""
    with running(tmp_path_factory.mktemp("radicale")) as server:
        yield server


@dataclass
class Diary:
    """A bot, and the calendar of its Ms Ruiz."""

    bot: Bot
    radicale: Radicale

    def entries(self) -> dict[str, str]:
        """What stands in the calendar."""
        return self.radicale.entries(EMAIL)

    def enter(self, name: str, *lines: str) -> None:
        """Write an entry into the calendar."""
        self.radicale.enter(EMAIL, name, *lines)

    def wait(self, words: str, count: int = 1) -> None:
        """Wait until so many entries stand there, each of which says so."""

        def stands() -> bool:
            texts = self.entries().values()
            return len(texts) == count and all(words in text for text in texts)

        self.bot.slack.wait_until(stands, what=f"an entry that says {words}")


@pytest.fixture
def diary(radicale: Radicale, start_bot: Callable[..., Bot]) -> Iterator[Diary]:
    """A bot whose Ms Ruiz has an empty calendar."""
    radicale.clear(EMAIL)  # now, and not at the end: a bot that still runs writes into it
    radicale.make(EMAIL)
    yield Diary(start_bot(caldav_url=radicale.url, calendar_kept=0), radicale)
