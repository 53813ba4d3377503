"""Modals: the custom range and the picker; a submission counts once, errors land on their field."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from handlers.ids import Action, Kind
from sandbox import View, full_text
from school.models import Delivery
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ
from tests.handlers.test_actions import asked, asked_class, chosen, entry, words_of
from tests.handlers.test_commands import reports

TODAY = date.today()  # noqa: DTZ011 - the school's day may be yesterday: tests use whole weeks


def iso(days_ago: int) -> str:
    return (TODAY - timedelta(days=days_ago)).isoformat()


def custom_range(bot: Bot) -> View:
    """The modal with two date pickers, opened from Maya's report."""
    report = asked(bot)
    bot.slack.choose(RUIZ, report, Action.REPORT_RANGE, entry(report, "custom"))
    return bot.slack.wait_for_modal(RUIZ)


def picker(bot: Bot, text: str = "") -> View:
    """The modal that picks a student."""
    assert bot.slack.command(RUIZ, "#general", "/student-report", text).ok
    return bot.slack.wait_for_modal(RUIZ)


def deliveries(bot: Bot) -> int:
    """What was asked for; that its picture is deleted in time is no answer to anybody."""
    asked = select(Delivery).where(Delivery.kind.in_(list(Kind)))
    with bot.session_factory() as session:
        return len(session.scalars(asked).all())


def test_two_dates_change_the_report_in_place(bot: Bot) -> None:
    view = custom_range(bot)
    report = reports(bot)[0]
    outcome = bot.slack.submit(RUIZ, view, {"first_day": iso(20), "last_day": iso(10)})
    assert outcome.ok
    assert outcome.view is None
    bot.slack.wait_until(lambda: "days" not in chosen(report))
    assert reports(bot) == [report]


def test_the_pickers_begin_with_the_days_that_are_shown(bot: Bot) -> None:
    report = asked(bot, text=f"maya {iso(20)}..{iso(10)}")
    bot.slack.choose(RUIZ, report, Action.REPORT_RANGE, entry(report, "custom"))
    view = bot.slack.wait_for_modal(RUIZ)
    assert [block["element"]["initial_date"] for block in view.blocks] == [iso(20), iso(10)]


@pytest.mark.parametrize(
    ("first", "last", "errors"),
    [
        (iso(10), iso(20), {"last_day": "The last day is before the first."}),
        (iso(10), iso(-7), {"last_day": "That day has not come yet."}),
        (iso(-7), iso(-7), {"first_day": "That day has not come yet."}),
        ("0001-01-01", iso(1), {"first_day": "Choose a day since 1970."}),
    ],
)
def test_errors_land_on_their_field(
    bot: Bot, first: str, last: str, errors: dict[str, str]
) -> None:
    view = custom_range(bot)
    outcome = bot.slack.submit(RUIZ, view, {"first_day": first, "last_day": last})
    assert outcome.field_errors == errors
    assert outcome.view is view
    assert bot.slack.submit(RUIZ, view, {"first_day": iso(20), "last_day": iso(10)}).ok


def test_closing_the_pickers_leaves_the_report_as_it_was(bot: Bot) -> None:
    view = custom_range(bot)
    report = reports(bot)[0]
    menus = report.blocks[-1]["block_id"]
    bot.clock.ahead = timedelta(seconds=2)
    assert bot.slack.close(RUIZ, view).ok
    bot.slack.wait_until(lambda: report.blocks[-1]["block_id"] != menus)
    assert chosen(report) == "30 days"
    assert reports(bot) == [report]


def test_closing_pickers_that_were_opened_elsewhere_changes_nothing(bot: Bot) -> None:
    report = asked(bot)
    shared = bot.share(report)
    bot.slack.choose(RUIZ, shared, Action.REPORT_RANGE, entry(report, "custom"))
    saved = deliveries(bot)
    assert bot.slack.close(RUIZ, bot.slack.wait_for_modal(RUIZ)).ok
    assert deliveries(bot) == saved


def test_a_submission_counts_once(bot: Bot) -> None:
    view = custom_range(bot)
    saved = deliveries(bot)
    for _time in range(2):
        assert bot.slack.submit(RUIZ, view, {"first_day": iso(20), "last_day": iso(10)}).ok
    assert deliveries(bot) == saved + 1


def test_a_class_report_has_a_custom_range_too(bot: Bot) -> None:
    report = asked_class(bot)
    bot.slack.choose(RUIZ, report, Action.REPORT_RANGE, entry(report, "custom"))
    view = bot.slack.wait_for_modal(RUIZ)
    bot.slack.submit(RUIZ, view, {"first_day": iso(20), "last_day": iso(20)})
    bot.slack.wait_until(lambda: "days" not in chosen(report))


def test_without_words_a_student_is_picked(bot: Bot) -> None:
    view = picker(bot)
    offered = bot.slack.suggest(RUIZ, view, Action.CHOOSE_STUDENT, "maya")
    assert [one["text"]["text"] for one in offered.options] == ["Maya Okafor"]
    bot.slack.choose(RUIZ, view, Action.CHOOSE_STUDENT, offered.options[0]["value"])
    outcome = bot.slack.submit(RUIZ, view, {"choose_range": "60d"})
    assert "Maya Okafor's report is in your messages with me." in words_of(outcome.view)
    assert "last 60 days" in full_text(bot.report())


def test_a_range_alone_stands_in_the_picker(bot: Bot) -> None:
    view = picker(bot, "45d")
    menu = view.blocks[1]["element"]
    assert menu["initial_option"]["text"]["text"] == "45 days"
    assert len(menu["options"]) == 7


def test_a_picked_student_is_sent_once(bot: Bot) -> None:
    view = picker(bot)
    student = bot.slack.suggest(RUIZ, view, Action.CHOOSE_STUDENT, "maya").options[0]["value"]
    as_opened = view.body
    for _time in range(2):
        view.body = as_opened  # The first submission has put its answer there.
        bot.slack.submit(RUIZ, view, {"choose_student": student})
    bot.report()
    assert deliveries(bot) == 1


def test_a_student_out_of_reach_cannot_be_picked(bot: Bot) -> None:
    view = picker(bot)
    student = bot.slack.suggest(RUIZ, view, Action.CHOOSE_STUDENT, "maya").options[0]["value"]
    bot.school.leave_all_classes(bot.session_factory)
    outcome = bot.slack.submit(RUIZ, view, {"choose_student": student})
    assert outcome.field_errors == {"choose_student": "None of your students is that one."}
    assert deliveries(bot) == 0


def test_an_unusable_range_opens_no_picker(bot: Bot) -> None:
    assert "A range has at least one day" in full_text(bot.ask("/student-report", "0d"))
    assert bot.slack.modal(RUIZ) is None


def test_a_picker_that_slack_does_not_open_is_explained(bot: Bot) -> None:
    bot.slack.faults.set("views.open", "error", code="expired_trigger_id")
    bot.slack.command(RUIZ, "#general", "/student-report")
    told = bot.slack.wait_for_message(RUIZ, "#general", "That took too long for Slack.")
    assert told.ephemeral_for == RUIZ
