"""Trends by command, button and menu, in a running bot."""

import pytest
from sqlalchemy import select

from analytics.reports.data.trends import Metric
from handlers.codec import Ref
from handlers.ids import Action
from sandbox import Message, full_text
from school.models import AuditEntry
from tests.handlers.conftest import Bot
from tests.handlers.school import MATHS, RUIZ
from tests.handlers.test_actions import words_of
from tests.handlers.test_commands import reports


def asked(bot: Bot, text: str, user: str = RUIZ) -> Message:
    """A trend in somebody's direct messages."""
    newest = bot.slack.last_message(user)
    bot.ask("/homeroom", f"trend {text}", user=user)
    return bot.report(user, after=newest.ts if newest else "")


def entries(message: Message, action: str) -> dict[str, str]:
    """A menu's entries: their labels with their values."""
    elements = message.blocks[-1]["elements"]
    menu = next(one for one in elements if one["action_id"] == action)
    return {option["text"]["text"]: str(option["value"]) for option in menu["options"]}


def chosen(message: Message, action: str) -> str:
    elements = message.blocks[-1]["elements"]
    menu = next(one for one in elements if one["action_id"] == action)
    return str(menu["initial_option"]["text"]["text"])


def test_a_student_s_trend_comes_to_the_direct_messages_with_its_sentence(bot: Bot) -> None:
    pointer = bot.ask("/homeroom", "trend maya")
    assert "Maya Okafor's trend is in your messages with me." in full_text(pointer)
    words = full_text(bot.report())
    assert "Maya Okafor\n · Grade 5 Maths · last 30 days" in words
    assert "Maya is" in words or "Too little to tell" in words
    assert "Accuracy " in words
    (picture,) = bot.pool.pictures
    assert "Accuracy by week" in picture.alt_text
    assert picture.file_name == "report.png"


def test_metric_range_and_period_may_be_typed_in_any_order(bot: Bot) -> None:
    message = asked(bot, "weekly xp maya 60d")
    assert "last 60 days" in full_text(message)
    assert chosen(message, Action.TREND_METRIC) == "XP"
    assert chosen(message, Action.TREND_BY) == "By week"


def test_without_a_name_it_is_the_only_class(bot: Bot) -> None:
    message = asked(bot, "")
    assert f"Grade 5 Maths\n · {len(MATHS)} students" in full_text(message)
    assert set(entries(message, Action.TREND_METRIC)) == {
        "Accuracy", "Questions", "Time", "XP", "Engagement", "Assignments done"
    }  # fmt: skip


def test_with_several_classes_and_nothing_typed_there_is_help(bot: Bot) -> None:
    words = full_text(bot.ask("/homeroom", "trend", user="U0ADMIN"))
    assert "/homeroom trend Maya questions 60d by week" in words
    choice = bot.ask("/homeroom", "trend engagement", user="U0ADMIN")
    assert "Which class?" in full_text(choice)
    buttons = choice.blocks[-1]["elements"]
    assert Ref.decode(buttons[0]["value"]).metric == Metric.ENGAGEMENT


def test_a_teacher_without_classes_is_told_so(bot: Bot) -> None:
    bot.school.leave_all_classes(bot.session_factory)
    assert "You have no classes here yet" in full_text(bot.ask("/homeroom", "trend"))


def test_help_is_given(bot: Bot) -> None:
    assert "How a student or a class develops" in full_text(bot.ask("/homeroom", "trend help"))


def test_a_metric_of_classes_alone_is_refused_for_a_student(bot: Bot) -> None:
    words = full_text(bot.ask("/homeroom", "trend maya engagement"))
    assert "There is no metric engagement here." in words
    assert "There are: accuracy, questions, time, xp." in words
    assert reports(bot) == []


def test_several_and_none_are_asked_about_with_what_was_wanted(bot: Bot) -> None:
    several = bot.ask("/homeroom", "trend alex kim questions by day")
    assert "Several of your students fit" in full_text(several)
    ref = Ref.decode(several.blocks[-1]["elements"][0]["value"])
    assert (ref.kind, ref.metric, ref.by) == ("trend", "questions", "day")
    near = bot.ask("/homeroom", "trend myaa xp")
    assert "Did you mean \nMaya Okafor" in full_text(near)
    bot.slack.click(RUIZ, near, f"{Action.PICK_REPORT}:0")
    assert chosen(bot.report(), Action.TREND_METRIC) == "XP"


def test_words_that_fit_nobody_are_answered_with_the_same_words(bot: Bot) -> None:
    assert "None of your students or classes is called" in full_text(
        bot.ask("/homeroom", "trend xqzvwk engagement")
    )


def test_another_metric_is_shown_in_the_same_message(bot: Bot) -> None:
    message = asked(bot, "maya")
    value = entries(message, Action.TREND_METRIC)["Questions"]
    assert bot.slack.choose(RUIZ, message, Action.TREND_METRIC, value).ok
    bot.slack.wait_until(lambda: "Maya answered" in full_text(message))
    assert chosen(message, Action.TREND_METRIC) == "Questions"
    assert reports(bot) == [message]


