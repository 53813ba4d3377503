"""A pair at work: answers, sessions, its end, and what is known of practice before and since."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.views.tutoring.tutoring import followed_words
from interventions.outcomes import State
from interventions.standing import outcomes_of
from interventions.tutoring import (
    Answer,
    allow_again,
    answer_request,
    bar_pair,
    end_pair,
    log_session,
    mark_answer,
    pair_view,
    resume_pair,
    unbar_pair,
    undo_session,
)
from interventions.tutoring.comparing import Followed, followed
from interventions.undoing import undo_intervention
from school.errors import Conflict, NotAllowed, NotFound
from school.mastery import Mastery
from school.models import Assignment, Delivery, Intervention, TutoringPair, User
from tests.interventions.staff import NOW
from tests.interventions.tutoring.classmates import Classmates


@pytest.fixture
def pair(mates: Classmates, session: Session) -> TutoringPair:
    """Ida helps Leo."""
    made = mates.ask("Ida Moon")
    answer_request(made.id, mates.student("Ida Moon"), Answer.YES, session=session, now=NOW)
    return made


def state_of(session: Session, pair: TutoringPair) -> State:
    done = session.get_one(Intervention, pair.intervention_id)
    return outcomes_of(session, [done], NOW)[done.id].state


def days(session: Session, pair: TutoringPair) -> tuple[date, ...]:
    return pair_view(pair, session=session).days


def test_a_yes_sets_ten_questions_as_a_part_of_the_tutoring(
    mates: Classmates, session: Session, pair: TutoringPair
) -> None:
    made = session.scalars(select(Assignment)).one()
    assert (made.id, made.title, made.question_count) == (
        pair.assignment_id,
        "Tutoring - Fractions",
        10,
    )
    assert len(session.scalars(select(Intervention)).all()) == 1
    kinds = session.scalars(select(Delivery.kind).where(Delivery.student_id == mates.staff.leo))
    assert list(kinds) == ["tutoring_match_mail"]
    answer_request(pair.id, mates.student("Ida Moon"), Answer.YES, session=session, now=NOW)
    assert len(session.scalars(select(Assignment)).all()) == 1
    with pytest.raises(Conflict):
        answer_request(pair.id, mates.student("Ida Moon"), Answer.NO, session=session, now=NOW)
    with pytest.raises(NotFound):
        answer_request(pair.id, mates.student("Max Reed"), Answer.YES, session=session, now=NOW)
    assert state_of(session, pair) is State.RUNNING


def test_how_it_stands_before_a_yes_is_nothing_that_can_have_helped(
    mates: Classmates, session: Session
) -> None:
    asked, without = mates.ask("Ida Moon"), mates.ask("Max Reed")
    assert (state_of(session, asked), state_of(session, without)) == (State.WAITING, State.NO_WAY)
    request = session.scalars(select(Delivery).where(Delivery.student_id.is_not(None))).one()
    request.state, request.finished_at = "failed", NOW
    assert state_of(session, asked) is State.FAILED
    ida = mates.student("Ida Moon")
    answer_request(asked.id, ida, Answer.NEVER, session=session, now=NOW)
    assert (state_of(session, asked), ida.may_tutor) == (State.DECLINED, False)
    allow_again(mates.staff.ruiz, asked.id, session=session, now=NOW)
    assert ida.may_tutor
    with pytest.raises(Conflict):
        mark_answer(mates.staff.ruiz, asked.id, Answer.YES, session=session, now=NOW)


def test_where_the_student_has_gone_a_yes_ends_it(mates: Classmates, session: Session) -> None:
    made = mates.ask("Ida Moon")
    session.get_one(User, mates.staff.ruiz).is_active = False
    answer_request(made.id, mates.student("Ida Moon"), Answer.YES, session=session, now=NOW)
    assert (made.state, made.assignment_id) == ("ended", None)
    with pytest.raises(Conflict):
        answer_request(made.id, mates.student("Ida Moon"), Answer.YES, session=session, now=NOW)


def test_a_day_has_one_session_and_the_last_can_be_undone(
    mates: Classmates, session: Session, pair: TutoringPair
) -> None:
    ruiz, today = mates.staff.ruiz, date(2026, 11, 16)
    assert log_session(ruiz, pair.id, session=session, now=NOW)
    assert not log_session(ruiz, pair.id, session=session, now=NOW + timedelta(hours=1))
    assert log_session(ruiz, pair.id, session=session, now=NOW + timedelta(days=1))
    assert days(session, pair) == (today, today + timedelta(days=1))
    undo_session(ruiz, pair.id, session=session, now=NOW)
    assert days(session, pair) == (today,)
    undo_session(ruiz, pair.id, session=session, now=NOW)
    assert log_session(ruiz, pair.id, session=session, now=NOW)
    undo_session(ruiz, pair.id, session=session, now=NOW)
    with pytest.raises(Conflict):
        undo_session(ruiz, pair.id, session=session, now=NOW)


def test_only_who_arranged_it_changes_it_and_to_others_it_is_absent(
    mates: Classmates, session: Session, pair: TutoringPair
) -> None:
    with pytest.raises(NotAllowed):
        log_session(mates.staff.moss, pair.id, session=session, now=NOW)
    for teacher, number in ((mates.staff.gray, pair.id), (mates.staff.ruiz, 99_999)):
        with pytest.raises(NotFound, match="None of your requests"):
            end_pair(teacher, number, session=session, now=NOW)


def test_it_ends_and_goes_on_within_the_room_that_there_is(
    mates: Classmates, session: Session, pair: TutoringPair
) -> None:
    ruiz = mates.staff.ruiz
    log_session(ruiz, pair.id, session=session, now=NOW)
    for _time in range(2):
        end_pair(ruiz, pair.id, session=session, now=NOW)
    assert state_of(session, pair) is State.COMPLETED
    with pytest.raises(Conflict):
        log_session(ruiz, pair.id, session=session, now=NOW)
    for name in ("Max Reed", "Pia Song", "Tom Vale"):
        last = mates.ask("Ida Moon", student=mates.ids[name])
    with pytest.raises(Conflict, match="no room"):
        resume_pair(ruiz, pair.id, session=session, now=NOW)
    last.state = "ended"
    for _time in range(2):
        resume_pair(ruiz, pair.id, session=session, now=NOW)
    assert (pair.state, pair.ended_at) == ("active", None)
    bar_pair(ruiz, pair.id, session=session, now=NOW)
    with pytest.raises(Conflict, match="put together"):
        resume_pair(ruiz, pair.id, session=session, now=NOW)
    unbar_pair(ruiz, pair.id, session=session, now=NOW)
    resume_pair(ruiz, pair.id, session=session, now=NOW)


def test_who_heard_nothing_or_that_it_is_over_hears_that_it_goes_on(
    mates: Classmates, session: Session, pair: TutoringPair
) -> None:
    def told() -> list[tuple[str, str]]:
        query = select(Delivery.kind, Delivery.state).where(Delivery.student_id == mates.staff.leo)
        return [(kind, state) for kind, state in session.execute(query.order_by(Delivery.id))]

    def goes() -> None:
        query = select(Delivery).where(
            Delivery.state == "waiting", Delivery.student_id.is_not(None)
        )
        for one in session.scalars(query):
            one.state, one.first_attempt_at = "sent", NOW
        session.flush()

    ruiz, match, over = mates.staff.ruiz, "tutoring_match_mail", "tutoring_over_mail"
    end_pair(ruiz, pair.id, session=session, now=NOW)
    resume_pair(ruiz, pair.id, session=session, now=NOW)
    assert told() == [(match, "closed"), (match, "waiting")]
    goes()
    end_pair(ruiz, pair.id, session=session, now=NOW)
    resume_pair(ruiz, pair.id, session=session, now=NOW)  # before they have heard of the end
    assert told()[2:] == [(over, "waiting")]
    goes()
    end_pair(ruiz, pair.id, session=session, now=NOW)
    goes()
    resume_pair(ruiz, pair.id, session=session, now=NOW)
    assert told()[3:] == [(over, "sent"), (match, "waiting")]


def test_undone_the_practice_is_withdrawn_and_nothing_counts(
    mates: Classmates, session: Session, pair: TutoringPair
) -> None:
    number = pair.intervention_id or 0
    undo_intervention(mates.staff.ruiz, number, session=session, now=NOW)
    assert session.scalars(select(Assignment)).one().withdrawn_at == NOW
    assert (pair.state, state_of(session, pair)) == ("ended", State.TAKEN_BACK)
    with pytest.raises(Conflict):
        log_session(mates.staff.ruiz, pair.id, session=session, now=NOW)
    with pytest.raises(Conflict):
        answer_request(pair.id, mates.student("Ida Moon"), Answer.YES, session=session, now=NOW)


def test_before_and_since_are_facts_with_what_they_rest_on(
    mates: Classmates, session: Session, pair: TutoringPair
) -> None:
    mates.room.practised(
        mates.staff.leo, mates.fractions, 20, 15, Mastery.IN_PROGRESS, date(2026, 11, 16)
    )
    found = followed(pair, session=session, now=NOW + timedelta(days=2))
    assert found == Followed(30, 14, 20, 15)
    assert followed_words(found, "Fractions") == (
        "Fractions: before 47 % (30 questions in the 10 school days before), since then 75 % "
        "(20 questions). A rise alone does not say that the tutoring did it."
    )
    fell = followed_words(Followed(30, 24, 20, 10), "Fractions")
    assert "Such a change alone does not say what the tutoring did." in fell
    few = followed_words(Followed(3, 1, 20, 10), "Fractions")
    assert few == (
        "Fractions: too little to compare yet (3 questions in the 10 school days before, 20 since)."
    )
    assert followed(mates.ask("Max Reed"), session=session, now=NOW) is None
