"""Writing to a student: the form, its templates and preview, and what sending leads to."""

from dataclasses import replace

import pytest

from handlers.codec import OWN_WORDS, Ref
from handlers.ids import Action
from school.models import User
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import add_colleague
from tests.handlers.school import RUIZ
from tests.handlers.writing.support import (
    MISS_YOU,
    block_with,
    changed,
    composer,
    placed,
    reached_by,
    says,
    seen,
    send,
    sent,
    template,
)

TEXT = Action.MESSAGE_TEXT


def field(view_error: dict[str, str]) -> tuple[str, str]:
    """The one field that is refused, without its block's mark, and why."""
    [(block, words)] = view_error.items()
    return block.partition("|")[0], words


def test_the_form_opens_with_what_fits_the_concern_and_says_how_it_goes(bot: Bot) -> None:
    view = composer(bot)
    assert view.body["title"]["text"] == "Message Leo"
    assert placed(view).startswith("Hi Leo, I noticed you're struggling with Fractions.")
    assert placed(view) in says(view).split("As Leo will see it")[1]
    assert "Goes by Slack. You can take this back for 30 s." in says(view)
    groups = block_with(view, Action.MESSAGE_TEMPLATE)["element"]["option_groups"]
    assert groups[0]["label"]["text"] == "Struggling"


def test_an_answer_to_an_answer_opens_empty_with_the_templates_in_the_menu(bot: Bot) -> None:
    bot.ask("/student-report", "Leo")
    report = bot.report()
    offered = [one for block in report.blocks for one in block.get("elements", [])]
    act = next(one for one in offered if "act=message" in one.get("value", ""))
    about = Ref.decode(act["value"])
    act["value"] = replace(about, template=OWN_WORDS).encode()
    assert bot.slack.click(RUIZ, report, act["action_id"], act["value"]).ok
    view = bot.slack.wait_for_modal(RUIZ)
    assert placed(view) == ""
    menu = block_with(view, Action.MESSAGE_TEMPLATE)["element"]
    assert menu["option_groups"]
    assert "Struggling" not in str(menu.get("initial_option"))
    assert send(bot, **{TEXT: "Thank you, Leo."}).ok
    assert [one.template_id for one in sent(bot)] == [None]


def test_a_message_is_sent_once_and_can_be_taken_back_in_the_closing_note(bot: Bot) -> None:
    view = composer(bot)
    as_opened = view.body
    for _time in range(2):
        view.body = as_opened
        outcome = seen(bot, bot.slack.submit(RUIZ, view, {TEXT: "See you *tomorrow*, [Student]."}))
        assert outcome.ok, outcome.field_errors
    assert "Leo gets your message by Slack in 30 seconds." in says(outcome.view)
    [row] = sent(bot)
    assert row.message == "See you *tomorrow*, Leo."
    assert row.template_id is None  # nothing of the template is left
    assert "Taken back." in says(changed(bot, Action.TAKE_BACK))
    assert "not read yet" not in str(bot.slack.home(RUIZ))


def test_what_a_template_gave_with_own_words_added_still_came_from_it(bot: Bot) -> None:
    text = placed(composer(bot))
    assert send(bot, **{TEXT: f"{text} We do it together!"}).ok
    assert sent(bot)[0].template_id is not None


def test_an_untouched_text_gives_way_to_another_template(bot: Bot) -> None:
    composer(bot)
    view = changed(bot, Action.MESSAGE_TEMPLATE, template(bot, MISS_YOU))
    assert placed(view).startswith("Hey Leo, we miss you!")


def test_own_words_are_kept_when_another_template_is_chosen_until_they_are_given_up(
    bot: Bot,
) -> None:
    composer(bot)
    chosen = template(bot, MISS_YOU)
    view = changed(bot, Action.MESSAGE_TEMPLATE, chosen, **{TEXT: "My own words."})
    assert "You have changed the text, so I kept it." in says(view)
    assert view.entered[block_with(view, TEXT)["block_id"]][TEXT] == "My own words."
    assert "My own words." in says(view).split("As Leo will see it")[1]
    view = changed(bot, Action.USE_TEMPLATE)
    assert placed(view).startswith("Hey Leo, we miss you!")
    assert "so I kept it" not in says(view)


