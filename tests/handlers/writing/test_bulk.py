"""Writing to several students of a class: chosen, previewed one by one, left out, sent once."""

from typing import Any

import pytest
from sqlalchemy import delete, select

from handlers.ids import Action
from interventions.messages import send_message
from sandbox import View
from school.models import Enrolment, Student, User
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import add_colleague
from tests.handlers.school import RUIZ
from tests.handlers.writing.support import (
    block_with,
    changed,
    placed,
    reached_by,
    says,
    seen,
    send,
    sent,
    template,
    window,
)

TEXT, STUDENTS = Action.BULK_TEXT, Action.BULK_STUDENTS
EVERYBODY = ("Maya Okafor", "Leo Park", "Sam O'Neil", "Ana Ruiz")


def bulk(bot: Bot) -> View:
    """The form for Ms Ruiz's class, whose students are reached by e-mail, but for Ana Ruiz."""
    for name in EVERYBODY[:3]:
        reached_by(bot, name, email=f"{name.split()[0].lower()}@school.test")
    return window(bot, "message Grade 5 Maths")


def values(bot: Bot, *names: str) -> list[str]:
    return [f"student={bot.school.students[name]}" for name in names]


def preview(bot: Bot, text: str, *names: str) -> View:
    """Choose students and type a text; the form with what each will get."""
    typed = {STUDENTS: values(bot, *names), TEXT: text}
    return changed(bot, Action.BULK_PREVIEW, "page=0", **typed)


def test_of_a_class_without_students_it_is_said(bot: Bot) -> None:
    with bot.session_factory.begin() as session:
        session.execute(delete(Enrolment).where(Enrolment.class_id == bot.school.maths))
    assert "Grade 5 Maths has no students now" in says(window(bot, "message Grade 5 Maths"))


def test_each_gets_their_own_text_once_and_all_are_taken_back_together(bot: Bot) -> None:
    view = bulk(bot)
    typed: dict[str, Any] = {
        STUDENTS: values(bot, *EVERYBODY),
        TEXT: "Hi [Student], well done in [Class]!",
    }
    as_opened = view.body
    for _time in range(2):
        view.body = as_opened
        outcome = seen(bot, bot.slack.submit(RUIZ, view, typed))
        assert outcome.ok, outcome.field_errors
    said = says(outcome.view)
    assert "3 students will get your message in 30 seconds: 3 by e-mail." in said
    assert "Cannot be reached, and are left out: Ana Ruiz." in said
    assert sorted(one.message for one in sent(bot)) == [
        f"Hi {name}, well done in Grade 5 Maths!" for name in ("Leo", "Maya", "Sam")
    ]
    assert "Taken back." in says(changed(bot, Action.TAKE_BACK))


def test_the_preview_shows_each_and_some_can_be_left_out(bot: Bot) -> None:
    bulk(bot)
    view = preview(bot, "Hi *[Student]*!", *EVERYBODY)
    assert "As each of the 3 will see it" in says(view)
    assert "Leo Park · e-mail to l***@school.test" in says(view)
    assert "Cannot be reached, and are left out: Ana Ruiz." in says(view)
    leo = values(bot, "Leo Park")[0]
    view = changed(bot, f"{Action.BULK_LEAVE_OUT}:0", leo)
    assert "As each of the 2 will see it" in says(view)
    assert leo not in str(block_with(view, STUDENTS)["element"]["initial_options"])
    assert send(bot).ok
    assert len(sent(bot)) == 2


def test_who_sends_before_the_form_shows_that_somebody_is_left_out_sends_to_nobody(
    bot: Bot,
) -> None:
    bulk(bot)
    view = preview(bot, "Hi [Student]!", *EVERYBODY)
    shown, entered = view.body, {block: dict(held) for block, held in view.entered.items()}
    changed(bot, f"{Action.BULK_LEAVE_OUT}:0", values(bot, "Leo Park")[0])
    older = bot.slack.wait_for_modal(RUIZ)
    older.body, older.entered = shown, entered
    outcome = bot.slack.submit(RUIZ, older, {STUDENTS: values(bot, *EVERYBODY), TEXT: "Hi!"})
    [why] = outcome.field_errors.values()
    assert "You have just left Leo Park out." in why
    assert sent(bot) == []


