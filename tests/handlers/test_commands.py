"""Commands, as people type them in a channel."""

from typing import Any

import pytest

from handlers.ids import Action
from sandbox import Message, full_text
from sandbox.courier import Envelope
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ


def labels(message: Message) -> list[str]:
    """What stands on the buttons of a message."""
    rows = [block["elements"] for block in message.blocks if block["type"] == "actions"]
    return [one["text"]["text"] for row in rows for one in row if one["type"] == "button"]


def reports(bot: Bot, user: str = RUIZ) -> list[Message]:
    """The reports in a person's direct messages."""
    return [one for one in bot.slack.messages(user) if one.text == "Your report is ready."]


def test_a_student_report_comes_as_a_direct_message(bot: Bot) -> None:
    pointer = bot.ask("/student-report", "maya")
    assert pointer.ephemeral_for == RUIZ
    assert "Maya Okafor's report is in your messages with me." in full_text(pointer)
    words = full_text(bot.report())
    assert words.startswith("Your report is ready.\nMaya Okafor\n · Grade 5 Maths · last 30 days")
    assert "Needs work:\n Fractions" in words
    assert [block["type"] for block in bot.report().blocks].count("image") == 1


def test_a_class_report_comes_as_a_direct_message(bot: Bot) -> None:
    bot.ask("/class-report")
    words = full_text(bot.report())
    assert "Grade 5 Maths\n · 7 students · last 30 days" in words
    assert "Need you:\n Ana Ruiz (" in words


def test_nobody_else_sees_anything(bot: Bot) -> None:
    bot.ask("/student-report", "maya")
    bot.ask("/class-report")
    bot.slack.wait_until(lambda: len(reports(bot)) == 2)
    for other in ("U0MOSS", "U0ADMIN", "U0NOBODY", "U0LEO"):
        assert bot.slack.messages(other, "#general") == []
        assert bot.slack.messages(other) == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Maya Okafor 7d", "last 7 days"),
        ("okafor maya last 60 days", "last 60 days"),
        ("Sam O'Neil 90 days", "last 90 days"),
        ("李小龙 all", "all practice"),
        ('"Maya Okafor" TERM', "this term"),
        ("s-0 2019-01-01..2019-01-02", "1 Jan – 2 Jan 2019"),
    ],
)
def test_names_need_no_quotes_and_a_range_comes_last(bot: Bot, typed: str, words: str) -> None:
    bot.ask("/student-report", typed)
    assert words in full_text(bot.report())


def test_the_pointer_opens_the_messages_and_its_click_is_acknowledged(bot: Bot) -> None:
    bot.ask("/student-report", "maya")
    bot.report()
    pointer = bot.ask("/student-report", "maya")
    link = pointer.blocks[1]["elements"][0]
    assert link["url"].startswith("slack://channel?team=T0SANDBOX&id=D")
    assert bot.slack.click(RUIZ, pointer, Action.OPEN_LINK).ok


def test_before_the_first_report_the_pointer_opens_the_app(bot: Bot) -> None:
    link = bot.ask("/student-report", "maya").blocks[1]["elements"][0]
    assert link["url"] == "https://slack.com/app_redirect?app=A0SANDBOX&team=T0SANDBOX"


def test_a_first_command_in_the_messages_gets_no_button_that_leads_where_one_is(bot: Bot) -> None:
    pointer = bot.ask("/student-report", "maya", channel="")
    assert [block["type"] for block in pointer.blocks] == ["section"]
    assert "report is in your messages with me." in full_text(pointer)


def test_in_the_messages_themselves_the_pointer_is_shorter(bot: Bot) -> None:
    bot.ask("/student-report", "maya")
    bot.report()
    assert "Leo Park: the report follows here." in full_text(
        bot.ask("/student-report", "leo", channel="")
    )


def test_two_of_one_name_are_told_apart(bot: Bot) -> None:
    choice = bot.ask("/student-report", "alex kim 7d")
    assert "Several of your students fit " in full_text(choice)
    assert labels(choice) == ["Alex Kim · Grade 5 Maths · s-5", "Alex Kim · Grade 5 Maths · s-6"]
    assert bot.slack.click(RUIZ, choice, f"{Action.PICK_REPORT}:1").ok
    assert "Alex Kim (s-6)\n · Grade 5 Maths · last 7 days" in full_text(bot.report())
    bot.slack.wait_until(
        lambda: "The report on Alex Kim (s-6) is in your messages" in full_text(choice)
    )
    assert labels(choice) == ["Open"]


