"""What comes of an assignment: the student is told, practises and completes it, or need not."""

from datetime import timedelta

from sqlalchemy import select, update

from handlers.ids import Action
from sandbox import full_text
from school.deliveries import enqueue
from school.models import AssignmentStudent, Delivery, Feed, User
from tests.handlers.assignments.support import (
    CARD,
    GIVEN,
    LEO,
    NEWS,
    assign,
    assignments,
    monday,
    practised,
    tick,
    wait_until_told,
)
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import press, says
from tests.handlers.school import RUIZ


def to_a_school_morning(bot: Bot) -> None:
    """A coming Monday at ten, when teachers may be told things."""
    ten = monday(bot).replace(hour=10, minute=0, second=0, microsecond=0)
    bot.clock.ahead += ten - bot.clock()


def test_the_student_is_told_kindly_and_says_that_they_have_read_it(bot: Bot) -> None:
    card = assign(bot, assignment_title="Division & Fractions Practice")
    says(bot, card, "Take back")
    given = wait_until_told(bot)
    said = full_text(given)
    assert "Hi Leo, Ms Ruiz has some practice for you: " in said
    assert "Division & Fractions Practice" in said
    assert "15 questions · until Mon" in said
    assert "%" not in said
    assert "Leo" not in given.text
    stale = [dict(block) for block in given.blocks]
    assert bot.slack.click(LEO, given, Action.GOT_ASSIGNMENT).ok
    says(bot, given, "You have read this. Good luck!")
    says(bot, card, "opened")
    with bot.session_factory() as session:
        seen = session.scalars(select(AssignmentStudent)).one().seen_at
    given.blocks[:] = stale
    assert bot.slack.click(LEO, given, Action.GOT_ASSIGNMENT).ok
    with bot.session_factory() as session:
        assert session.scalars(select(AssignmentStudent)).one().seen_at == seen is not None


def test_nobody_else_says_it_for_the_student(bot: Bot) -> None:
    assign(bot)
    given = wait_until_told(bot)
    bot.slack.click(RUIZ, bot.share(given), Action.GOT_ASSIGNMENT)
    with bot.session_factory() as session:
        assert session.scalars(select(AssignmentStudent)).one().seen_at is None


def test_taken_back_within_the_half_minute_nobody_hears_of_it(bot: Bot) -> None:
    card = assign(bot)
    press(bot, card, Action.TAKE_BACK)
    says(bot, card, "Practice taken back")
    bot.clock.ahead += timedelta(seconds=40)
    bot.outbox.drain_once()
    assert bot.slack.messages(LEO) == []
    assert assignments(bot)[0].withdrawn_at is not None


def test_undone_later_the_student_hears_that_it_is_not_needed(bot: Bot) -> None:
    card = assign(bot)
    given = wait_until_told(bot)
    says(bot, card, "Undo")
    press(bot, card, Action.UNDO_INTERVENTION)
    says(bot, card, "Practice taken back")
    after = bot.slack.wait_for_message(LEO, "", GIVEN, after=given.ts)
    assert "you do not need to do " in full_text(after)


def test_the_card_follows_practice_and_completion_is_told_once_without_a_claim(bot: Bot) -> None:
    to_a_school_morning(bot)
    card = assign(bot)
    practised(bot, 6, 4)
    tick(bot)
    says(bot, card, "6 of 15, 4 right · due Mon")
    assert NEWS not in {one.text for one in bot.slack.messages(RUIZ)}
    practised(bot, 15, 11, done=True)
    tick(bot)
    news = bot.slack.wait_for_message(RUIZ, "", NEWS)
    said = full_text(news)
    assert "Leo Park completed “Targeted Practice - Fractions, Ratio”" in said
    assert ": 15 questions, 11 right" in said
    assert "A rise alone does not say that the practice did it." in said
    assert "questions in the 10 school days before), after 73 %" in said
    says(bot, card, "completed")
    says(bot, card, "15 questions, 11 right (73 %)")
    practised(bot, 18, 13)
    tick(bot)
    says(bot, card, "18 questions (15 were set), 13 right (72 %)")
    assert len([one for one in bot.slack.messages(RUIZ) if one.text == NEWS]) == 1