def test_previews_come_in_pages(bot: Bot) -> None:
    bot.school.add_students(bot.session_factory, 7)
    with bot.session_factory.begin() as session:
        for one in session.scalars(select(Student)):
            one.email = f"s{one.id}@school.test"
    view = bulk(bot)
    every = [one["value"] for one in block_with(view, STUDENTS)["element"]["options"]]
    view = changed(bot, Action.BULK_PREVIEW, "page=0", **{STUDENTS: every, TEXT: "Hi [Student]"})
    assert "Page 1 of 3" in says(view)
    view = changed(bot, f"{Action.BULK_PREVIEW}:2", "page=1")
    assert "Page 2 of 3" in says(view)
    assert view.entered[block_with(view, TEXT)["block_id"]][TEXT] == "Hi [Student]"


@pytest.mark.parametrize(
    ("names", "text", "field", "words"),
    [
        (("Ana Ruiz",), "Hi", STUDENTS, "None of those chosen can be reached."),
        (("Leo Park",), "Hi [Streak]", TEXT, "Leo Park: [Streak]: Leo is on no streak"),
        (("Leo Park",), "Hi [Nobody]", TEXT, "Leo Park: [Nobody]: it is none of the placeholders"),
        (("Leo Park",), "\u200b", TEXT, "Leo Park: Write a message."),
    ],
)
def test_what_cannot_be_sent_lands_on_its_field_and_nobody_gets_anything(
    bot: Bot, names: tuple[str, ...], text: str, field: Action, words: str
) -> None:
    view = bulk(bot)
    outcome = send(bot, **{STUDENTS: values(bot, *names), TEXT: text})
    [(block, why)] = outcome.field_errors.items()
    assert (block.partition("|")[0], words in why) == (field, True), why
    assert view.entered[block_with(view, TEXT)["block_id"]][TEXT] == text
    assert sent(bot) == []


def test_templates_work_as_for_one_student(bot: Bot) -> None:
    bulk(bot)
    miss = template(bot, "Inactive - We miss you")
    view = changed(bot, Action.BULK_TEMPLATE, miss, **{STUDENTS: values(bot, "Leo Park")})
    assert placed(view, TEXT).startswith("Hey [Student], we miss you!")
    assert "Hey Leo, we miss you!" in says(view)
    great = template(bot, "Encouragement - Great job")
    view = changed(bot, Action.BULK_TEMPLATE, great, **{TEXT: "Mine."})
    assert "so I kept it" in says(view)
    view = changed(bot, Action.BULK_USE_TEMPLATE)
    assert placed(view, TEXT).startswith("Great job")


def test_a_report_leads_to_those_who_share_a_concern(bot: Bot) -> None:
    bulk(bot)
    bot.slack.close(RUIZ, everything=True)
    bot.ask("/class-report", "Grade 5 Maths")
    report = bot.report()
    [button] = [
        one
        for block in report.blocks
        for one in block.get("elements", ())
        if "act=message" in str(one.get("value"))
    ]
    assert button["text"]["text"].startswith("Message the ")
    assert bot.slack.click(RUIZ, report, button["action_id"]).ok
    view = bot.slack.wait_for_modal(RUIZ)
    assert view.body["title"]["text"] == "Message several"
    assert block_with(view, STUDENTS)["element"]["initial_options"]
    assert placed(view, TEXT)


def test_a_colleague_who_wrote_lately_is_named_at_that_student(bot: Bot) -> None:
    add_colleague(bot)
    with bot.session_factory.begin() as session:
        moss = session.scalars(select(User.id).where(User.slack_user_id == "U0MOSS")).one()
        leo = bot.school.students["Leo Park"]
        send_message(moss, leo, "Hi!", session=session, now=bot.clock())
    bulk(bot)
    view = preview(bot, "Hi [Student]!", *EVERYBODY)
    assert says(view).count("Mr Moss wrote to Leo today") == 1