def test_a_double_click_sends_one_report(bot: Bot) -> None:
    choice = bot.ask("/student-report", "alex kim")
    bot.slack.faults.set("response_url", "server_error", times=None)
    for _click in range(2):
        assert bot.slack.click(RUIZ, choice, f"{Action.PICK_REPORT}:0").ok
    bot.report()
    bot.outbox.drain_once()
    assert len(reports(bot)) == 1


def test_near_names_are_offered_from_the_askers_own_students(bot: Bot) -> None:
    answer = bot.ask("/student-report", "Myla")
    words = full_text(answer)
    assert "None of your students is called Myla. Did you mean " in words
    assert "Maya" in labels(answer)
    assert "Mia" not in words
    bot.slack.click(RUIZ, answer, f"{Action.PICK_REPORT}:{labels(answer).index('Maya')}")
    assert "Maya Okafor" in full_text(bot.report())


def test_absent_and_forbidden_get_the_same_words(bot: Bot) -> None:
    forbidden = bot.ask("/student-report", "Ben Stone")
    absent = bot.ask("/student-report", "Zed Quartz")
    assert "None of your students is called Ben Stone." in full_text(forbidden)
    assert full_text(forbidden).replace("Ben Stone", "Zed Quartz") == full_text(absent)


def test_an_unknown_class_offers_the_nearest(bot: Bot) -> None:
    answer = bot.ask("/class-report", "Grade 5 Mats", user="U0ADMIN")
    assert (
        bot.slack.click("U0ADMIN", answer, f"{Action.PICK_REPORT}:0").ok
        if labels(answer)
        else ("is in your messages" in full_text(answer))
    )
    assert "Grade 5 Maths" in full_text(bot.report("U0ADMIN"))


def test_with_several_classes_one_is_chosen(bot: Bot) -> None:
    choice = bot.ask("/class-report", "60d", user="U0ADMIN")
    assert labels(choice) == ["Grade 5 Maths", "Grade 6 Science"]
    bot.slack.click("U0ADMIN", choice, f"{Action.PICK_REPORT}:1")
    assert "Grade 6 Science\n · 2 students · last 60 days" in full_text(bot.report("U0ADMIN"))


def test_several_classes_that_fit_are_told_apart(bot: Bot) -> None:
    choice = bot.ask("/class-report", "grade", user="U0ADMIN")
    assert labels(choice) == [
        "Grade 5 Maths · Grade 5 Maths",
        "Grade 6 Science · Grade 6 Science",
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Maya 0d", "A range has at least one day"),
        ("Maya 2024-05-12..2024-02-16", "after its end"),
        ("Maya 2024-02-31..2024-03-02", "There is no day 2024-02-31."),
        ("Maya 16.2...12.5", "A range is 7d, 30d, term, all"),
        ("Maya 2098-02-16..2098-05-12", "Those days have not come yet."),
    ],
)
def test_what_is_no_range_is_refused_in_words(bot: Bot, typed: str, words: str) -> None:
    assert words in full_text(bot.ask("/student-report", typed))
    assert words in full_text(bot.ask("/class-report", typed))


