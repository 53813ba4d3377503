"""From the database to the verdict, on both kinds, and the same figures computed anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
import pytest
from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from analytics.effects import Action, class_effects, student_effects
from analytics.effects.data import KindEffect, Outcome, Unsaid, Verdict, Why
from analytics.effects.helps import helps
from analytics.effects.reports import effects_in
from bench.helped import CELLS, DAYS, Cell, Class, make_absent_class, make_class, scene_of
from school.errors import NotFound
from school.models import Answer, DailyProgress, DailySkillProgress, Enrolment
from tests.analytics.effects import anew
from tests.analytics.school import SmallSchool

NOW = datetime.combine(DAYS[-1] + timedelta(days=1), time(18), UTC)
BY_NAME = {one.name: one for one in CELLS}
HELPED, ONCE = BY_NAME["+15 points, low, one by one"], BY_NAME["+15 points, by lot, at once"]


def a_class(cell: Cell, seed: int) -> Class:
    return make_class(np.random.default_rng(seed), cell)


def stored(
    school: SmallSchool, made: Class, *, skill: int | None = None, title: str = "Maths"
) -> tuple[int, list[int]]:
    """The made-up class in the database: its id and the students' ids."""
    class_id = school.a_class(title)
    numbers = range(len(made.asked))
    ids = [school.a_student(f"Student {number} {title}", class_id) for number in numbers]
    whole = [row for number, one in enumerate(ids) for row in _days(school, made, number, one)]
    school.session.execute(insert(DailyProgress), whole)
    if skill is not None:
        on_skill = [
            {key: row[key] for key in ("workspace_id", "student_id", "day", "questions", "correct")}
            | {"skill_id": skill, "seconds": 1.0, "estimate": 0.5, "label": "in progress"}
            | dict.fromkeys(("weight_correct", "weight_total", "prior"), 0.5)
            | dict.fromkeys(("total_questions", "total_correct"), 1)
            for row in whole
        ]
        school.session.execute(insert(DailySkillProgress), on_skill)
    last = datetime.combine(DAYS[-1], time(20), UTC)
    school.session.add_all(
        Answer(
            workspace_id=school.workspace.id,
            student_id=one,
            answered_at=last,
            key=1,
            feed_id=school.feed.id,
            outcome=1,
        )
        for one in ids
    )
    school.data_through(last)
    return class_id, ids


def _days(
    school: SmallSchool, made: Class, number: int, student_id: int
) -> Iterator[dict[str, object]]:
    zeros = dict.fromkeys(("seconds", "seconds_estimated", "xp", "excess_sum"), 0.0)
    for day, asked, right in zip(
        DAYS, made.asked[number].tolist(), made.right[number].tolist(), strict=True
    ):
        if asked:
            yield {
                "workspace_id": school.workspace.id,
                "student_id": student_id,
                "day": day,
                "questions": asked,
                "correct": right,
                "sessions": 1,
                "excess_count": 0,
                **zeros,
            }


