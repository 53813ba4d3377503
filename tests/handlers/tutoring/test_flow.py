"""Finding a tutor, from the form to sessions: asked once, answered once, without figures."""

from datetime import timedelta

from sqlalchemy import func, select, update

from handlers.codec import Ref
from handlers.ids import Action
from sandbox import Message, full_text
from school.models import (
    Assignment,
    AssignmentStudent,
    DailySkillProgress,
    Delivery,
    Intervention,
    PairState,
    Student,
    TutoringBar,
    TutoringPair,
)
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import press, says, words_in
from tests.handlers.school import RUIZ
from tests.handlers.tutoring.support import (
    CARD,
    GIVEN,
    LEO,
    MAYA,
    NEWS,
    ask,
    asked,
    click,
    field_of,
    form,
    offered,
    pairs,
    value_of,
    with_tutors,
)


def count(bot: Bot, table: type) -> int:
    with bot.session_factory() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def twice(bot: Bot, where: Message, button: str, words: str, user: str = RUIZ) -> None:
    """Click a button, wait for what comes of it, and click it as it stood before."""
    stale = [dict(block) for block in where.blocks]
    assert click(bot, where, button, user).ok
    says(bot, where, words)
    fresh = [dict(block) for block in where.blocks]
    where.blocks[:] = stale
    assert click(bot, where, button, user).ok
    where.blocks[:] = fresh


def test_the_form_names_those_who_can_help_and_nobodys_figures(bot: Bot) -> None:
    with_tutors(bot, "Maya Okafor", "Sam O'Neil")
    view = form(bot)
    said = words_in(view)
    assert view.body["title"]["text"] == "Tutor for Leo"
    assert sorted(offered(view)) == ["Maya Okafor", "Sam O'Neil"]
    assert "%" not in said
    assert "free for 3 more · asked in Slack" in str(view.blocks)
    assert "free for 3 more · you ask yourself" in str(view.blocks)
    assert "reads the name Leo P. and the skill, no figures" in said
    assert "%" not in str(view.blocks)


def test_who_is_asked_or_helps_already_is_said_and_another_can_be_asked(bot: Bot) -> None:
    with_tutors(bot, "Maya Okafor", "Sam O'Neil")
    assert "already" not in words_in(form(bot))
    ask(bot)
    assert "Maya Okafor is asked to help with this already." in words_in(form(bot))
    with bot.session_factory.begin() as session:
        session.get_one(TutoringPair, pairs(bot)[0].id).state = PairState.ACTIVE.value
    assert "Maya Okafor helps with this already." in words_in(form(bot))
    ask(bot, "Sam O'Neil")
    assert len(pairs(bot)) == 2


def test_another_skill_has_others_who_can_help(bot: Bot) -> None:
    with_tutors(bot, "Maya Okafor")
    leo = bot.school.students["Leo Park"]
    with bot.session_factory.begin() as session:
        row = DailySkillProgress
        mine = update(row).where(row.student_id == leo, row.skill_id == 2)
        session.execute(mine.values(label="in progress"))
    view = form(bot)
    assert offered(view) == ["Maya Okafor"]
    assert bot.slack.choose(RUIZ, view, Action.TUTOR_SKILL, "2").ok
    bot.slack.wait_until(lambda: len(offered(view)) == 3, what="those who can help with it")
    outcome = bot.slack.submit(RUIZ, view, {})
    assert outcome.ok, outcome.field_errors
    assert pairs(bot)[0].skill_id == 2


def test_with_nobody_to_ask_it_says_so_and_what_else_to_do(bot: Bot) -> None:
    view = form(bot)
    assert "I found nobody to ask" in words_in(view)
    assert "Give practice" in str(view.blocks)
    assert view.body.get("submit") is None