@pytest.mark.parametrize(
    ("command", "text", "words"),
    [
        ("/student-report", "help", "Any part of the name will do"),
        ("/class-report", "HELP", "How a class is doing"),
        ("/homeroom", "help meet", "A meeting about a student"),
        ("/homeroom", "help", "/class-report Grade 5 Maths"),
        ("/homeroom", "", "/student-report Maya"),
        ("/homeroom", "digest", "/homeroom digest now"),
        ("/homeroom", "dance", "There is no \n/homeroom dance\n."),
        ("/homeroom", "<b>", "/homeroom <b>\n."),
        ("/homeroom", "mesage Maya", "Did you mean \n/homeroom message Maya\n?"),
        ("/homeroom", "hlep", "Did you mean \n/homeroom help\n?"),
        ("/homeroom", "help tutr", "Did you mean \n/homeroom help tutor\n?"),
        ("/homeroom", "report Maya 30d", "Did you mean \n/student-report Maya 30d\n?"),
        ("/homeroom", "class-report", "Did you mean \n/class-report\n?"),
    ],
)
def test_help_is_the_acknowledgement_itself(bot: Bot, command: str, text: str, words: str) -> None:
    for user in (RUIZ, "U0NOBODY"):
        answer = bot.ask(command, text, user=user)
        assert answer.ephemeral_for == user
        assert words in full_text(answer)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("assign Zebulon", "None of your students is called Zebulon."),
        ("tutor Myla", "Did you mean "),
        ("parent Grade 5 Maths", "Grade 5 Maths\n is a class, and this is for one student."),
    ],
)
def test_whoever_is_not_found_for_an_act_can_be_chosen_from_a_list(
    bot: Bot, text: str, words: str
) -> None:
    said = full_text(bot.ask("/homeroom", text))
    assert words in said
    assert f"To choose from your students: \n/homeroom {text.split()[0]}" in said


def test_usage_is_in_the_help_of_administrators_alone(bot: Bot) -> None:
    for text, user, shown in (
        ("help", "U0ADMIN", True),
        ("dance", "U0ADMIN", True),
        ("usag", "U0ADMIN", True),
        ("help", RUIZ, False),
        ("dance", RUIZ, False),
        ("usag", RUIZ, False),
        ("help", "U0NOBODY", False),
    ):
        words = full_text(bot.ask("/homeroom", text, user=user))
        assert ("/homeroom usage" in words) is shown, (text, user)


@pytest.mark.parametrize(
    ("user", "words"),
    [
        ("U0NOBODY", "I do not know you as a teacher yet."),
        ("U0NOBODY", "They need your Slack member id: \nU0NOBODY"),
        ("U0LEO", "Reports are for teachers."),
        ("U0GUEST", "guests cannot open them"),
    ],
)
@pytest.mark.parametrize("command", ["/student-report", "/class-report"])
def test_others_are_refused_in_words_that_fit(
    bot: Bot, command: str, user: str, words: str
) -> None:
    assert words in full_text(bot.ask(command, "maya", user=user))
    assert words in full_text(bot.ask(command, "", user=user))
    assert reports(bot, user) == []


def test_a_teacher_without_classes_is_told_so(bot: Bot) -> None:
    bot.school.leave_all_classes(bot.session_factory)
    assert "You have no classes here yet." in full_text(bot.ask("/class-report"))


def test_a_workspace_that_is_not_connected_is_told_so(bot: Bot) -> None:
    bot.school.unbind(bot.session_factory)
    assert "I am not set up for this workspace yet." in full_text(bot.ask("/class-report"))


def test_the_same_command_sent_again_does_nothing_twice(bot: Bot) -> None:
    payload = command_payload(bot, "/student-report", "maya")
    for _time in range(2):
        envelope = Envelope("slash_commands", payload, "command", "x", RUIZ, wants_answer=True)
        assert bot.slack.courier.deliver(envelope).ok
    bot.report()
    bot.outbox.drain_once()
    assert len(reports(bot)) == 1


def command_payload(bot: Bot, command: str, text: str) -> dict[str, Any]:
    workspace = bot.slack.workspace
    return {
        "command": command,
        "text": text,
        "team_id": workspace.config.team_id,
        "user_id": RUIZ,
        "channel_id": "C0GENERAL",
        "api_app_id": workspace.config.app.id,
        "trigger_id": workspace.new_trigger(RUIZ),
        "response_url": workspace.new_response_url(RUIZ, "C0GENERAL"),
    }


def test_while_slack_holds_us_back_the_answer_says_so(bot: Bot) -> None:
    bot.ask("/student-report", "maya")
    first = bot.report()
    bot.slack.faults.set("chat.postMessage", "ratelimited", times=1, retry_after=40)
    bot.ask("/student-report", "maya")
    bot.slack.wait_until(lambda: bot.held("chat.postMessage"))
    words = full_text(bot.ask("/student-report", "leo"))
    assert "Slack is holding me back for 40 seconds; your report will follow." in words
    assert reports(bot) == [first]
