"""A student is left out of leaderboards and put back, under a comparison in Slack."""

from handlers.ids import Action
from sandbox import full_text
from school.models import Student
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ
from tests.handlers.test_commands import reports
from tests.handlers.test_compare import buttons, compared, purposes


def on_leaderboard(bot: Bot, name: str) -> bool:
    with bot.session_factory() as session:
        return session.get_one(Student, bot.school.students[name]).on_leaderboard


def test_a_student_is_left_out_of_leaderboards_and_put_back(bot: Bot) -> None:
    message = compared(bot)
    assert bot.slack.click(RUIZ, message, Action.LEAVE_OUT).ok
    words = "Maya Okafor is left out of all leaderboards from now on, until you put them back."
    assert bot.slack.wait_for_message(RUIZ, "", words).ephemeral_for == RUIZ
    bot.slack.wait_until(lambda: "Leaderboard \nleft out" in full_text(message))
    assert Action.PUT_BACK in buttons(message)
    assert Action.LEAVE_OUT not in buttons(message)
    assert not on_leaderboard(bot, "Maya Okafor")
    bot.slack.click(RUIZ, message, Action.PUT_BACK)
    bot.slack.wait_for_message(RUIZ, "", "Maya Okafor is on leaderboards again.")
    bot.slack.wait_until(lambda: Action.LEAVE_OUT in buttons(message))
    assert on_leaderboard(bot, "Maya Okafor")
    assert reports(bot) == [message]
    maya = bot.school.students["Maya Okafor"]
    changes = [one for one in purposes(bot) if "leaderboards" in one[0]]
    assert changes == [
        ("left out of leaderboards", maya, None),
        ("put back on leaderboards", maya, None),
    ]


def test_leaving_out_twice_changes_nothing_and_says_so(bot: Bot) -> None:
    first, second = compared(bot), compared(bot)
    bot.slack.click(RUIZ, first, Action.LEAVE_OUT)
    bot.slack.wait_until(lambda: Action.PUT_BACK in buttons(first))
    bot.slack.click(RUIZ, second, Action.LEAVE_OUT)
    bot.slack.wait_for_message(RUIZ, "", "Maya Okafor was left out of leaderboards already.")
    bot.slack.wait_until(lambda: Action.PUT_BACK in buttons(second))
    bot.slack.click(RUIZ, first, Action.PUT_BACK)
    bot.slack.wait_until(lambda: Action.LEAVE_OUT in buttons(first))
    bot.slack.click(RUIZ, second, Action.PUT_BACK)
    bot.slack.wait_for_message(RUIZ, "", "Maya Okafor was on leaderboards already.")


def test_whoever_no_longer_teaches_the_student_changes_nothing(bot: Bot) -> None:
    message = compared(bot)
    bot.school.leave_all_classes(bot.session_factory)
    bot.slack.click(RUIZ, message, Action.LEAVE_OUT)
    bot.slack.wait_for_message(RUIZ, "", "None of your students is that one.")
    bot.slack.click(RUIZ, message, Action.COMPARISON_NUMBERS)
    assert bot.slack.modal(RUIZ) is None
    assert on_leaderboard(bot, "Maya Okafor")