def test_from_asking_to_yes_practice_sessions_and_the_end(bot: Bot) -> None:
    with_tutors(bot, "Maya Okafor")
    card = ask(bot)
    says(bot, card, "Maya Okafor will be asked in Slack to help Leo with Fractions.")
    says(bot, card, "Take back")
    given = asked(bot)
    said = full_text(given)
    assert "would you help Leo P. with Fractions? You are good at it" in said.replace("\n", "")
    assert "%" not in said
    assert "Maya" not in given.text
    twice(bot, given, "Yes, I'll help", "You help. Thank you!", MAYA)
    news = bot.slack.wait_for_message(RUIZ, "", NEWS)
    assert "Maya Okafor will help Leo Park with Fractions." in full_text(news).replace("\n", "")
    says(bot, card, "Maya Okafor helps Leo with Fractions.")
    says(bot, card, "Practice: 0 of 10")
    says(bot, card, "No session logged yet.")
    assert (count(bot, Assignment), count(bot, AssignmentStudent)) == (1, 1)
    assert count(bot, Intervention) == 1
    bot.clock.ahead += timedelta(seconds=40)
    told = full_text(bot.slack.wait_for_message(LEO, "", GIVEN)).replace("\n", "")
    assert "Maya O. will help you with Fractions" in told
    assert "there are 10 questions, until" in told
    twice(bot, card, "Log a session", "1 session, the last")
    bot.slack.wait_until(
        lambda: any("logged already" in full_text(one) for one in bot.slack.messages(RUIZ)),
        what="that it is logged already",
    )
    click(bot, card, "Undo the last session")
    says(bot, card, "No session logged yet.")
    click(bot, card, "Log a session")
    says(bot, card, "1 session, the last")
    says(bot, card, "Fractions: too little to compare yet")
    click(bot, card, "End")
    says(bot, card, "Maya Okafor helped Leo with Fractions.")
    says(bot, card, "completed")
    click(bot, card, "Go on together")
    says(bot, card, "Maya Okafor helps Leo with Fractions.")


def test_sent_twice_it_is_asked_once(bot: Bot) -> None:
    with_tutors(bot, "Maya Okafor")
    view = form(bot)
    as_opened = view.body
    for _time in range(2):
        view.body = as_opened
        outcome = bot.slack.submit(
            RUIZ, view, {Action.TUTOR_CANDIDATE.value: value_of(bot, "Maya Okafor")}
        )
        assert outcome.ok, outcome.field_errors
        assert "Leo Park's tutoring is in your messages with me." in words_in(outcome.view)
    bot.slack.wait_for_message(RUIZ, "", CARD)
    asked(bot)
    bot.outbox.drain_once()
    assert len(pairs(bot)) == 1
    assert len([one for one in bot.slack.messages(MAYA) if one.text == GIVEN]) == 1
    assert len([one for one in bot.slack.messages(RUIZ) if one.text == CARD]) == 1


def test_what_cannot_be_lands_on_its_field(bot: Bot) -> None:
    with_tutors(bot, "Maya Okafor", "Sam O'Neil")
    view = form(bot)
    field, maya = field_of(view), bot.school.students["Maya Okafor"]
    with bot.session_factory.begin() as session:
        session.execute(update(Student).where(Student.id == maya).values(may_tutor=False))
    outcome = bot.slack.submit(
        RUIZ, view, {Action.TUTOR_CANDIDATE.value: value_of(bot, "Maya Okafor")}
    )
    assert "has asked not to be asked" in outcome.field_errors[field]
    [radio] = [block for block in view.blocks if block["block_id"] == field]
    himself = value_of(bot, "Leo Park")
    radio["element"]["options"][0]["value"] = himself  # which no form of ours offers
    outcome = bot.slack.submit(RUIZ, view, {Action.TUTOR_CANDIDATE.value: himself})
    assert "cannot tutor themselves" in outcome.field_errors[field]
    assert offered(form(bot)) == ["Sam O'Neil"]
    assert pairs(bot) == []


def test_a_no_is_told_and_somebody_else_is_offered(bot: Bot) -> None:
    with_tutors(bot, "Maya Okafor", "Sam O'Neil")
    card = ask(bot)
    given = asked(bot)
    assert click(bot, given, "Please don't ask me again", MAYA).ok
    says(bot, given, "I won't ask you again.")
    news = bot.slack.wait_for_message(RUIZ, "", NEWS)
    said = full_text(news).replace("\n", "")
    assert "cannot help Leo Park with Fractions just now and would rather not be asked" in said
    says(bot, card, "Maya Okafor has asked not to be asked again.")
    assert bot.slack.messages(LEO) == []
    assert count(bot, Assignment) == 0
    click(bot, news, "Ask somebody else")
    assert offered(bot.slack.wait_for_modal(RUIZ)) == ["Sam O'Neil"]
    bot.slack.close(RUIZ, everything=True)
    menu = next(
        one
        for block in card.blocks
        for one in block.get("elements", [])
        if one.get("type") == "overflow"
    )
    again = next(one["value"] for one in menu["options"] if "again" in one["value"])
    assert bot.slack.choose(RUIZ, card, menu["action_id"], again).ok
    bot.slack.wait_until(lambda: "not to be asked" not in full_text(card), what="the change")
    with bot.session_factory() as session:
        assert session.get_one(Student, bot.school.students["Maya Okafor"]).may_tutor