def done(made: Class, ids: list[int], **more: object) -> list[Action]:
    return [
        Action(ids[one], "message", DAYS[day], concern=made.concern, **more)  # type: ignore[arg-type]
        for one, day in made.given
    ]


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements that are asked."""
    asked: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        asked.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    yield asked
    event.remove(session.get_bind(), "before_cursor_execute", note)


def without_ids(one: KindEffect) -> dict[str, object]:
    return {**one.as_dict(), "class_ids": None}


@pytest.mark.parametrize(
    "cell",
    [one for one in CELLS if not one.inactive and one.students < 60],
    ids=lambda cell: str(cell.name),
)
def test_made_up_classes_agree_with_a_computation_anew(cell: Cell) -> None:
    for seed in range(2):
        made = a_class(cell, seed)
        scene, actions = scene_of(made)
        [found] = effects_in(scene, helps(actions), [1])
        expected = anew.judged(made.asked, made.right, made.given)
        assert (found.verdict, found.treated) == (expected.verdict, expected.treated)
        assert found.gain == pytest.approx(expected.gain)
        if found.interval:
            assert (found.interval.low, found.interval.high) == pytest.approx(
                (expected.low, expected.high)
            )


def test_the_database_gives_the_same_by_few_queries(session: Session) -> None:
    school, made = SmallSchool(session), a_class(HELPED, 5)
    class_id, ids = stored(school, made)
    with counted(session) as asked:
        [found] = class_effects(session, [class_id], done(made, ids), now=NOW)
    expected = anew.judged(made.asked, made.right, made.given)
    assert found.verdict == Verdict.HELPED
    assert found.gain == pytest.approx(expected.gain)
    assert len(asked) <= 4
    one = Action(ids[made.given[0][0]], "message", DAYS[made.given[0][1]])
    [told] = student_effects(session, [one], class_id=class_id, actions=done(made, ids), now=NOW)
    number, day = made.given[0]
    assert told.before.questions == made.asked[number, day - 10 : day].sum()
    assert told.after.correct == made.right[number, day + 1 : day + 11].sum()
    assert told.expected is not None


def test_practice_on_the_skills_concerned_is_asked_for(session: Session) -> None:
    school, made = SmallSchool(session), a_class(HELPED, 6)
    skill = school.a_skill("Fractions")
    class_id, ids = stored(school, made, skill=skill)
    with counted(session) as asked:
        [found] = class_effects(session, [class_id], done(made, ids, skill_ids=(skill,)), now=NOW)
    [whole] = class_effects(session, [class_id], done(made, ids), now=NOW)
    assert without_ids(found) == without_ids(whole)
    assert len(asked) <= 5
    other = school.a_skill("Ratio")
    [nothing] = class_effects(session, [class_id], done(made, ids, skill_ids=(other,)), now=NOW)
    assert (nothing.why, nothing.left_out.practice) == (Why.TREATED, nothing.students)


def test_absences_are_found_in_the_database_up_to_the_last_window(session: Session) -> None:
    made = make_absent_class(np.random.default_rng(2), CELLS[-1])
    school = SmallSchool(session)
    class_id, ids = stored(school, made)
    scene, actions = scene_of(made)
    end = max(scene.around(one.day).after.end for one in actions)
    pupils = {key: replace(one, known=end) for key, one in scene.pupils.items()}
    [expected] = effects_in(replace(scene, pupils=pupils), helps(actions), [1])
    [found] = class_effects(session, [class_id], done(made, ids), now=NOW)
    assert (found.outcome, found.verdict) == (Outcome.DAYS, Verdict.HELPED)
    assert without_ids(found) == without_ids(expected)


def test_windows_of_which_the_data_end_are_too_early(session: Session) -> None:
    school, made = SmallSchool(session), a_class(ONCE, 1)
    class_id, ids = stored(school, made)
    [(_, day)] = {(0, when) for _, when in made.given}
    end = DAYS[day + 10]
    # The data reach over the last of the ten days, but the day is not over.
    school.data_through(datetime.combine(end, time(20), UTC))
    during = datetime.combine(end, time(21), UTC)
    [found] = class_effects(session, [class_id], done(made, ids), now=during)
    assert (found.verdict, found.why, found.known_from) == (Verdict.TOO_FEW, Why.EARLY, end)
    assert (found.waiting, found.gain) == (15, None)
    one = done(made, ids)[0]
    [told] = student_effects(session, [one], class_id=class_id, actions=[], now=during)
    assert (told.unsaid, told.known_from) == (Unsaid.EARLY, end)
    [decided] = class_effects(
        session, [class_id], done(made, ids), now=during + timedelta(hours=12)
    )
    assert (decided.verdict, decided.waiting) == (Verdict.HELPED, 0)


def test_holidays_make_the_windows_longer(session: Session) -> None:
    school, made = SmallSchool(session), a_class(ONCE, 1)
    class_id, ids = stored(school, made)
    one = done(made, ids)[0]
    school.holiday(DAYS[made.given[0][1] + 1].isoformat())
    [told] = student_effects(session, [one], class_id=class_id, actions=[], now=NOW)
    assert told.known_from == DAYS[made.given[0][1] + 11]


def test_several_classes_are_taken_together(session: Session) -> None:
    school = SmallSchool(session)
    first, second = a_class(ONCE, 3), a_class(ONCE, 4)
    class_a, ids_a = stored(school, first)
    class_b, ids_b = stored(school, second, title="Art")
    actions = [*done(first, ids_a), *done(second, ids_b)]
    [found] = class_effects(session, {class_b, class_a}, actions, now=NOW)
    assert found.class_ids == (class_a, class_b)
    assert found.students == 30
    [alone] = class_effects(session, [class_a], actions, now=NOW)
    assert (alone.students, alone.left_out.away) == (15, 0)


def test_who_left_the_class_is_away_and_still_told_of(session: Session) -> None:
    school, made = SmallSchool(session), a_class(ONCE, 1)
    class_id, ids = stored(school, made)
    one = done(made, ids)[0]
    session.query(Enrolment).filter_by(student_id=one.student_id).update(
        {"ends_on": one.day + timedelta(days=3)}
    )
    [told] = student_effects(session, [one], class_id=class_id, actions=[], now=NOW)
    assert (told.unsaid, told.after.whole) == (Unsaid.AWAY, False)
    assert told.before.questions > 0


def test_nothing_done_is_nothing_to_tell_and_no_class_is_not_found(session: Session) -> None:
    assert class_effects(session, [1], [], now=NOW) == ()
    assert student_effects(session, [], class_id=1, actions=[], now=NOW) == ()
    with pytest.raises(NotFound):
        class_effects(session, [99], [Action(1, "message", date(2024, 2, 1))], now=NOW)


def test_each_kind_and_outcome_has_its_own_in_order(session: Session) -> None:
    school, made = SmallSchool(session), a_class(ONCE, 1)
    class_id, ids = stored(school, made)
    when = DAYS[40]
    actions = [
        Action(ids[0], "message", when),
        Action(ids[1], "message", when, concern="inactive"),
        Action(ids[2], "assignment", when),
    ]
    found = class_effects(session, [class_id], actions, now=NOW)
    assert [(one.kind, one.outcome) for one in found] == [
        ("assignment", Outcome.ACCURACY),
        ("message", Outcome.ACCURACY),
        ("message", Outcome.DAYS),
    ]
