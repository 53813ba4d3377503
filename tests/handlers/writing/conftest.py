"""A running bot whose school has the product's templates."""

import pytest

from interventions.messages import seed_templates
from school.database import SessionFactory
from tests.handlers.conftest import Bot
from tests.handlers.school import School


@pytest.fixture
def bot(bot: Bot, factory: SessionFactory, school: School) -> Bot:
    """The bot, as a teacher finds it who wants to write."""
    with factory.begin() as session:
        seed_templates(session, now=school.today)
    return bot