def test_another_period_is_shown_in_the_same_message_and_kept_with_the_range(bot: Bot) -> None:
    message = asked(bot, "maya")
    value = entries(message, Action.TREND_BY)["By day"]
    bot.slack.choose(RUIZ, message, Action.TREND_BY, value)
    bot.slack.wait_until(lambda: chosen(message, Action.TREND_BY) == "By day")
    longer = entries(message, Action.REPORT_RANGE)["60 days"]
    bot.slack.choose(RUIZ, message, Action.REPORT_RANGE, longer)
    bot.slack.wait_until(lambda: "last 60 days" in full_text(message))
    assert chosen(message, Action.TREND_BY) == "By day"


def test_a_period_that_nobody_chose_follows_the_range(bot: Bot) -> None:
    message = asked(bot, "maya")
    assert chosen(message, Action.TREND_BY) == "By week"
    bot.slack.choose(
        RUIZ, message, Action.REPORT_RANGE, entries(message, Action.REPORT_RANGE)["7 days"]
    )
    bot.slack.wait_until(lambda: "last 7 days" in full_text(message))
    assert chosen(message, Action.TREND_BY) == "By day"


def test_where_slack_takes_no_files_a_table_of_the_series_stands_in(bot: Bot) -> None:
    bot.slack.faults.set("files.*", "unknown_method", times=None)
    message = asked(bot, "maya questions")
    (table,) = [block for block in message.blocks if block["type"] == "table"]
    head = [cell["text"] for cell in table["rows"][0]]
    assert head == ["Week from", "Questions", "Class"]
    assert len(table["rows"]) > 3


def test_the_numbers_of_a_trend_open_in_a_modal(bot: Bot) -> None:
    message = asked(bot, "maya")
    assert bot.slack.click(RUIZ, message, Action.TREND_NUMBERS).ok
    shown = bot.slack.wait_for_modal(RUIZ, lambda view: "95 % interval" in words_of(view))
    words = words_of(shown)
    assert "Accuracy by week" in words
    assert "Questions by week" in words
    assert "Fractions: " in words


def test_a_long_series_is_turned_in_pages(bot: Bot) -> None:
    message = asked(bot, "maya 60d by day")
    bot.slack.click(RUIZ, message, Action.TREND_NUMBERS)
    first = bot.slack.wait_for_modal(RUIZ, lambda view: "Page 1 of " in words_of(view))
    assert "Questions by day" not in words_of(first)
    assert "Accuracy by day" in words_of(first)
    bot.slack.click(RUIZ, first, f"{Action.TREND_NUMBERS_PAGE}:1")
    bot.slack.wait_for_modal(RUIZ, lambda view: "Page 2 of " in words_of(view))


@pytest.mark.parametrize("metric", ["engagement", "completion", "time", "accuracy"])
def test_a_class_s_metrics_are_sent_too(bot: Bot, metric: str) -> None:
    message = asked(bot, f"grade 5 maths {metric}")
    assert "Grade 5 Maths" in full_text(message)
    assert message.text == "Your report is ready."


def test_a_range_without_practice_offers_one_that_has_some(bot: Bot) -> None:
    message = asked(bot, "maya 2019-01-01..2019-01-31")
    assert "No practice in these 31 days." in full_text(message)
    assert not [block for block in message.blocks if block["type"] in ("image", "table")]
    bot.slack.click(RUIZ, message, f"{Action.USE_RANGE}:0")
    bot.slack.wait_until(lambda: "No practice" not in full_text(message))
    assert chosen(message, Action.TREND_METRIC) == "Accuracy"


def test_the_report_of_the_same_student_is_one_click_away(bot: Bot) -> None:
    message = asked(bot, "maya questions 60d")
    bot.slack.click(RUIZ, message, Action.PICK_REPORT)
    words = full_text(bot.report(after=message.ts))
    assert "Skills mastered" in words
    assert "last 60 days" in words


def test_a_report_leads_to_the_trend_of_the_same_days(bot: Bot) -> None:
    bot.ask("/student-report", "maya 60d")
    report = bot.report()
    (more,) = [one for one in report.blocks[-1]["elements"] if one["action_id"] == Action.MORE]
    values = {option["text"]["text"]: option["value"] for option in more["options"]}
    bot.slack.choose(RUIZ, report, Action.MORE, values["Trend over time"])
    message = bot.report(after=report.ts)
    assert chosen(message, Action.TREND_METRIC) == "Accuracy"
    assert "last 60 days" in full_text(message)


def test_each_opening_is_in_the_audit_log(bot: Bot) -> None:
    asked(bot, "maya")
    with bot.session_factory() as session:
        rows = session.scalars(select(AuditEntry)).all()
    student = bot.school.students["Maya Okafor"]
    assert [(row.student_id, row.purpose) for row in rows] == [(student, "trend")]


def test_a_word_after_a_name_that_is_no_metric_is_answered_with_those_there_are(bot: Bot) -> None:
    words = full_text(bot.ask("/homeroom", "trend maya speed"))
    assert "There is no metric speed here. There are: accuracy, questions, time, xp." in words
    unknown = full_text(bot.ask("/homeroom", "trend xqzv speed"))
    assert "None of your students or classes is called" in unknown
