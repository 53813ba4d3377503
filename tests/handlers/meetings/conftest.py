"""A bot that can send e-mail, as those who are invited get it; the mail server is not there."""

from collections.abc import Callable

import pytest

from tests.handlers.conftest import Bot

MAIL = {"smtp_url": "smtp://127.0.0.1:9", "mail_from": "Homeroom <homeroom@school.test>"}


@pytest.fixture
def bot(start_bot: Callable[..., Bot]) -> Bot:
    """A running bot."""
    return start_bot(**MAIL)