def test_news_keep_out_of_quiet_hours(bot: Bot) -> None:
    to_a_school_morning(bot)
    assign(bot)
    bot.clock.ahead += timedelta(hours=12)  # ten in the evening
    practised(bot, 15, 11, done=True)
    tick(bot)
    bot.outbox.drain_once()
    assert NEWS not in {one.text for one in bot.slack.messages(RUIZ)}
    bot.clock.ahead += timedelta(hours=10)
    tick(bot)
    assert bot.slack.wait_for_message(RUIZ, "", NEWS)


def test_overdue_is_told_once_and_only_when_practice_up_to_then_is_known(bot: Bot) -> None:
    to_a_school_morning(bot)
    card = assign(bot)
    practised(bot, 6, 4)
    bot.clock.ahead += timedelta(days=8)
    tick(bot)
    says(bot, card, "was due Mon")
    says(bot, card, "(practice up to then is not in yet)")
    assert NEWS not in {one.text for one in bot.slack.messages(RUIZ)}
    with bot.session_factory.begin() as session:
        session.execute(update(Feed).values(data_through=bot.clock()))
    bot.clock.ahead += timedelta(hours=7)
    for _time in range(2):
        tick(bot)
    news = bot.slack.wait_for_message(RUIZ, "", NEWS)
    assert "Leo Park has not completed" in full_text(news)
    assert "6 of 15 · was due" in full_text(news)
    says(bot, card, "overdue")
    assert len([one for one in bot.slack.messages(RUIZ) if one.text == NEWS]) == 1


def test_a_group_is_told_of_together(bot: Bot) -> None:
    to_a_school_morning(bot)
    assign(bot)
    made = assignments(bot)[0]
    with bot.session_factory.begin() as session:
        maya = AssignmentStudent(
            assignment_id=made.id, student_id=bot.school.students["Maya Okafor"]
        )
        first = session.scalars(select(AssignmentStudent)).one()
        maya.workspace_id, maya.intervention_id = made.workspace_id, first.intervention_id
        session.add(maya)
    practised(bot, 15, 11, done=True)
    tick(bot)
    said = full_text(bot.slack.wait_for_message(RUIZ, "", NEWS))
    assert "2 students completed" in said
    assert "Leo Park (11 of 15 right) and Maya Okafor (11 of 15 right)" in said
    assert "2 of 2 have completed it." in said


def test_news_of_who_is_no_student_of_theirs_any_more_are_not_told(bot: Bot) -> None:
    assign(bot)
    made = assignments(bot)[0]
    bot.school.leave_all_classes(bot.session_factory)
    with bot.session_factory.begin() as session:
        ruiz = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
        payload = {"assignment": made.id, "what": "done", "students": [2]}
        told = enqueue(
            "assignment_notice",
            payload,
            session=session,
            workspace_id=made.workspace_id,
            unique_key="news",
            recipient_id=ruiz.id,
            channel=None,
            now=bot.clock(),
        )
        key = (told.workspace_id, told.id)
    bot.outbox.wake()

    def is_finished() -> bool:
        with bot.session_factory() as session:
            return session.get_one(Delivery, key).finished_at is not None

    bot.slack.wait_until(is_finished, what="the end of the news")
    assert "Leo" not in "".join(full_text(one) for one in bot.slack.messages(RUIZ)[1:])


def test_the_half_minute_is_the_settings(bot: Bot) -> None:
    assign(bot)
    with bot.session_factory() as session:
        told = session.scalars(select(Delivery).where(Delivery.student_id.is_not(None))).one()
    assert told.due_at - told.created_at == timedelta(seconds=bot.services.settings.take_back)
    assert CARD not in {one.text for one in bot.slack.messages(LEO)}
