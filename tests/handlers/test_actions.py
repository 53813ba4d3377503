"""Buttons and menus under a report, and all that may go wrong with them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from handlers.codec import Ref
from handlers.ids import Action
from sandbox import Message, View, full_text
from sandbox.people.seeing import _strings
from school.models import AuditEntry
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ
from tests.handlers.test_commands import reports


def asked(bot: Bot, command: str = "/student-report", text: str = "maya") -> Message:
    """A report in Ms Ruiz's direct messages."""
    newest = bot.slack.last_message(RUIZ)
    bot.ask(command, text)
    return bot.report(after=newest.ts if newest else "")


def asked_class(bot: Bot) -> Message:
    """A class's report there."""
    return asked(bot, "/class-report", "")


def entry(message: Message, code: str) -> str:
    """The value of the range menu's entry for a range."""
    elements = message.blocks[-1]["elements"]
    menu = next(one for one in elements if one["action_id"] == Action.REPORT_RANGE)
    values = [str(option["value"]) for option in menu["options"]]
    return next(value for value in values if Ref.decode(value).range == code)


def chosen(message: Message) -> str:
    """What the range menu shows as chosen."""
    elements = message.blocks[-1]["elements"]
    menu = next(one for one in elements if one["action_id"] == Action.REPORT_RANGE)
    return str(menu["initial_option"]["text"]["text"])


def words_of(view: View | None) -> str:
    assert view is not None
    return "\n".join(_strings(view.blocks))


def test_another_range_is_shown_in_the_same_message(bot: Bot) -> None:
    report = asked(bot)
    picture = report.files
    assert bot.slack.choose(RUIZ, report, Action.REPORT_RANGE, entry(report, "7d")).ok
    bot.slack.wait_until(lambda: "last 7 days" in full_text(report))
    assert chosen(report) == "7 days"
    assert reports(bot) == [report]
    assert [block["type"] for block in report.blocks].count("image") == 1
    assert report.files != picture or len(bot.pool.pictures) == 2


@pytest.mark.parametrize("command", ["/student-report", "/class-report"])
def test_where_slack_takes_no_files_a_table_of_the_numbers_stands_in(
    bot: Bot, command: str
) -> None:
    bot.slack.faults.set("files.*", "unknown_method", times=None)
    report = asked(bot, command, "maya" if command == "/student-report" else "")
    kinds = [block["type"] for block in report.blocks]
    assert "table" in kinds
    assert "image" not in kinds
    table = report.blocks[kinds.index("table")]
    assert ["Fractions", "Maya Okafor"][command == "/class-report"] in [
        row[0]["text"] for row in table["rows"]
    ]


def test_the_range_of_a_class_report_changes_in_place_too(bot: Bot) -> None:
    report = asked(bot, "/class-report", "")
    bot.slack.choose(RUIZ, report, Action.REPORT_RANGE, entry(report, "all"))
    bot.slack.wait_until(lambda: "all practice" in full_text(report))
    assert chosen(report) == "All practice"
    assert reports(bot) == [report]


def test_a_change_that_takes_long_says_that_it_is_under_way(start_bot: Callable[..., Bot]) -> None:
    bot = start_bot(notice_after=0.05)
    report = asked(bot)
    bot.slack.faults.set("files.getUploadURLExternal", "slow", seconds=0.6)
    bot.slack.choose(RUIZ, report, Action.REPORT_RANGE, entry(report, "60d"))
    notice = bot.slack.wait_for_message(RUIZ, "", "This report is being changed to 60 days.")
    assert notice.ephemeral_for == RUIZ
    bot.slack.wait_until(lambda: "last 60 days" in full_text(report))


def test_a_change_while_slack_holds_us_back_says_so(bot: Bot) -> None:
    report = asked(bot)
    bot.slack.faults.set("chat.update", "ratelimited", retry_after=30)
    bot.slack.choose(RUIZ, report, Action.REPORT_RANGE, entry(report, "60d"))
    bot.slack.wait_until(lambda: bot.held("chat.update"))
    bot.slack.choose(RUIZ, report, Action.REPORT_RANGE, entry(report, "7d"))
    words = "Slack is holding me back for 30 seconds; your report will follow."
    assert bot.slack.wait_for_message(RUIZ, "", words).ephemeral_for == RUIZ


