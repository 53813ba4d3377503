"""The form of a meeting: what was typed, who may come, and what stays as it was entered."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from handlers.ids import Action
from sandbox import full_text
from school.models import Student
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import (
    add_guardian,
    any_time,
    at_noon,
    elements,
    form,
    meetings,
    shows,
    time_in,
)
from tests.handlers.school import RUIZ
from tests.handlers.test_actions import words_of


def test_the_form_opens_with_what_was_typed(bot: Bot) -> None:
    add_guardian(bot, "Ada Okafor", "ada@home.test")
    view = form(bot, "maya okafor 2030-03-05 2pm for 45 minutes parents")
    shown = elements(view)
    assert shown[Action.MEETING_DAY] == "2030-03-05"
    assert time_in(view) == "14:00"
    assert shown[Action.MEETING_MINUTES]["value"] == "45"
    assert shown[Action.MEETING_TYPE]["value"] == "parent_conference"
    assert [one["text"]["text"] for one in shown[Action.MEETING_INVITED]] == ["Ada Okafor"]
    words = words_of(view)
    assert "Maya Okafor" in words
    assert "guardian, e-mail to a***@home.test" in words
    assert "ada@home.test" not in words


def test_without_a_time_the_form_holds_the_next_school_day_and_half_an_hour(bot: Bot) -> None:
    view = form(bot)
    shown = elements(view)
    assert time_in(view) == "15:00"
    assert shown[Action.MEETING_MINUTES]["value"] == "30"
    assert shown[Action.MEETING_DAY] > (bot.clock() - timedelta(days=1)).date().isoformat()


def test_a_time_of_today_that_has_passed_is_one_of_the_next_school_day(bot: Bot) -> None:
    shown = elements(form(bot, "Maya 0:00"))
    assert shown[Action.MEETING_DAY] > (bot.clock() - timedelta(hours=30)).date().isoformat()


def test_today_without_a_time_is_the_next_half_hour(bot: Bot) -> None:
    view = form(bot, "Maya today")
    shown = elements(view)
    here = bot.clock().astimezone(ZoneInfo("America/New_York"))
    assert time_in(view)[-3:] in (":00", ":15", ":30", ":45")
    assert shown[Action.MEETING_DAY] in (
        here.date().isoformat(),
        (here - timedelta(minutes=1)).date().isoformat(),
    )


def test_a_time_that_is_still_to_come_is_one_of_today(bot: Bot) -> None:
    shown = elements(form(bot, "Maya 23:59"))
    here = bot.clock().astimezone(ZoneInfo("America/New_York"))
    is_today = shown[Action.MEETING_DAY] == here.date().isoformat()
    assert is_today or here.strftime("%H:%M") >= "23:58"
    assert shown[Action.MEETING_TIME] == "23:59"


def test_what_was_not_understood_stands_above_the_form(bot: Bot) -> None:
    view = form(bot, "Maya 5/6 about reading")
    assert "I left out “about reading”" in words_of(view)
    view = form(bot, "Maya 5/6")
    assert "“5/6” may be two days. Please choose which." in words_of(view)


def test_who_is_called_like_a_day_is_found_by_the_whole_name(bot: Bot) -> None:
    with bot.session_factory.begin() as session:
        student = session.get_one(Student, bot.school.students["Ana Ruiz"])
        student.given_name, student.family_name = "Maya", "Sun"
    assert "Maya Sun" in words_of(form(bot, "Maya Sun 14:30"))
    assert "Maya Okafor" in words_of(form(bot, "Maya Okafor Sun 14:30"))


def test_one_of_several_is_chosen_and_keeps_the_time(bot: Bot) -> None:
    answer = bot.ask("/homeroom", "meet alex 2030-03-05 14:30 soon")
    assert "Several of your students fit" in full_text(answer)
    bot.slack.click(RUIZ, answer, f"{Action.PICK_REPORT}:0")
    view = bot.slack.wait_for_modal(RUIZ)
    assert elements(view)[Action.MEETING_DAY] == "2030-03-05"
    assert time_in(view) == "14:30"
    assert "I could not read all that you typed about the time." in words_of(view)


def test_nobody_of_that_name_is_told_with_the_nearest(bot: Bot) -> None:
    answer = bot.ask("/homeroom", "meet Maja Okaforr tomorrow 14:30")
    assert "None of your students is called Maja Okaforr." in full_text(answer)
    other = bot.ask("/homeroom", "meet Ben Stone Fri 14:30")
    assert "None of your students is called Ben Stone." in full_text(other)


def test_what_stands_before_or_behind_a_name_does_not_hide_it(bot: Bot) -> None:
    early = bot.ask("/homeroom", "meet tomorrow 14:30 Maja Okaforr")
    assert "called Maja Okaforr. Did you mean \nMaya Okafor" in full_text(early)
    late = bot.ask("/homeroom", "meet Maya whenever 14:30")
    assert "called Maya whenever. Did you mean \nMaya Okafor" in full_text(late)
    assert "Maya Okafor" in words_of(form(bot, "Fri 14:30 with Maya's parents in room 12"))


def test_help_says_how(bot: Bot) -> None:
    assert "/homeroom meet Maya tomorrow 14:30" in full_text(bot.ask("/homeroom", "meet help"))
    assert "quiet hours" in full_text(bot.ask("/homeroom", "settings help"))


def test_without_a_name_the_student_is_chosen_in_the_form(bot: Bot) -> None:
    add_guardian(bot, "Ada Okafor", "ada@home.test")
    add_guardian(bot, "Obi Okafor")
    view = form(bot, "Fri 14:30 soon")
    assert "choose a student first" in words_of(view)
    assert bot.slack.submit(RUIZ, view).field_errors
    offered = bot.slack.suggest(RUIZ, view, Action.MEETING_STUDENT, "may").options
    entered = {"meeting_place": {"meeting_place": "Room 12"}}
    bot.slack.choose(RUIZ, view, Action.MEETING_STUDENT, offered[0]["value"], entered=entered)
    view = bot.slack.wait_for_modal(RUIZ)
    shows(bot, "Ada Okafor")
    assert "Obi Okafor (guardian)" in words_of(bot.slack.modal(RUIZ))
    assert "I could not tell when “soon” is." in words_of(bot.slack.modal(RUIZ))
    any_time(bot, bot.slack.wait_for_modal(RUIZ))
    outcome = bot.slack.submit(RUIZ, None, at_noon(bot))
    assert outcome.ok, outcome.field_errors
    assert meetings(bot)[0].location == "Room 12"


def test_another_type_ticks_others_and_keeps_what_was_entered(bot: Bot) -> None:
    add_guardian(bot, "Ada Okafor", "ada@home.test")
    view = form(bot)
    assert elements(view)[Action.MEETING_INVITED] is None
    entered = {"meeting_notes": {"meeting_notes": "Reading"}}
    bot.slack.choose(RUIZ, view, Action.MEETING_TYPE, "parent_conference", entered=entered)
    bot.slack.wait_until(
        lambda: elements(bot.slack.wait_for_modal(RUIZ))[Action.MEETING_INVITED] is not None
    )
    assert elements(bot.slack.wait_for_modal(RUIZ))[Action.MEETING_NOTES] == "Reading"
