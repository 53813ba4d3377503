"""Group meetings and answers, in Slack: further students, who is asked, the card as they say."""

from sqlalchemy import select

from handlers.ids import Action
from interventions.meetings import answer_invitation
from sandbox import View
from school.models import Delivery, Intervention, MeetingAttendee
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import (
    CARD,
    add_guardian,
    any_time,
    at_noon,
    form,
    meetings,
    says,
    shows,
)
from tests.handlers.school import RUIZ

LEO = "Leo Park"


def group_form(bot: Bot) -> View:
    """The form of a group of Maya, to which Leo is added."""
    add_guardian(bot, "Ada Okafor", "ada@home.test")
    add_guardian(bot, "Min Park", "min@home.test", of=LEO)
    view = form(bot, "maya okafor group")
    (leo,) = bot.slack.suggest(RUIZ, view, Action.MEETING_STUDENTS, "leo").options
    bot.slack.choose(RUIZ, view, Action.MEETING_STUDENTS, [leo["value"]])
    shows(bot, "Invited for Leo Park")
    return any_time(bot, bot.slack.wait_for_modal(RUIZ))


def test_a_group_is_made_once_of_all_its_students_and_its_families_are_invited(bot: Bot) -> None:
    view = group_form(bot)
    as_opened = view.body
    for _time in range(2):
        view.body = as_opened
        assert bot.slack.submit(RUIZ, view, at_noon(bot)).ok
    card = bot.slack.wait_for_message(RUIZ, "", CARD)
    says(bot, card, "group meeting with Maya Okafor and Leo Park")
    assert len(meetings(bot)) == 1
    with bot.session_factory() as session:
        assert len(session.scalars(select(Intervention)).all()) == 2
        kinds = set(session.scalars(select(Delivery.kind)))
    assert "intervention_card" not in kinds


def test_the_card_shows_an_answer_as_it_comes(bot: Bot) -> None:
    add_guardian(bot, "Ada Okafor", "ada@home.test")
    view = any_time(bot, form(bot, "maya okafor parents"))
    assert bot.slack.submit(RUIZ, view, at_noon(bot)).ok
    card = bot.slack.wait_for_message(RUIZ, "", CARD)
    says(bot, card, "1 person is invited by e-mail at ")
    with bot.session_factory.begin() as session:
        (ada,) = session.scalars(select(MeetingAttendee))
        said = "accepted", "With pleasure.", 0
        answer_invitation(ada.id, *said, session=session, now=bot.clock())
    bot.outbox.wake()
    says(bot, card, "Coming:\n Ada Okafor")
    says(bot, card, "With pleasure.")
