"""The same words by e-mail, for students who are not in Slack; and to whom nothing is sent."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.outgoing import Mail, NotYet, Obsolete
from handlers.deliveries import BUILDERS, MAILS
from interventions.tutoring import (
    Answer,
    answer_request,
    assign_peer_tutor,
    end_pair,
    log_session,
    mark_answer,
    resume_pair,
)
from school.mastery import Mastery
from school.models import (
    DailySkillProgress,
    Delivery,
    DeliveryState,
    Enrolment,
    Student,
    TutoringPair,
    User,
)
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ


@pytest.fixture
def asked(bot: Bot) -> Bot:
    """Maya, who has an address, is asked to help Sam, who has one too."""
    school = bot.school
    maya, sam = school.students["Maya Okafor"], school.students["Sam O'Neil"]
    with bot.session_factory.begin() as session:
        for one, address in ((maya, "maya@school.test"), (sam, "sam@school.test")):
            session.get_one(Student, one).email = address
        for row in session.scalars(
            select(DailySkillProgress).where(DailySkillProgress.student_id == maya)
        ):
            row.label = Mastery.MASTERED.value
        session.flush()
        assign_peer_tutor(ruiz(session), sam, maya, session=session, now=bot.clock(), skill_id=1)
    return bot


def ruiz(session: Session) -> int:
    return session.scalars(select(User.id).where(User.slack_user_id == RUIZ)).one()


def built(session: Session, bot: Bot, kind: str, to: str = "") -> Mail:
    """The mail of a kind as it would be sent now."""
    query = select(Delivery).where(Delivery.kind == kind)
    if to:
        query = query.where(Delivery.student_id == bot.school.students[to])
    return MAILS[kind](session, session.scalars(query).one(), bot.clock())


def test_the_request_asks_for_an_answer_and_names_no_figure(asked: Bot) -> None:
    with asked.session_factory() as session:
        mail = built(session, asked, "tutor_request_mail")
    assert mail.to == "maya@school.test"
    assert mail.subject == "A question from Ms Ruiz"
    assert "would you help Sam O. with Fractions?" in mail.text
    assert "reply to this e-mail: yes, not now, or that you would rather not" in mail.text
    assert mail.reply_to == f"{RUIZ}@school.test"
    assert "%" not in mail.text


def test_the_student_hears_of_the_yes_and_both_of_the_end(asked: Bot) -> None:
    with asked.session_factory.begin() as session:
        given: dict[str, Any] = {"session": session, "now": asked.clock()}
        pair = session.scalars(select(TutoringPair)).one()
        mark_answer(ruiz(session), pair.id, Answer.YES, **given)
        mail = built(session, asked, "tutoring_match_mail")
        assert mail.to == "sam@school.test"
        assert "Maya O. will help you with Fractions." in mail.text
        assert "there are 10 questions, until" in mail.text
        with pytest.raises(Obsolete):
            built(session, asked, "tutor_request_mail")
        for sent in session.scalars(select(Delivery).where(Delivery.student_id.is_not(None))):
            sent.state, sent.first_attempt_at = DeliveryState.SENT.value, asked.clock()
            sent.finished_at = asked.clock()
        log_session(ruiz(session), pair.id, **given)
        end_pair(ruiz(session), pair.id, **given)
        over = built(session, asked, "tutoring_over_mail", "Sam O'Neil")
        thanks = built(session, asked, "tutoring_over_mail", "Maya Okafor")
        assert "The tutoring by Maya O. in Fractions is over." in over.text
        assert "Thank you for your help!" in thanks.text
        resume_pair(ruiz(session), pair.id, **given)
        with pytest.raises(Obsolete):
            built(session, asked, "tutoring_over_mail", "Sam O'Neil")


def test_who_has_left_the_class_is_not_asked(asked: Bot) -> None:
    with asked.session_factory.begin() as session:
        sam = asked.school.students["Sam O'Neil"]
        enrolment = session.scalars(select(Enrolment).where(Enrolment.student_id == sam)).one()
        session.delete(enrolment)
        session.flush()
        with pytest.raises(Obsolete, match="no_access"):
            built(session, asked, "tutor_request_mail")
        gone = Delivery(workspace_id=asked.school.workspace_id, payload={"pair": 99_999})
        with pytest.raises(Obsolete, match="gone"):
            BUILDERS["tutor_request"](session, gone, asked.clock())


def test_an_answer_waits_for_a_school_day(asked: Bot) -> None:
    with asked.session_factory.begin() as session:
        pair = session.scalars(select(TutoringPair)).one()
        maya = session.get_one(Student, asked.school.students["Maya Okafor"])
        given: dict[str, Any] = {"session": session, "now": asked.clock()}
        answer_request(pair.id, maya, Answer.NO, **given)
        told = session.scalars(select(Delivery).where(Delivery.kind == "tutoring_answer")).one()
        saturday = asked.clock() + timedelta(days=12 - asked.clock().weekday())
        with pytest.raises(NotYet):
            BUILDERS[told.kind](session, told, saturday)
        pair.state = "ended"
        with pytest.raises(Obsolete):
            BUILDERS[told.kind](session, told, asked.clock())