def test_the_preview_shows_marks_and_what_cannot_be_filled_in(bot: Bot) -> None:
    composer(bot)
    view = changed(bot, Action.MESSAGE_PREVIEW, **{TEXT: "*Hi* [Student]\n- [Streak] days"})
    shown = says(view).split("As Leo will see it")[1]
    assert "Hi\n Leo" in shown  # the first word stands out
    assert "[Streak]: Leo is on no streak of 2 school days now." in shown
    assert view.entered[block_with(view, TEXT)["block_id"]][TEXT].startswith("*Hi*")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\u200b \u200b", "Write a message."),
        ("Well done on [Assignment]!", "[Assignment]: Leo has no assignment"),
        ("Dear [Studnet]", "[Studnet] still stands in the message."),
    ],
)
def test_what_cannot_be_sent_lands_on_the_text_and_nothing_is_lost(
    bot: Bot, text: str, words: str
) -> None:
    view = composer(bot)
    outcome = send(bot, **{TEXT: text})
    name, why = field(outcome.field_errors)
    assert (name, why.startswith(words)) == (TEXT, True)
    assert view.entered[block_with(view, TEXT)["block_id"]][TEXT] == text
    assert sent(bot) == []


def test_a_student_without_slack_is_written_to_by_e_mail(bot: Bot) -> None:
    reached_by(bot, "Leo Park", email="leo.park@school.test")
    assert "Goes by e-mail to l***@school.test." in says(composer(bot))
    assert "by e-mail to l***@school.test in 30 seconds" in says(send(bot).view)


def test_where_nothing_reaches_a_student_it_is_said_what_to_do_instead(bot: Bot) -> None:
    reached_by(bot, "Leo Park", email=None)
    view = composer(bot)
    assert "submit" not in view.body
    assert "I cannot reach Leo" in says(view)
    assert bot.slack.click(RUIZ, view, f"{Action.ACT}:1").ok
    bot.slack.wait_until(lambda: says(view) != says(bot.slack.modal(RUIZ)), what="the meeting")
    view = bot.slack.wait_for_modal(RUIZ)
    assert view.body["title"]["text"] == "Meeting"


def test_it_is_said_when_a_colleague_wrote_a_short_while_ago(bot: Bot) -> None:
    add_colleague(bot)
    composer(bot)
    assert send(bot).ok
    view = composer(bot, user="U0MOSS")
    assert "Ms Ruiz wrote to Leo today" in says(view)
    assert "Ms Ruiz wrote" not in says(composer(bot))


def test_nobody_several_and_near_names_are_answered_in_words(bot: Bot) -> None:
    assert "None of your students" in bot.ask("/homeroom", "message Zebulon").text
    assert "Did you mean" in str(bot.ask("/homeroom", "message Myra").blocks)
    several = bot.ask("/homeroom", "message Alex")
    values = [one["value"] for one in several.blocks[1]["elements"]]
    assert all(value.startswith("student=") and "act=message" in value for value in values)
    assert bot.slack.click(RUIZ, several, f"{Action.PICK_REPORT}:0").ok
    assert bot.slack.wait_for_modal(RUIZ).body["title"]["text"] == "Message Alex"


def test_an_administrator_writes_to_any_student(bot: Bot) -> None:
    assert composer(bot, "Ben Stone", "U0ADMIN").body["title"]["text"] == "Message Ben"


def test_without_a_name_the_student_is_chosen_first(bot: Bot) -> None:
    view = composer(bot, "")
    assert view.body["title"]["text"] == "Message"
    outcome = bot.slack.submit(RUIZ, view, {})
    assert not outcome.ok
    offered = bot.slack.suggest(RUIZ, view, Action.CHOOSE_STUDENT, "Leo").options
    outcome = bot.slack.submit(RUIZ, view, {Action.CHOOSE_STUDENT: offered[0]["value"]})
    assert outcome.ok, outcome.error
    assert bot.slack.wait_for_modal(RUIZ).body["title"]["text"] == "Message Leo"


def test_help_and_guests(bot: Bot) -> None:
    assert "A message to a student" in str(bot.ask("/homeroom", "message help").blocks)
    assert "guest" in str(bot.ask("/homeroom", "message", user="U0GUEST").blocks).lower()


def test_a_text_as_long_as_may_be_is_shown_and_sent(bot: Bot) -> None:
    composer(bot)
    long = ("& <" * 1000)[:2999] + "!"
    view = changed(bot, Action.MESSAGE_PREVIEW, **{TEXT: long})
    assert "3,000 of 3,000 characters" in says(view)
    assert send(bot).ok
    assert sent(bot)[0].message == long


def test_a_message_is_the_asker_s_own(bot: Bot) -> None:
    composer(bot)
    assert send(bot).ok
    with bot.session_factory() as session:
        teacher = session.get_one(User, sent(bot)[0].teacher_id)
        assert teacher.slack_user_id == RUIZ
