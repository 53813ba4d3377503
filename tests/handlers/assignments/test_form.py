"""The form of an assignment in Slack: filled in, refused on its fields, made once."""

from typing import Any

from sqlalchemy import delete, update

from handlers.codec import Ref
from handlers.ids import Act, Action, Modal
from handlers.views.blocks import actions, button
from sandbox import Message, full_text
from school.days import local_day
from school.models import DailySkillProgress, Holiday, Student
from tests.handlers.assignments.support import (
    CARD,
    ZONE,
    assign,
    assignments,
    form,
    monday,
)
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import elements, press, says, words_in
from tests.handlers.school import RUIZ


def group_form(bot: Bot, skill: int) -> Any:
    """The form that a button for everyone who needs a skill opens."""
    ref = Ref(act=Act.ASSIGN.value, class_id=bot.school.maths, skill=skill)
    blocks = [actions(button("Assign", Action.ACT, ref.encode()), block_id="acts")]
    workspace = bot.slack.workspace
    words = (workspace.new_ts(), "C0GENERAL", "U0BOT", "button")
    message = workspace.post(Message(*words, blocks, from_app=True))
    assert bot.slack.click(RUIZ, message, Action.ACT).ok
    return bot.slack.wait_for_modal(RUIZ)


def test_the_form_opens_with_what_is_struggled_with(bot: Bot) -> None:
    view = form(bot)
    shown = elements(view, "assignment")
    assert view.body["title"]["text"] == "Practice for Leo"
    assert shown[Action.ASSIGNMENT_TITLE] == "Targeted Practice - Fractions, Ratio"
    ticked = [one["text"]["text"] for one in shown[Action.ASSIGNMENT_SKILLS]]
    assert ticked == ["Fractions", "Ratio"]
    assert shown[Action.ASSIGNMENT_COUNT] == "15"
    assert "needs work: 57 % of 70 questions in 20 school days" in words_in(view)
    assert "Leo Park hears of it by Slack" in words_in(view)


def test_retitled_it_is_made_once_however_often_it_is_sent(bot: Bot) -> None:
    view = form(bot)
    as_opened = view.body
    title = "Division & Fractions Practice"
    values = {"assignment_title": title, "assignment_due": f"{monday(bot):%Y-%m-%d}"}
    for _time in range(2):
        view.body = as_opened  # The first submission has put its answer there.
        outcome = bot.slack.submit(RUIZ, view, values)
        assert outcome.ok, outcome.field_errors
        assert "Leo Park's assignment is in your messages with me." in words_in(outcome.view)
    card = bot.slack.wait_for_message(RUIZ, "", CARD)
    assert "Leo" not in card.text
    assert f"“{title}”" in full_text(card)
    assert "0 of 15 · due" in full_text(card)
    bot.outbox.drain_once()
    [made] = assignments(bot)
    assert (made.title, made.question_count) == (title, 15)
    assert len(bot.slack.messages(RUIZ)) == 1


def top(bot: Bot) -> str:
    """What the modal on top says."""
    return words_in(bot.slack.modal(RUIZ))


def test_the_preview_is_what_the_student_will_read_and_the_form_keeps_what_was_typed(
    bot: Bot,
) -> None:
    view = form(bot)
    title = Action.ASSIGNMENT_TITLE.value
    bot.slack.enter(RUIZ, view, {title: {title: "Two kinds of halves"}})
    assert bot.slack.click(RUIZ, view, Action.ASSIGNMENT_PREVIEW).ok
    bot.slack.wait_until(lambda: "As Leo Park will see it" in top(bot), what="it")
    shown = top(bot)
    assert "has some practice for you" in shown
    assert "Two kinds of halves" in shown
    assert "15 questions" in shown
    assert "57 %" not in shown
    bot.slack.close(RUIZ)
    assert bot.slack.submit(RUIZ, bot.slack.wait_for_modal(RUIZ), {}).ok
    assert [one.title for one in assignments(bot)] == ["Two kinds of halves"]


def test_what_cannot_be_lands_on_its_field_and_nothing_is_lost(bot: Bot) -> None:
    holiday = monday(bot).date()
    with bot.session_factory.begin() as session:
        where = {"workspace_id": bot.school.workspace_id}
        session.add(Holiday(**where, day=holiday, name="Founders' day"))
    view = form(bot)
    today = local_day(bot.clock(), ZONE)
    for values, field, words in (
        ({"assignment_due": "2020-01-01"}, Action.ASSIGNMENT_DUE, "has passed"),
        ({"assignment_due": f"{holiday}"}, Action.ASSIGNMENT_DUE, "no school day (Founders' day)."),
        ({"assignment_due": f"{today.year + 3}-02-02"}, Action.ASSIGNMENT_DUE, "a year ahead"),
        ({"assignment_skills": []}, Action.ASSIGNMENT_SKILLS, "required field"),
        ({"assignment_title": "x" * 201}, Action.ASSIGNMENT_TITLE, "has 201 characters"),
        ({"assignment_count": "101"}, Action.ASSIGNMENT_COUNT, "at most 100"),
    ):
        outcome = bot.slack.submit(RUIZ, view, values)
        assert words in outcome.field_errors[field]
        kept = bot.slack.modal(RUIZ)
        assert kept is not None
        assert kept.body["title"]["text"] == "Practice for Leo"
        view = form(bot)
    assert assignments(bot) == []


