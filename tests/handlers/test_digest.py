"""The morning digest as a teacher sets it, and asks for it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from handlers.ids import Action
from interventions.meetings import schedule_meeting
from sandbox import full_text
from school.models import User
from school.preferences import DIGEST, preference
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import elements, press, told
from tests.handlers.meetings.test_hours import settings
from tests.handlers.school import RUIZ


def meet_in_two_hours(bot: Bot) -> None:
    """At three in the afternoon of Greenwich, and ten in New York: of the same day."""
    now = bot.clock()
    noon = (now + timedelta(days=1)).replace(hour=15, minute=0)
    bot.clock.ahead += noon - now
    with bot.session_factory.begin() as session:
        user = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
        maya, at = bot.school.students["Maya Okafor"], noon + timedelta(hours=2)
        schedule_meeting(user.id, maya, "one_on_one", at, session=session, now=noon)


def kept(bot: Bot) -> dict[str, Any] | None:
    """What Ms Ruiz has set."""
    with bot.session_factory() as session:
        user = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
        return preference(session, user.id, DIGEST)


def shown(bot: Bot) -> tuple[Any, Any]:
    """What the form says: on which days, and when."""
    bot.slack.close(RUIZ, everything=True)
    found = elements(settings(bot))
    return found[Action.DIGEST_DAYS]["value"], found[Action.DIGEST_TIME]


def test_the_digest_is_set_and_shown_as_it_was_set(bot: Bot) -> None:
    view = settings(bot)
    assert kept(bot) is None
    assert bot.slack.submit(RUIZ, view, {"digest_days": "weekly", "digest_time": "06:50"}).ok
    assert kept(bot) == {"at": "06:50", "weekly": True}
    assert shown(bot) == ("weekly", "06:50")
    assert bot.slack.submit(RUIZ, bot.slack.wait_for_modal(RUIZ), {"digest_days": "never"}).ok
    assert kept(bot) == {"at": None, "weekly": False}
    assert shown(bot) == ("never", "07:30")


def test_who_asks_for_it_gets_their_day_at_once(bot: Bot) -> None:
    pointed = bot.ask("/homeroom", "digest now")
    assert "Today's digest is in your messages with me." in full_text(pointed)
    told(bot, "Nothing for today: no meetings")
    meet_in_two_hours(bot)
    bot.ask("/homeroom", "digest now")
    day = told(bot, "Your meetings today")
    assert "Maya Okafor" in full_text(day)
    press(bot, day, Action.OPEN_SETTINGS)
    assert Action.DIGEST_DAYS in elements(bot.slack.wait_for_modal(RUIZ))