def test_a_range_without_practice_offers_one_that_has_some(bot: Bot) -> None:
    report = asked(bot, text="maya 2019-01-01..2019-01-31")
    words = full_text(report)
    assert "No practice in these 31 days. Last practice" in words
    assert "Accuracy" not in words
    assert all(block["type"] not in ("image", "table") for block in report.blocks)
    assert bot.slack.click(RUIZ, report, f"{Action.USE_RANGE}:0").ok
    bot.slack.wait_until(lambda: "Accuracy" in full_text(report))
    assert reports(bot) == [report]


def test_a_class_without_practice_in_the_range_offers_one_that_has_some(bot: Bot) -> None:
    report = asked(bot, "/class-report", "2019-01-01..2019-01-31")
    bot.slack.click(RUIZ, report, f"{Action.USE_RANGE}:1")
    bot.slack.wait_until(lambda: "all practice" in full_text(report))


def test_a_student_who_never_practised_has_no_range_to_offer(bot: Bot) -> None:
    report = asked(bot, text="ana")
    assert "Ana has not practised yet." in full_text(report)
    assert [one["action_id"] for one in report.blocks[-1]["elements"]] == [Action.REPORT_RANGE]


def test_the_student_menu_of_a_class_report_opens_that_students_report(bot: Bot) -> None:
    report = asked(bot, "/class-report", "60d")
    offered = bot.slack.suggest(RUIZ, report, Action.CLASS_STUDENT, "al")
    assert [one["description"]["text"] for one in offered.options] == [
        "Grade 5 Maths · s-5",
        "Grade 5 Maths · s-6",
    ]
    assert [one["text"]["text"] for one in offered.options] == ["Alex Kim (s-5)", "Alex Kim (s-6)"]
    everyone = bot.slack.suggest(RUIZ, report, Action.CLASS_STUDENT)
    assert len(everyone.options) == 7
    bot.slack.choose(RUIZ, report, Action.CLASS_STUDENT, everyone.options[-1]["value"])
    theirs = bot.report(after=report.ts)
    assert everyone.options[-1]["text"]["text"] in full_text(theirs)
    assert "last 60 days" in full_text(theirs)


def test_all_skills_come_in_pages(bot: Bot) -> None:
    bot.school.add_skills(bot.session_factory, "Maya Okafor", 45)
    report = asked(bot)
    assert bot.slack.click(RUIZ, report, Action.ALL_SKILLS).ok
    first = bot.slack.wait_for_modal(RUIZ, lambda view: "Page 1 of 3" in words_of(view))
    assert "Maya Okafor\n · 47 skills · last 30 days" in words_of(first)
    assert "Last sessions" not in words_of(first)
    bot.slack.click(RUIZ, first, f"{Action.SKILLS_PAGE}:1")
    second = bot.slack.wait_for_modal(RUIZ, lambda view: "Page 2 of 3" in words_of(view))
    bot.slack.click(RUIZ, second, f"{Action.SKILLS_PAGE}:1")
    last = bot.slack.wait_for_modal(RUIZ, lambda view: "Page 3 of 3" in words_of(view))
    assert " · Fractions · 10 questions, 70 % right · 10 min" in words_of(last)
    bot.slack.click(RUIZ, last, f"{Action.SKILLS_PAGE}:0")
    bot.slack.wait_for_modal(RUIZ, lambda view: "Page 2 of 3" in words_of(view))
    bot.slack.click(RUIZ, second, f"{Action.SKILLS_PAGE}:0")
    bot.slack.wait_for_modal(RUIZ, lambda view: "Page 1 of 3" in words_of(view))


def test_the_numbers_of_a_class_come_in_pages(bot: Bot) -> None:
    bot.school.add_students(bot.session_factory, 16)
    report = asked_class(bot)
    assert bot.slack.click(RUIZ, report, Action.NUMBERS).ok
    first = bot.slack.wait_for_modal(RUIZ, lambda view: "Page 1 of 2" in words_of(view))
    words = words_of(first)
    assert "Grade 5 Maths\n · 23 students · last 30 days" in words
    for name in ("Maya Okafor", "Alex Kim (s-5)", "Alex Kim (s-6)"):
        assert name in words
    assert " of 150 questions right · 1 skill mastered · last " in words
    assert "Needs work: Fractions" in words
    assert "Students by accuracy" not in words
    bot.slack.click(RUIZ, first, f"{Action.NUMBERS_PAGE}:1")
    last = bot.slack.wait_for_modal(RUIZ, lambda view: "Page 2 of 2" in words_of(view))
    assert "– · 0 skills mastered · no practice yet" in words_of(last)
    assert "Accuracy by week" in words_of(last)
    assert "Students by accuracy\n60 to 69 %: 6" in words_of(last)
    bot.slack.click(RUIZ, last, f"{Action.NUMBERS_PAGE}:0")
    bot.slack.wait_for_modal(RUIZ, lambda view: "Page 1 of 2" in words_of(view))


