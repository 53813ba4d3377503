"""The history of a student: everything by everybody, newest first, with what followed."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from interventions.history import get_intervention_history
from interventions.outcomes import Outcome, State
from interventions.patterns import FLOOR, patterns_of
from interventions.rating import rate_intervention
from interventions.record import Reason, withdraw_intervention
from interventions.standing import outcomes_of, reached_at
from school.errors import NotFound
from school.models import AuditEntry, Intervention, InterventionType, Skill
from tests.analytics.effects.test_reports import counted
from tests.analytics.school import SmallSchool
from tests.interventions.doing import done
from tests.interventions.staff import NOW, Staff, utc

MESSAGE, MEETING = InterventionType.MESSAGE, InterventionType.MEETING


def test_everything_by_everybody_is_there_the_newest_first(session: Session, staff: Staff) -> None:
    skill = Skill(workspace_id=staff.workspace, source_id="f", name="Fractions")
    session.add(skill)
    session.flush()
    old = done(session, staff, at=NOW - timedelta(days=2), reason=Reason("inactive", (skill.id,)))
    colleagues = done(session, staff, MEETING, at=NOW - timedelta(days=1), by=staff.moss)
    gone = done(session, staff)
    rate_intervention(staff.ruiz, old.id, 4, session=session, now=NOW)
    withdraw_intervention(gone, session=session, now=NOW)
    done(session, staff, student=staff.ben, by=staff.gray)
    found = get_intervention_history(staff.ruiz, staff.leo, session=session, now=NOW)
    assert [one.id for one in found.entries] == [gone.id, colleagues.id, old.id]
    assert (found.student_name, found.total, found.pages) == ("Leo Park", 3, 1)
    first, second, last = found.entries
    assert (first.is_withdrawn, first.outcome) == (True, Outcome(State.TAKEN_BACK, NOW))
    assert (second.by, second.is_own) == ("Mr Moss", False)
    assert (last.by, last.skills, last.rating) == (None, ("Fractions",), 4)
    assert (last.concern, last.action_taken) == ("inactive", "A message")
    assert session.scalars(select(AuditEntry.purpose)).all().count("history") == 1


def test_a_stranger_to_the_student_sees_nothing(session: Session, staff: Staff) -> None:
    done(session, staff)
    for who, student in ((staff.gray, staff.leo), (staff.ruiz, 99)):
        with pytest.raises(NotFound, match="None of your students"):
            get_intervention_history(who, student, session=session, now=NOW)


def test_pages_hold_five_and_one_behind_the_last_is_the_last(
    session: Session, staff: Staff
) -> None:
    made = [done(session, staff, at=NOW + timedelta(minutes=n)).id for n in range(7)]
    pages = [
        get_intervention_history(
            staff.ruiz, staff.leo, session=session, now=NOW, page=page, with_effects=False
        )
        for page in (0, 1, 9)
    ]
    assert [[one.id for one in page.entries] for page in pages] == [
        made[:1:-1],
        [made[1], made[0]],
        [made[1], made[0]],
    ]
    assert [page.page for page in pages] == [0, 1, 1]


def test_nothing_done_is_an_empty_page(session: Session, staff: Staff) -> None:
    found = get_intervention_history(staff.ruiz, staff.leo, session=session, now=NOW)
    assert (found.entries, found.patterns, found.pages, found.total) == ((), (), 1, 0)


def test_the_queries_are_as_many_for_fifty_as_for_five(session: Session, staff: Staff) -> None:
    def queries() -> int:
        with counted(session) as asked:
            get_intervention_history(staff.ruiz, staff.leo, session=session, now=NOW)
        return len(asked)

    kinds = list(InterventionType)
    for n in range(6):
        done(session, staff, kinds[n % 6], at=NOW - timedelta(days=n))
    few = queries()
    for n in range(48):
        done(session, staff, kinds[n % 6], at=NOW - timedelta(days=n))
    assert queries() == few
    assert few <= 60, "two looks at how each of six kinds stands, and the effects"


# A Monday, and the days after it.
DAY = datetime(2024, 4, 1, 15, tzinfo=UTC)


def after(number: int, hours: int) -> datetime:
    """So long after the row of that number."""
    return DAY + timedelta(days=7 * (number - 1), hours=hours)


def rows(student: int, count: int, kind: InterventionType = MESSAGE) -> list[Intervention]:
    """So many on consecutive weeks, unsaved."""
    return [
        Intervention(
            id=n + 1,
            student_id=student,
            intervention_type=kind.value,
            created_at=DAY + timedelta(days=7 * n),
        )
        for n in range(count)
    ]


def test_patterns_count_what_is_known_and_wait_until_there_are_enough(session: Session) -> None:
    school = SmallSchool(session)
    leo = school.a_student("Leo Park", school.a_class())
    school.data_through(datetime(2024, 5, 1, 20, tzinfo=UTC))
    for day in ("04-04", "04-08", "04-12", "04-29"):  # after the first; on the day of the second …
        school.practised(leo, day, 10, 5)
    asked = rows(leo, 5)
    stands = {
        1: Outcome(State.REPLIED, after(1, 2)),
        2: Outcome(State.READ, DAY),
        3: Outcome(State.SENT),
        4: Outcome(State.NO_WAY),
        5: Outcome(State.REPLIED, after(5, 4)),
    }
    now = datetime(2024, 5, 2, 15, tzinfo=UTC)
    [found] = patterns_of(leo, asked, stands, session=session, now=now)
    assert (found.kind, found.done, found.read, found.replied) == (MESSAGE, 4, 3, 2)
    assert found.reply_after is None, "two replies are too few"
    # Of the last one only two school days are known.
    assert (found.judged, found.followed) == (3, 1)
    many = rows(leo, FLOOR)
    replied = {one.id: Outcome(State.REPLIED, after(one.id, one.id)) for one in many}
    [found] = patterns_of(leo, many, replied, session=session, now=now)
    assert found.reply_after == timedelta(hours=3)


def test_a_meeting_that_took_place_is_complete_and_without_data_nothing_followed(
    session: Session,
) -> None:
    school = SmallSchool(session)
    leo = school.a_student("Leo Park", school.a_class())
    asked = rows(leo, 1, MEETING)
    [found] = patterns_of(leo, asked, {1: Outcome(State.HELD, DAY)}, session=session, now=DAY)
    assert (found.kind, found.completed, found.judged) == (MEETING, 1, 0)


def test_a_meeting_reaches_the_student_when_it_takes_place(session: Session, staff: Staff) -> None:
    held, _ = (staff.schedule(session, utc(day, 19)) for day in (18, 25))
    held.status = "held"
    session.flush()
    rows = session.scalars(select(Intervention).order_by(Intervention.id)).all()
    first, second = rows
    at = utc(20, 15)
    outcomes = outcomes_of(session, rows, at)
    assert reached_at(session, rows, outcomes, at) == {first.id: held.scheduled_at}
    assert outcomes[second.id].state is State.RUNNING
