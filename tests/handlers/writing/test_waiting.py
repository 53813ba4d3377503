"""What App Home says of what is waited for, and the way to it."""

from sqlalchemy import select

from handlers.ids import Action
from school.models import Student
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ
from tests.handlers.test_actions import words_of
from tests.handlers.test_home import home
from tests.handlers.writing.support import block_with, changed, composer, says, send, sent, window


def test_home_counts_unread_messages_and_leads_to_them(bot: Bot) -> None:
    assert "Waiting" not in words_of(home(bot))
    composer(bot)
    assert send(bot).ok
    bot.slack.close(RUIZ, everything=True)
    bot.slack.wait_until(lambda: "1 message not read yet" in words_of(home(bot)), what="Home")
    assert bot.slack.click(RUIZ, home(bot), f"{Action.WAITING}:0").ok
    view = bot.slack.wait_for_modal(RUIZ)
    assert "Leo Park\nsent today" in says(view)
    assert bot.slack.click(RUIZ, view, f"{Action.ACT}:0").ok


def test_many_come_in_pages(bot: Bot) -> None:
    bot.school.add_students(bot.session_factory, 20)
    with bot.session_factory.begin() as session:
        for one in session.scalars(select(Student).where(Student.given_name == "Nova")):
            one.email = f"s{one.id}@school.test"
    view = window(bot, "message Grade 5 Maths")
    options = block_with(view, Action.BULK_STUDENTS)["element"]["options"]
    every = [one["value"] for one in options]
    assert send(bot, **{Action.BULK_STUDENTS: every, Action.BULK_TEXT: "Hi [Student]"}).ok
    assert len(sent(bot)) == 21  # Leo too, in Slack
    bot.slack.close(RUIZ, everything=True)
    assert bot.slack.click(RUIZ, home(bot), f"{Action.WAITING}:0").ok
    assert "Page 1 of 2" in says(bot.slack.wait_for_modal(RUIZ))
    view = changed(bot, f"{Action.WAITING_PAGE}:1")
    assert "Page 2 of 2" in says(view)
