"""The history in Slack: a modal with pages, ratings in place, and what works in a class."""

from handlers.ids import Action
from handlers.views.interventions.rating import rating_menu
from school.models import InterventionType
from tests.handlers.conftest import Bot
from tests.handlers.interventions.support import do, intervention, raise_alert
from tests.handlers.meetings.support import press, shows, words_in
from tests.handlers.school import RUIZ

TUTORING = InterventionType.PEER_TUTORING


def open_history(bot: Bot, words: str = "Leo Park") -> None:
    assert bot.slack.command(RUIZ, "#general", "/homeroom", f"history {words}").ok
    bot.slack.wait_for_modal(RUIZ)


def test_everything_done_is_there_page_by_page(bot: Bot) -> None:
    for days in range(1, 7):
        do(bot, TUTORING, days=days)
    do(bot, InterventionType.RESOLUTION, by="U0ADMIN")
    open_history(bot)
    shows(bot, "7 actions, the newest first")
    first = words_in(bot.slack.modal(RUIZ))
    assert "Alert resolved" in first
    assert "by Ms Head" in first
    assert "Peer tutoring: 6 · completed 0 · practice followed" in first
    assert "These are counts, not effects" in first
    assert "Page 1 of 2" in first
    press(bot, bot.slack.wait_for_modal(RUIZ), f"{Action.HISTORY_PAGE}:1")
    shows(bot, "Page 2 of 2")
    assert "counts, not effects" not in words_in(bot.slack.modal(RUIZ))


def test_a_rating_in_the_history_stays_on_its_page(bot: Bot) -> None:
    for days in range(1, 6):
        do(bot, TUTORING, days=days)
    oldest = do(bot, TUTORING, days=30)
    open_history(bot)
    shows(bot, "Page 1 of 2")
    press(bot, bot.slack.wait_for_modal(RUIZ), f"{Action.HISTORY_PAGE}:1")
    shows(bot, "Page 2 of 2")
    value = rating_menu(oldest, None)["options"][4]["value"]
    top = bot.slack.wait_for_modal(RUIZ)
    assert bot.slack.choose(RUIZ, top, Action.RATE_INTERVENTION, value).ok
    shows(bot, "Your rating: 5 of 5 (very well)")
    assert "Page 2 of 2" in words_in(bot.slack.modal(RUIZ))
    assert intervention(bot, oldest).effectiveness_rating == 5


def test_nothing_done_says_so_and_a_class_has_nothing_to_compare(bot: Bot) -> None:
    open_history(bot)
    shows(bot, "Nothing has been done here yet")
    press(bot, bot.slack.wait_for_modal(RUIZ), f"{Action.WHAT_WORKS}:0")
    shows(bot, "Nothing has reached a student of this class yet")


def test_what_works_names_each_kind_and_what_lacks(bot: Bot) -> None:
    rated = do(bot, TUTORING, days=30)
    with bot.session_factory.begin() as session:
        session.get_one(type(intervention(bot, rated)), rated).effectiveness_rating = 4
    open_history(bot, "Grade 5 Maths")
    shows(bot, "After peer tutoring")
    found = words_in(bot.slack.modal(RUIZ))
    assert "too few to tell" in found.lower()
    assert "5 are needed" in found
    assert "Your own rating: 4 of 5." in found
    assert "A rise alone is no effect" in found


def test_without_a_name_it_asks_for_whom_and_goes_on_in_the_same_window(bot: Bot) -> None:
    do(bot, TUTORING, days=3)
    assert bot.slack.command(RUIZ, "#general", "/homeroom", "history").ok
    asked = bot.slack.wait_for_modal(RUIZ)
    leo = bot.slack.suggest(RUIZ, asked, Action.CHOOSE_STUDENT, "leo").options[0]["value"]
    assert bot.slack.submit(RUIZ, asked, {Action.CHOOSE_STUDENT: leo}).ok
    shows(bot, "1 action")


def test_open_alerts_are_named_with_the_way_to_resolve_them(bot: Bot) -> None:
    raise_alert(bot)
    open_history(bot)
    shows(bot, "Open: No practice, high, since")
    press(bot, bot.slack.wait_for_modal(RUIZ), Action.ACT)
    shows(bot, "What was done?")


def test_somebody_elses_student_is_not_found(bot: Bot) -> None:
    message = bot.ask("/homeroom", "history Ben Stone")
    assert "None of your students" in message.text
