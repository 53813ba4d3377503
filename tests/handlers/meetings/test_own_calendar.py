"""A teacher's own calendar is used or left alone, as they have set."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.outgoing import Obsolete
from handlers.deliveries.meeting_entries import meeting_entry
from handlers.ids import Action
from handlers.meetings.free import Busy, busy_of, days_of
from handlers.people import Asker
from handlers.views.meetings.slots import Calendar
from school.access import viewer_of
from school.models import User
from school.preferences import CALENDAR, set_preference, uses_calendar
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import elements, error_on, schedule
from tests.handlers.meetings.test_calendar import entries_of
from tests.handlers.meetings.test_hours import settings
from tests.handlers.school import RUIZ

NOWHERE = "http://127.0.0.1:9/{email}/"


def busy(bot: Bot) -> Busy:
    """What Ms Ruiz's calendar says, asked of a server that is not there."""
    with bot.session_factory() as session:
        user = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
        asker = Asker(viewer_of(session, user, now=bot.clock()), user, bot.clock())
        days = days_of(asker, bot.clock().date(), session=session)
    return busy_of(bot.services, days, 5)


def test_a_calendar_is_used_until_its_owner_wants_it_left_alone(
    start_bot: Callable[..., Bot],
) -> None:
    bot = start_bot(caldav_url=NOWHERE, calendar_kept=0)
    schedule(bot)
    assert len(entries_of(bot)) == 1
    assert busy(bot).calendar is Calendar.SILENT
    view = settings(bot)
    assert elements(view)[Action.OWN_CALENDAR]["value"] == "on"
    assert bot.slack.submit(RUIZ, view, {"own_calendar": "off"}).ok
    bot.slack.close(RUIZ)
    assert elements(settings(bot))[Action.OWN_CALENDAR]["value"] == "off"
    assert busy(bot).calendar is Calendar.NONE
    schedule(bot, "Leo Park", meeting_time="15:00")
    assert len(entries_of(bot)) == 1
    with bot.session_factory() as session, pytest.raises(Obsolete, match="calendar_off"):
        meeting_entry(session, entries_of(bot)[0], bot.clock())


def test_where_no_calendars_are_set_nobody_is_asked_and_a_choice_holds_on(bot: Bot) -> None:
    with bot.session_factory.begin() as session:
        user = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
        set_preference(session, user.workspace_id, user.id, CALENDAR, {"use": "off"})
    view = settings(bot)
    shown = elements(view)
    assert Action.OWN_CALENDAR not in shown
    assert shown[Action.NOTIFICATION_TEXT]["value"] == "nobody"
    assert bot.slack.submit(RUIZ, view, {"notification_text": "student"}).ok
    bot.slack.close(RUIZ)
    assert elements(settings(bot))[Action.NOTIFICATION_TEXT]["value"] == "student"
    with bot.session_factory() as session:
        assert not uses_calendar(session, user.id)


def test_an_entry_that_is_not_offered_lands_on_its_field(bot: Bot) -> None:
    view = settings(bot)
    for block in view.blocks:
        element = block.get("element") or {}
        if element.get("action_id") == Action.NOTIFICATION_TEXT:
            element["options"][0]["value"] = "all"
    outcome = bot.slack.submit(RUIZ, view, {"notification_text": "all"})
    assert "Choose one of the entries." in error_on(outcome, Action.NOTIFICATION_TEXT)
