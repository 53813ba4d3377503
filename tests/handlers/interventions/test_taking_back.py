"""Taking back what goes to several: all of it, or as much as has not gone."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.codec import Ref
from handlers.people import Asker
from handlers.taking_back import TakenBack, take_all_back
from interventions.record import about
from school.access import viewer_of
from school.deliveries import enqueue
from school.models import CardCopy, Delivery, InterventionType, Medium
from tests.handlers.conftest import Bot
from tests.handlers.interventions.support import do, intervention, user

MEDIA = (Medium.SLACK, Medium.MAIL, Medium.CALENDAR)


def sent_to_three(bot: Bot, number: int, gone: int) -> list[int]:
    """What goes to three people about one intervention, of which so many have it already."""
    now = bot.clock()
    with bot.session_factory.begin() as session:
        made = [
            enqueue(
                "nothing_known",
                {},
                session=session,
                workspace_id=bot.school.workspace_id,
                unique_key=f"{medium} {number}",
                recipient_id=None,
                channel=None,
                queue=f"{medium} {number}",
                now=now,
                due_at=now + timedelta(seconds=30),
                medium=medium,
                sender_id=user(session).id,
                about=about(number),
            )
            for medium in MEDIA
        ]
        for one in made[:gone]:
            one.state, one.finished_at = "sent", now
        return [one.id for one in made]


def take_back(bot: Bot, delivery: int) -> TakenBack:
    with bot.session_factory.begin() as session:
        who = user(session)
        asker = Asker(viewer_of(session, who, now=bot.clock()), who, bot.clock())
        return take_all_back(asker, Ref(delivery=delivery), session=session)


@pytest.mark.parametrize("gone", [0, 1, 3])
def test_what_was_done_is_withdrawn_only_where_nobody_has_heard_of_it(bot: Bot, gone: int) -> None:
    number = do(bot, InterventionType.PARENT_NOTICE)
    mails = sent_to_three(bot, number, gone)
    taken = take_back(bot, mails[-1])
    assert (taken.count, taken.now, taken.gone) == (3, 3 - gone, gone)
    assert (intervention(bot, number).withdrawn_at is not None) == (gone == 0)
    assert intervention(bot, number).version == (1 if gone == 3 else 2)
    again = take_back(bot, mails[-1])
    assert (again.now, again.before) == (0, 3 - gone)
    with bot.session_factory() as session:
        assert session.scalars(select(CardCopy)).all() == []
        states = session.scalars(select(Delivery.state).where(Delivery.id.in_(mails))).all()
        assert states.count("taken_back") == 3 - gone
