"""A message to a student in Slack: delivered, read, answered, taken back."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from handlers.ids import Action, Modal
from interventions.messages import message_outcomes, send_message
from interventions.outcomes import State
from sandbox import full_text
from school.errors import InvalidInput
from school.models import (
    AuditEntry,
    CardCopy,
    ClassTeacher,
    Delivery,
    DeliveryState,
    Student,
    StudentReply,
    User,
)
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ
from tests.handlers.students.support import (
    FOR_STUDENT,
    FOR_TEACHER,
    LEO,
    WORDS,
    arrived,
    in_thread,
    intervention,
    replies,
    row,
    shows,
    stands,
    user_id,
    write,
)

SICK = "Sorry, I was sick. I'll practice today!"


def state(bot: Bot, message_id: int) -> State:
    done = intervention(bot, message_id)
    with bot.session_factory() as session:
        return message_outcomes(session, [done], bot.clock())[done.id].state


def delivery_state(bot: Bot, message_id: int) -> str:
    number = row(bot, message_id).delivery_id
    with bot.session_factory() as session:
        return session.get_one(Delivery, (bot.school.workspace_id, number)).state


def closes(bot: Bot, message_id: int) -> None:
    bot.slack.wait_until(lambda: delivery_state(bot, message_id) == DeliveryState.CLOSED)
    assert stands(bot, LEO) == []


def test_a_message_says_who_wrote_in_the_students_own_messages(bot: Bot) -> None:
    number = write(bot)
    message = arrived(bot)
    assert message.text == FOR_STUDENT  # what a lock screen shows names nobody
    words = full_text(message).replace("\n", "")
    assert "Message from Ms Ruiz · Grade 5 MathsHi Leo, how are you?" in words
    assert state(bot, number) is State.SENT
    assert row(bot, number).read_at is None  # that it stands there is not that it was read
    with bot.session_factory() as session:
        leo = session.get_one(Student, bot.school.students["Leo Park"])
        assert (leo.slack_channel, leo.slack_channel_of) == (message.channel, LEO)
        purposes = select(AuditEntry.purpose).order_by(AuditEntry.id)
        assert session.scalars(purposes).first() == "message"


def test_got_it_is_read_by_a_click_once_and_the_message_and_card_show_it(bot: Bot) -> None:
    number = write(bot)
    message = arrived(bot)
    assert bot.slack.click(LEO, message, Action.MESSAGE_READ).ok
    shows(bot, LEO, "You have read this")
    first = row(bot, number).read_at
    assert (row(bot, number).read_by, row(bot, number).is_read) == ("click", True)
    assert bot.slack.click(LEO, message, Action.ANSWER_MESSAGE).ok  # the old message, once more
    assert row(bot, number).read_at == first
    assert state(bot, number) is State.READ
    assert "Got it" not in stands(bot, LEO)[0]
    shows(bot, RUIZ, "opened")


def test_an_answer_in_the_form_reaches_the_teacher_once(bot: Bot) -> None:
    number = write(bot)
    message = arrived(bot)
    assert bot.slack.click(LEO, message, Action.ANSWER_MESSAGE).ok
    bot.slack.wait_until(lambda: bot.slack.modal(LEO) is not None)
    form = bot.slack.modal(LEO)
    assert form is not None and form.body["callback_id"] == Modal.STUDENT_ANSWER
    empty = bot.slack.submit(LEO, values={Action.STUDENT_ANSWER: "   "})
    assert empty.field_errors == {Action.STUDENT_ANSWER: "Write your answer."}
    outcome = bot.slack.submit(LEO, values={Action.STUDENT_ANSWER: SICK})
    assert outcome.view is not None
    assert "Ms Ruiz has your answer." in str(outcome.view.blocks)
    told = bot.slack.wait_for_message(RUIZ, "", FOR_TEACHER)
    assert SICK in full_text(told) and "Leo Park" in full_text(told)
    assert "Leo" not in told.text
    shows(bot, LEO, "You answered")
    assert (replies(bot), state(bot, number)) == ([SICK], State.REPLIED)
    shows(bot, RUIZ, f"Answer: “{SICK}”")


def test_what_is_written_to_the_bot_answers_the_latest_message(bot: Bot) -> None:
    write(bot, "The first of two.")
    first = arrived(bot)
    number = write(bot, "The second of two.")
    arrived(bot, after=first.ts)
    bot.slack.say(LEO, first.channel, "<b> & *so* on, see https://a.test/x?y=1")
    told = bot.slack.wait_for_message(RUIZ, "", FOR_TEACHER)
    assert "The second of two." in full_text(told)
    assert replies(bot) == ["<b> & *so* on, see https://a.test/x?y=1"]  # as it was written
    assert row(bot, number).read_by == "reply"
    shows(bot, LEO, "Your answer went to")


def test_a_thread_answers_its_own_message_and_slacks_retry_is_none(bot: Bot) -> None:
    number = write(bot, "The first of two.")
    first = arrived(bot)
    write(bot, "The second of two.")
    arrived(bot, after=first.ts)
    payload = in_thread(bot, first, SICK)
    bot.slack.wait_for_message(RUIZ, "", FOR_TEACHER)
    bot.slack.send_event(payload, "message.im", LEO)  # the same event again
    payload["event_id"] = "Ev0OTHER"  # and the same message as another event
    bot.slack.send_event(payload, "message.im", LEO)
    bot.outbox.wake()
    with bot.session_factory() as session:
        assert session.scalars(select(StudentReply.message_id)).all() == [number]
    shows(bot, LEO, "Your answer went to")
    assert sum(FOR_TEACHER in one for one in stands(bot, RUIZ)) == 1


def test_files_do_not_go_along_and_too_much_is_sent_back(bot: Bot) -> None:
    write(bot)
    message = arrived(bot)
    files = {"subtype": "file_share", "files": [{"id": "F1"}]}
    in_thread(bot, message, "", **files)
    shows(bot, LEO, "your teacher has not got what you attached")
    in_thread(bot, message, "x" * 4001)
    shows(bot, LEO, "too long for me to pass on")
    assert replies(bot) == []
    in_thread(bot, message, SICK, **files)
    shows(bot, LEO, "what you attached has stayed here")
    assert replies(bot) == [SICK]
    in_thread(bot, message, SICK, subtype="message_changed")
    assert replies(bot) == [SICK]


def test_without_a_message_a_student_is_told_in_their_own_words(bot: Bot) -> None:
    where = bot.slack.workspace.direct_messages(LEO).id
    bot.slack.say(LEO, where, "hello?")
    shows(bot, LEO, "To answer one, click Reply below it")
    assert "/homeroom" not in "".join(stands(bot, LEO))


def test_a_file_of_nobodys_is_greeted_by_nothing(bot: Bot) -> None:
    write(bot)
    message = arrived(bot)
    in_thread(bot, message, "", subtype="file_share", files=[{"id": "F1"}], user="U0BOT")
    bot.outbox.wake()
    with bot.session_factory() as session:
        assert session.scalars(select(Delivery).where(Delivery.kind == "greeting")).all() == []
    assert replies(bot) == []


def test_taken_back_in_time_it_never_arrives_and_its_card_says_so(bot: Bot) -> None:
    number = write(bot, wait=30)
    shows(bot, RUIZ, "Take back")
    bot.slack.wait_until(lambda: bool(card_copy(bot).message_ts))
    copy = card_copy(bot)
    messages = bot.slack.workspace.visible(RUIZ, str(copy.channel))
    card = next(one for one in messages if one.ts == copy.message_ts)
    assert bot.slack.click(RUIZ, card, Action.TAKE_BACK).ok
    shows(bot, RUIZ, "Message taken back")
    bot.clock.ahead += timedelta(seconds=31)
    bot.outbox.wake()
    assert stands(bot, LEO) == []
    assert state(bot, number) is State.TAKEN_BACK
    assert intervention(bot, number).withdrawn_at is not None


def card_copy(bot: Bot) -> CardCopy:
    with bot.session_factory() as session:
        return session.scalars(select(CardCopy)).one()


def test_it_does_not_go_once_the_student_is_switched_off(bot: Bot) -> None:
    number = write(bot, wait=30)
    with bot.session_factory.begin() as session:
        session.get_one(Student, bot.school.students["Leo Park"]).is_active = False
    bot.clock.ahead += timedelta(seconds=31)
    bot.outbox.wake()
    closes(bot, number)


def test_it_does_not_go_once_the_teacher_does_not_teach_the_student(bot: Bot) -> None:
    number = write(bot, wait=30)
    with bot.session_factory.begin() as session:
        session.execute(delete(ClassTeacher))
    bot.clock.ahead += timedelta(seconds=31)
    bot.outbox.wake()
    closes(bot, number)


def test_an_account_of_a_teacher_and_a_student_at_once_gets_nothing(bot: Bot) -> None:
    number = write(bot, wait=30)
    with bot.session_factory.begin() as session:
        session.get_one(User, user_id(bot, "U0MOSS")).slack_user_id = LEO
    bot.clock.ahead += timedelta(seconds=31)
    bot.outbox.wake()
    closes(bot, number)


def test_an_answer_after_the_teacher_lost_the_student_is_kept_and_not_shown(bot: Bot) -> None:
    write(bot)
    message = arrived(bot)
    with bot.session_factory.begin() as session:
        session.execute(delete(ClassTeacher))
    in_thread(bot, message, SICK)
    shows(bot, LEO, "Ms Ruiz does not teach you any more and does not get it")
    bot.slack.wait_until(lambda: notice_state(bot) == DeliveryState.CLOSED)
    assert replies(bot) == [SICK]
    assert FOR_TEACHER not in "".join(stands(bot, RUIZ))


def notice_state(bot: Bot) -> str | None:
    with bot.session_factory() as session:
        return session.scalar(select(Delivery.state).where(Delivery.kind == "student_reply"))


def test_without_slack_and_e_mail_the_teacher_is_told_that_there_is_no_way(bot: Bot) -> None:
    with pytest.raises(InvalidInput, match="no way to reach Sam O'Neil") as refused:
        write(bot, "Hi Sam", student="Sam O'Neil")
    assert refused.value.field == "student_id"


def test_the_same_draft_sends_once(bot: Bot) -> None:
    one = write(bot, key="draft:1")
    assert write(bot, key="draft:1") == one
    arrived(bot)
    with bot.session_factory() as session:
        query = select(Delivery).where(Delivery.kind == "student_message")
        assert len(session.scalars(query).all()) == 1


def test_nobody_else_can_answer_a_students_message(bot: Bot) -> None:
    write(bot)
    message = arrived(bot)
    for user in (RUIZ, "U0MOSS", "U0NOBODY", "U0GUEST"):
        bot.slack.click(user, message, Action.MESSAGE_READ)
    with bot.session_factory.begin() as session:
        session.get_one(Student, bot.school.students["Leo Park"]).slack_user_id = None
        session.get_one(Student, bot.school.students["Ana Ruiz"]).slack_user_id = LEO
    bot.slack.click(LEO, message, Action.MESSAGE_READ)
    with bot.session_factory() as session:
        assert session.scalars(select(StudentReply)).all() == []
    assert "You have read this" not in "".join(stands(bot, LEO))


def test_a_key_of_another_act_sends_nothing(bot: Bot) -> None:
    assert WORDS in row(bot, write(bot)).message
    with bot.session_factory() as session, pytest.raises(InvalidInput, match="still stands"):
        send_message(
            user_id(bot),
            bot.school.students["Leo Park"],
            "Hi [Student]",
            session=session,
            now=bot.clock(),
        )


def test_the_teacher_is_told_to_whom_a_message_could_not_be_sent(bot: Bot) -> None:
    number = write(bot, wait=30)
    with bot.session_factory.begin() as session:
        session.get_one(Student, bot.school.students["Leo Park"]).slack_user_id = None
    bot.clock.ahead += timedelta(seconds=31)
    bot.outbox.wake()
    shows(bot, RUIZ, "I could not send the message to Leo Park")
    assert state(bot, number) is State.NO_WAY
    shows(bot, RUIZ, "no way to reach them")