def test_a_forged_student_gets_the_words_of_nobody(bot: Bot) -> None:
    said = set()
    for student in (bot.school.students["Mia Olsen"], 99_999):
        view = form(bot)
        ref = Ref.decode(view.body["private_metadata"])
        forged = Ref(student=student, class_id=ref.class_id, draft=ref.draft)
        view.body["private_metadata"] = forged.encode()
        outcome = bot.slack.submit(RUIZ, view, {"assignment_due": f"{monday(bot):%Y-%m-%d}"})
        said |= set(outcome.field_errors.values())
    assert said == {"None of your students is that one."}
    assert assignments(bot) == []


def test_with_nothing_struggling_it_says_so_and_offers_all_skills(bot: Bot) -> None:
    with bot.session_factory.begin() as session:
        session.execute(update(DailySkillProgress).values(label="mastered", correct=5))
    view = form(bot)
    assert "Nothing stands out as hard just now" in words_in(view)
    assert elements(view)[Action.ASSIGNMENT_SKILLS] is None
    card = assign(bot, assignment_skills=["1"])
    assert "“Targeted Practice” · Fractions" in full_text(card)


def test_without_any_practice_there_is_nothing_to_choose(bot: Bot) -> None:
    with bot.session_factory.begin() as session:
        session.execute(delete(DailySkillProgress))
        session.execute(update(Student).values(slack_user_id=None))
    view = form(bot)
    assert "No skill is practised in this class yet" in words_in(view)
    assert "There is no way for me to tell Leo Park" in words_in(view)
    outcome = bot.slack.submit(RUIZ, view, {})
    assert "Choose at least one skill." in str(outcome.field_errors)


def test_more_skills_than_boxes_stand_in_a_menu(bot: Bot) -> None:
    bot.school.add_skills(bot.session_factory, "Leo Park", 30)
    view = form(bot)
    more = next(one for one in view.blocks if one.get("block_id") == Action.ASSIGNMENT_MORE)
    chosen = more["element"]["options"][0]
    card = assign(bot, assignment_more=[chosen["value"]])
    assert chosen["text"]["text"] in full_text(card)


def test_it_opens_empty_where_that_is_asked_for(bot: Bot) -> None:
    for view in (form(bot, "Leo Park empty"), form(bot, "Leo Park EMPTY")):
        assert view.body["title"]["text"] == "Practice for Leo"
        assert elements(view)[Action.ASSIGNMENT_SKILLS] is None
        assert elements(view)[Action.ASSIGNMENT_TITLE] == "Targeted Practice"
        assert "Nothing stands out" not in words_in(view)
    asked = form(bot, "empty")
    assert asked.body["callback_id"] == Modal.FOR_WHOM
    [leo] = bot.slack.suggest(RUIZ, asked, Action.CHOOSE_STUDENT, "Leo").options
    outcome = bot.slack.submit(RUIZ, asked, {Action.CHOOSE_STUDENT.value: leo["value"]})
    assert outcome.view is not None
    assert elements(outcome.view)[Action.ASSIGNMENT_SKILLS] is None


def test_without_a_name_it_asks_for_whom(bot: Bot) -> None:
    view = form(bot, "")
    assert view.body["title"]["text"] == "Practice"
    assert view.body["callback_id"] == Modal.FOR_WHOM


def test_several_get_it_at_once_and_some_may_be_left_out(bot: Bot) -> None:
    view = group_form(bot, 1)
    everyone = elements(view)[Action.ASSIGNMENT_STUDENTS]
    names = [one["text"]["text"] for one in everyone]
    assert view.body["title"]["text"] == f"Practice for {len(names)}"
    assert "Leo Park" in names
    assert "Ana Ruiz" not in names  # who has not practised
    outcome = bot.slack.submit(
        RUIZ,
        view,
        {
            "assignment_due": f"{monday(bot):%Y-%m-%d}",
            "assignment_students": [one["value"] for one in everyone[:2]],
        },
    )
    assert outcome.ok, outcome.field_errors
    card = bot.slack.wait_for_message(RUIZ, "", CARD)
    said = full_text(card)
    assert "2 students · Practice assigned" in said.replace("\n", "")
    assert "0 of 2 done" in said
    assert "There was no way for me to tell" in said
    bot.outbox.drain_once()
    assert len([one for one in bot.slack.messages(RUIZ) if one.text == CARD]) == 1
    press(bot, card, Action.UNDO_INTERVENTION)
    says(bot, card, "Practice taken back")
    assert "2 students · Practice taken back" in full_text(card).replace("\n", "")


def test_where_nobody_needs_the_skill_any_more_it_says_so(bot: Bot) -> None:
    view = group_form(bot, 4)
    assert "Nobody in this class needs work on that skill just now." in words_in(view)
