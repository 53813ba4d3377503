"""The question after a meeting, answered, noted, undone; and what a teacher sets for themselves."""

import pytest
from sqlalchemy import select

from handlers.ids import Action
from sandbox import full_text
from school.models import Timer, User
from school.preferences import MEETING_REMINDERS, QUIET_HOURS, preference
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import (
    any_time,
    asked,
    at_noon,
    elements,
    meetings,
    press,
    says,
    schedule,
    shows,
    timed,
    told,
    zoned,
)
from tests.handlers.school import RUIZ
from tests.handlers.test_actions import words_of


def test_the_question_is_answered_with_one_click_and_undone(bot: Bot) -> None:
    card = schedule(bot)
    question = asked(bot)
    assert "Did the meeting with Maya Okafor take place?" in full_text(question)
    assert "Maya" not in question.text
    press(bot, question, Action.MEETING_HELD)
    says(bot, question, "noted by you")
    says(bot, card, "Took place · ")
    assert meetings(bot)[0].status == "held"
    press(bot, question, Action.REOPEN_OUTCOME)
    says(bot, question, "take place?")
    assert meetings(bot)[0].status == "scheduled"


def test_notes_are_kept_with_the_answer_and_stand_on_the_next_prep_card(bot: Bot) -> None:
    schedule(bot)
    question = asked(bot)
    press(bot, question, Action.ADD_OUTCOME_NOTES)
    view = bot.slack.wait_for_modal(RUIZ)
    assert "It took place" in words_of(view)
    assert bot.slack.submit(RUIZ, view, {"outcome_notes": "Reads at home now."}).ok
    says(bot, question, "Reads at home now.")
    assert meetings(bot)[0].status == "held"
    later = schedule(bot, **at_noon(bot, 3))
    press(bot, later, Action.PREP_CARD)
    shows(bot, "Reads at home now.")


def test_notes_that_are_too_long_land_on_their_field(bot: Bot) -> None:
    schedule(bot)
    press(bot, asked(bot), Action.ADD_OUTCOME_NOTES)
    view = bot.slack.wait_for_modal(RUIZ)
    outcome = bot.slack.submit(RUIZ, view, {"outcome_notes": "x" * 2001})
    assert "2000" in outcome.field_errors[Action.OUTCOME_NOTES]


def test_what_did_not_take_place_is_scheduled_again(bot: Bot) -> None:
    schedule(bot, "Maya parents for 45 minutes", meeting_place="Room 12")
    question = asked(bot)
    press(bot, question, Action.MEETING_MISSED)
    says(bot, question, "did not take place")
    press(bot, question, Action.MEET_AGAIN)
    view = bot.slack.wait_for_modal(RUIZ)
    shown = elements(view)
    assert shown[Action.MEETING_PLACE] == "Room 12"
    assert shown[Action.MEETING_MINUTES]["value"] == "45"
    assert shown[Action.MEETING_TYPE]["value"] == "parent_conference"
    assert bot.slack.submit(RUIZ, any_time(bot, view), at_noon(bot)).ok
    assert [one.status for one in meetings(bot)] == ["missed", "scheduled"]


def test_a_stale_answer_says_who_was_first(bot: Bot) -> None:
    schedule(bot)
    question = asked(bot)
    stale = [dict(block) for block in question.blocks]
    press(bot, question, Action.MEETING_HELD)
    says(bot, question, "noted by you")
    question.blocks[:] = stale
    press(bot, question, Action.MEETING_MISSED)
    told(bot, "Already answered for by you")
    press(bot, question, Action.ADD_OUTCOME_NOTES)
    assert meetings(bot)[0].status == "held"


def set_up(bot: Bot, **values: str) -> str:
    """Send the settings off; what is said of it."""
    assert bot.slack.command(RUIZ, "#general", "/homeroom", "settings").ok
    outcome = bot.slack.submit(RUIZ, bot.slack.wait_for_modal(RUIZ), values)
    assert outcome.ok, outcome.field_errors
    said = words_of(outcome.view)
    assert "Saved." in said
    return said


def own(bot: Bot, key: str) -> object:
    with bot.session_factory() as session:
        user = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
        return preference(session, user.id, key)


def test_only_what_moves_reminders_is_said_to_move_them(bot: Bot) -> None:
    follow = "The reminders of your meetings to come follow it."
    assert follow not in set_up(bot, digest_time="06:45")
    bot.slack.close(RUIZ)
    assert follow in set_up(bot, quiet_from="18:30")


def test_settings_show_what_holds_and_are_kept(bot: Bot) -> None:
    zoned(bot, "Europe/London")
    bot.ask("/class-report")
    bot.report()
    assert bot.slack.command(RUIZ, "#general", "/homeroom", "settings").ok
    view = bot.slack.wait_for_modal(RUIZ)
    shown = elements(view)
    assert shown[Action.FIRST_REMINDER]["value"] == "1440"
    assert shown[Action.LAST_REMINDER]["value"] == "15"
    assert (shown[Action.QUIET_FROM], shown[Action.QUIET_TO]) == ("20:00", "07:00")
    assert "London time" in words_of(view)
    bot.slack.close(RUIZ)
    set_up(bot, first_reminder="2880", last_reminder="0", quiet_from="18:30", quiet_to="08:00")
    assert own(bot, MEETING_REMINDERS) == {"minutes": [2880]}
    assert own(bot, QUIET_HOURS) == {"from": "18:30", "to": "08:00"}
    bot.slack.close(RUIZ)
    bot.slack.command(RUIZ, "#general", "/homeroom", "settings")
    shown = elements(bot.slack.wait_for_modal(RUIZ))
    assert shown[Action.FIRST_REMINDER]["value"] == "2880"
    assert shown[Action.LAST_REMINDER]["value"] == "0"
    assert shown[Action.QUIET_FROM] == "18:30"


def leads(bot: Bot) -> set[str]:
    """The reminders that are to come, by their lead."""
    with bot.session_factory() as session:
        query = select(Timer).where(Timer.job == "meeting_reminder", Timer.state == "waiting")
        return {one.occasion.split(":")[1] for one in session.scalars(query)}


def test_meetings_that_were_made_follow_the_settings(bot: Bot) -> None:
    schedule(bot, **at_noon(bot, 6))
    assert leads(bot) == {"1440", "15"}
    set_up(bot, first_reminder="60", last_reminder="5")
    assert leads(bot) == {"60", "5"}
    bot.slack.close(RUIZ)
    set_up(bot, first_reminder="0", last_reminder="0")
    assert leads(bot) == set()


@pytest.mark.parametrize("user", ["U0GUEST", "U0NOBODY", "U0LEO"])
def test_who_is_no_teacher_sets_nothing_and_meets_nobody(bot: Bot, user: str) -> None:
    for words in ("settings", "meet Maya", "meet"):
        answer = bot.ask("/homeroom", words, user=user)
        assert "Okafor" not in full_text(answer)
    assert bot.slack.modal(user) is None


def test_a_form_of_a_student_out_of_reach_makes_nothing(bot: Bot) -> None:
    view = timed(bot)
    bot.school.leave_all_classes(bot.session_factory)
    outcome = bot.slack.submit(RUIZ, view, at_noon(bot))
    assert "None of your students" in next(iter(outcome.field_errors.values()))
    assert meetings(bot) == []