def test_taken_back_nobody_hears_of_it_and_undone_later_both_do(bot: Bot) -> None:
    with_tutors(bot, "Maya Okafor")
    card = ask(bot)
    press(bot, card, Action.TAKE_BACK)
    says(bot, card, "Tutoring taken back")
    assert pairs(bot)[0].state == "ended"
    card = ask(bot)
    given = asked(bot)
    assert len(bot.slack.messages(MAYA)) == 1
    click(bot, given, "Yes, I'll help", MAYA)
    says(bot, card, "helps Leo")
    bot.clock.ahead += timedelta(seconds=40)
    told = bot.slack.wait_for_message(LEO, "", GIVEN)
    press(bot, card, Action.UNDO_INTERVENTION)
    says(bot, card, "Tutoring taken back")
    over = bot.slack.wait_for_message(LEO, "", GIVEN, after=told.ts)
    assert "the tutoring by Maya O. in Fractions is over" in full_text(over).replace("\n", "")
    thanks = bot.slack.wait_for_message(MAYA, "", GIVEN, after=given.ts)
    assert "Thank you for your help!" in full_text(thanks)
    with bot.session_factory() as session:
        assert session.scalars(select(Assignment)).one().withdrawn_at is not None


def test_without_a_way_the_teacher_asks_and_notes_the_answer(bot: Bot) -> None:
    with_tutors(bot, "Sam O'Neil")
    card = ask(bot, "Sam O'Neil")
    says(bot, card, "There is no way for me to ask Sam O'Neil")
    click(bot, card, "Yes, they will")
    says(bot, card, "Sam O'Neil helps Leo with Fractions.")
    assert count(bot, Assignment) == 1


def test_two_who_are_not_to_be_put_together(bot: Bot) -> None:
    with_tutors(bot, "Maya Okafor")
    card = ask(bot)
    given = asked(bot)
    says(bot, card, "Yes, they will")
    ref = Ref(pair=pairs(bot)[0].id, form="bar").encode()
    assert bot.slack.choose(RUIZ, card, f"{Action.TUTORING}:9", ref).ok
    says(bot, card, "These two are not to be put together.")
    says(bot, given, "This is over. Thank you!")
    assert "I found nobody to ask" in words_in(form(bot))
    bot.slack.close(RUIZ, everything=True)
    click(bot, card, "Undo: allow these two")
    bot.slack.wait_until(lambda: "put together" not in full_text(card), what="the undo")
    assert count(bot, TutoringBar) == 0
    assert offered(form(bot)) == ["Maya Okafor"]


def test_a_tutor_who_has_gone_is_not_asked(bot: Bot) -> None:
    with_tutors(bot, "Maya Okafor")
    card = ask(bot)
    with bot.session_factory.begin() as session:
        maya = session.get_one(Student, bot.school.students["Maya Okafor"])
        maya.may_tutor = False
    bot.clock.ahead += timedelta(seconds=40)
    bot.outbox.drain_once()
    says(bot, card, "could not be sent")
    assert bot.slack.messages(MAYA) == []
    with bot.session_factory() as session:
        sent = session.scalars(select(Delivery).where(Delivery.kind == "tutor_request")).one()
    assert sent.error == "not_to_be_asked"


def test_nobody_else_answers_for_the_tutor(bot: Bot) -> None:
    with_tutors(bot, "Maya Okafor")
    ask(bot)
    given = asked(bot)
    click(bot, bot.share(given), "Yes, I'll help", LEO)
    click(bot, bot.share(given), "Yes, I'll help", RUIZ)
    assert pairs(bot)[0].state == "asked"
