"""What is filled in for a student: METRICS' targeted assignment."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.assignments import (
    Draft,
    ToChoose,
    create_targeted_assignment,
    draft_for,
    group_draft,
)
from interventions.assignments.rules import usual_due_day
from interventions.assignments.targeted import NOTHING_PRACTISED, NOTHING_STRUGGLING, title_for
from school.access import viewer_of
from school.errors import NotFound
from school.mastery import Mastery
from school.models import (
    Assignment,
    AssignmentSkill,
    Delivery,
    Intervention,
    InterventionSkill,
    Student,
    User,
)
from tests.interventions.assignments.classroom import Classroom, days_ago
from tests.interventions.staff import NOW, holiday


def test_division_and_fractions_are_both_set_easy_for_three_days(
    room: Classroom, session: Session
) -> None:
    division, fractions = room.skill("Division"), room.skill("Fractions")
    room.practised(room.staff.leo, division, 20, 12, Mastery.NEEDS_WORK)
    room.practised(room.staff.leo, fractions, 20, 11, Mastery.NEEDS_WORK)
    made = create_targeted_assignment(room.staff.ruiz, room.staff.leo, session=session, now=NOW)
    assert isinstance(made, Assignment)
    assert made.title == "Targeted Practice - Fractions, Division"
    assert made.description == "Practice assignment to help improve your skills"
    assert (made.question_count, made.difficulty) == (15, "easy")
    assert made.due_at == datetime(2026, 11, 20, 4, 59, tzinfo=UTC)  # Thursday's end in New York
    of = AssignmentSkill.assignment_id == made.id
    skills = set(session.scalars(select(AssignmentSkill.skill_id).where(of)))
    assert skills == {division, fractions}
    [done] = session.scalars(select(Intervention))
    assert (done.student_id, done.intervention_type) == (room.staff.leo, "assignment")
    assert set(session.scalars(select(InterventionSkill.skill_id))) == skills
    kinds = {one.kind for one in session.scalars(select(Delivery))}
    assert kinds == {"intervention_card", "student_assignment_mail"}


def test_three_are_set_the_lowest_estimate_first_and_little_practice_counts_for_nothing(
    room: Classroom, session: Session
) -> None:
    leo = room.staff.leo
    for number, name in enumerate(("Ratio", "Decimals", "Place value", "Time")):
        skill = room.skill(name)
        room.practised(leo, skill, 10, 5, Mastery.NEEDS_WORK, estimate=0.5 - number / 100)
    room.practised(leo, room.skill("Seen once"), 9, 1)
    draft = _draft(room, session)
    names = {one.skill_id: one.skill for one in draft.choices}
    assert [names[one] for one in draft.skill_ids] == ["Time", "Place value", "Decimals"]
    assert [one.needed for one in draft.choices] == [True] * 4 + [False]


def test_a_skill_that_was_asked_for_comes_first(room: Classroom, session: Session) -> None:
    leo = room.staff.leo
    weak = [room.skill(name) for name in ("A", "B", "C")]
    for skill in weak:
        room.practised(leo, skill, 10, 5, Mastery.NEEDS_WORK)
    asked = room.skill("Asked for")
    room.practised(leo, asked, 10, 9)
    viewer = viewer_of(session, session.get_one(User, room.staff.ruiz), now=NOW)
    draft = draft_for(viewer, leo, session=session, now=NOW, skill_id=asked)
    assert draft.skill_ids == (asked, *weak[:2])
    assert draft.title == "Targeted Practice - Asked for, A, B"


def test_low_accuracy_of_late_is_struggling_too_whatever_the_label(
    room: Classroom, session: Session
) -> None:
    leo = room.staff.leo
    low, old, enough = room.skill("Low"), room.skill("Old"), room.skill("Enough")
    room.practised(leo, low, 10, 6)
    room.practised(leo, enough, 10, 7)
    room.practised(leo, old, 10, 1, day=days_ago(40))
    assert _draft(room, session).skill_ids == (low,)


def test_the_difficulty_goes_by_the_last_thirty_days_on_all_skills(
    room: Classroom, session: Session
) -> None:
    room.practised(room.staff.leo, room.skill("One"), 50, 50, Mastery.MASTERED)
    room.practised(room.staff.leo, room.skill("Two"), 50, 15, day=days_ago(29))
    room.practised(room.staff.leo, room.skill("Long ago"), 100, 0, day=days_ago(30))
    assert _draft(room, session).difficulty == "medium"


def test_with_nothing_struggling_the_skills_are_to_be_chosen(
    room: Classroom, session: Session
) -> None:
    ratio, other = room.skill("Ratio"), room.skill("Algebra")
    room.practised(room.staff.leo, ratio, 20, 19, Mastery.MASTERED)
    room.practised(room.another("Ida Moon"), other, 5, 5)
    made = create_targeted_assignment(room.staff.ruiz, room.staff.leo, session=session, now=NOW)
    assert isinstance(made, ToChoose)
    assert made.draft.said == NOTHING_STRUGGLING
    assert [one.skill_id for one in made.draft.choices] == [ratio, other]
    assert made.draft.title == "Targeted Practice"
    assert session.scalars(select(Assignment)).all() == []


def test_without_practice_it_says_so_and_without_auto_fill_it_says_nothing(
    room: Classroom, session: Session
) -> None:
    assert _draft(room, session).said == NOTHING_PRACTISED
    room.practised(room.staff.leo, room.skill("Ratio"), 20, 2, Mastery.NEEDS_WORK)
    empty = create_targeted_assignment(
        room.staff.ruiz, room.staff.leo, False, session=session, now=NOW
    )
    assert isinstance(empty, ToChoose)
    assert (empty.draft.skill_ids, empty.draft.said) == ((), None)
    assert [one.needed for one in empty.draft.choices] == [True]


def test_it_is_due_three_days_on_or_on_the_next_school_day(
    room: Classroom, session: Session
) -> None:
    for day in (26, 27):
        holiday(session, room.staff, date(2026, 11, day))
    due = {
        NOW: date(2026, 11, 19),
        datetime(2026, 11, 19, 3, tzinfo=UTC): date(2026, 11, 23),  # Wednesday evening there
        datetime(2026, 11, 23, 15, tzinfo=UTC): date(2026, 11, 30),  # holidays and a weekend
    }
    where = room.staff.workspace, room.staff.maths
    for asked, day_due in due.items():
        assert usual_due_day(*where, session=session, now=asked) == day_due


def test_a_title_that_would_be_too_long_is_cut() -> None:
    title = title_for(["Multiplying fractions by whole numbers " * 3] * 3)
    assert 190 < len(title) <= 200
    assert title.endswith("…")


def test_a_stranger_and_nobody_get_the_same_words(room: Classroom, session: Session) -> None:
    said = set()
    for student in (room.staff.ben, 99_999):
        with pytest.raises(NotFound) as refused:
            create_targeted_assignment(room.staff.ruiz, student, session=session, now=NOW)
        said.add(str(refused.value))
    assert said == {"None of your students is that one."}


def test_a_group_is_those_who_need_the_skill_in_that_class(
    room: Classroom, session: Session
) -> None:
    skill = room.skill("Equivalent fractions")
    ida, abe = room.another("Ida Moon"), room.another("Abe Lund")
    room.practised(room.staff.leo, skill, 10, 4, Mastery.NEEDS_WORK)
    room.practised(abe, skill, 10, 4, Mastery.NEEDS_WORK)
    room.practised(ida, skill, 10, 9, Mastery.MASTERED)
    room.practised(room.staff.ben, skill, 10, 1, Mastery.NEEDS_WORK)
    namesake = room.another("Zoe Lund")
    session.get_one(Student, namesake).given_name = "Abe"
    room.practised(namesake, skill, 10, 4, Mastery.NEEDS_WORK)
    viewer = viewer_of(session, session.get_one(User, room.staff.ruiz), now=NOW)
    draft = group_draft(viewer, room.staff.maths, skill, session=session, now=NOW)
    assert [name for _, name in draft.students] == ["Abe Lund (Abe)", "Abe Lund (Zoe)", "Leo Park"]
    assert (draft.skill_ids, draft.difficulty) == ((skill,), "easy")
    assert draft.choices[0].students == 3
    with pytest.raises(NotFound):
        group_draft(viewer, room.staff.art, skill, session=session, now=NOW)
    with pytest.raises(NotFound):
        group_draft(viewer, room.staff.maths, 99_999, session=session, now=NOW)


def _draft(room: Classroom, session: Session) -> Draft:
    viewer = viewer_of(session, session.get_one(User, room.staff.ruiz), now=NOW)
    return draft_for(viewer, room.staff.leo, session=session, now=NOW)