def test_whoever_opens_the_numbers_of_a_class_is_audited(bot: Bot) -> None:
    bot.slack.click(RUIZ, asked_class(bot), Action.NUMBERS)
    bot.slack.wait_for_modal(RUIZ, lambda view: "Students by accuracy" in words_of(view))
    with bot.session_factory() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.purpose == "numbers")).all()
    assert [(one.class_id, one.student_id) for one in entries] == [(bot.school.maths, None)]


def test_the_numbers_are_those_of_the_days_that_are_shown(bot: Bot) -> None:
    report = asked(bot, "/class-report", "7d")
    bot.slack.click(RUIZ, report, Action.NUMBERS)
    bot.slack.wait_for_modal(RUIZ, lambda view: "7 students · last 7 days" in words_of(view))


def test_a_class_that_is_no_longer_taught_has_no_numbers_to_show(bot: Bot) -> None:
    report = asked_class(bot)
    bot.school.leave_all_classes(bot.session_factory)
    bot.slack.click(RUIZ, report, Action.NUMBERS)
    bot.slack.wait_for_message(RUIZ, "", "None of your classes is that one.")
    assert bot.slack.modal(RUIZ) is None


def test_a_trigger_that_has_expired_is_explained(bot: Bot) -> None:
    report = asked(bot)
    bot.slack.faults.set("views.open", "error", code="expired_trigger_id")
    bot.slack.click(RUIZ, report, Action.ALL_SKILLS)
    words = "That took too long for Slack. Please try again."
    assert bot.slack.wait_for_message(RUIZ, "", words).ephemeral_for == RUIZ


def test_a_view_that_slack_does_not_take_is_explained(bot: Bot) -> None:
    report = asked(bot)
    bot.slack.faults.set("views.open", "drop")
    bot.slack.click(RUIZ, report, Action.ALL_SKILLS)
    assert bot.slack.wait_for_message(RUIZ, "", "Slack did not answer.").ephemeral_for == RUIZ


@pytest.mark.parametrize("action", [Action.ALL_SKILLS, Action.REPORT_RANGE])
def test_a_student_who_left_the_class_is_out_of_reach(bot: Bot, action: Action) -> None:
    report = asked(bot)
    value = entry(report, "7d") if action is Action.REPORT_RANGE else None
    bot.school.leave_all_classes(bot.session_factory)
    bot.slack.click(RUIZ, report, action, value)
    bot.slack.wait_for_message(RUIZ, "", "None of your students is that one.")
    assert reports(bot) == [report]


def test_what_is_sent_later_is_checked_again(bot: Bot) -> None:
    bot.slack.faults.set("conversations.open", "ratelimited", retry_after=1)
    bot.ask("/student-report", "maya")
    bot.school.leave_all_classes(bot.session_factory)
    told = bot.slack.wait_for_message(RUIZ, "", "None of your students is that one.")
    assert "Maya" not in full_text(told)


def test_a_button_of_another_version_is_explained(bot: Bot) -> None:
    report = asked(bot)
    for block in report.blocks:
        for element in block.get("elements", []):
            if element.get("action_id") == Action.ALL_SKILLS:
                element["value"] = "student=Maya"
    bot.slack.click(RUIZ, report, Action.ALL_SKILLS)
    bot.slack.wait_for_message(RUIZ, "", "That button is from an older version of me.")


def test_a_report_is_never_edited_into_a_channel(bot: Bot) -> None:
    report = asked(bot)
    shared = bot.share(report)
    bot.slack.choose(RUIZ, shared, Action.REPORT_RANGE, entry(report, "7d"))
    assert "last 7 days" in full_text(bot.report(after=report.ts))
    assert shared.text == "shared"


def test_nobody_else_can_use_a_reports_buttons(bot: Bot) -> None:
    report, of_class = asked(bot), asked_class(bot)
    for user in ("U0MOSS", "U0NOBODY", "U0GUEST"):
        assert bot.slack.suggest(user, of_class, Action.CLASS_STUDENT).options == []
        bot.slack.click(user, report, Action.ALL_SKILLS)
        bot.slack.click(user, of_class, Action.NUMBERS)
        bot.slack.choose(user, report, Action.REPORT_RANGE, entry(report, "custom"))
        bot.slack.choose(user, report, Action.REPORT_RANGE, entry(report, "7d"))
        assert bot.slack.modal(user) is None
        assert reports(bot, user) == []
    assert "last 30 days" in full_text(report)
