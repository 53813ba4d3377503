"""Help after inactivity stands beside absences of the same length without help, whenever those."""

from dataclasses import replace

import pytest

from analytics.effects.absences import absence_rows
from analytics.effects.data import LeftOut
from analytics.effects.helps import helps
from analytics.effects.rows import Found, Row
from school.days import DateRange
from tests.analytics.effects.scenes import DAYS, Practice, absent, message, scene, steady

HELPED, MATE, OTHER = 1, 2, 3


END = 121
"""The data are known through the day before."""


def here(*spans: range) -> list[tuple[int, ...]]:
    """Practice on the days of these spans."""
    return [day for span in spans for day in steady(4, 3, span)]


AWAY = here(range(40), range(48, END))
"""Eight school days without practice, from day 40 on."""
CLASS = {
    HELPED: AWAY,
    MATE: here(range(60), range(66, END)),
    OTHER: here(range(END)),
}


def found_in(*actions: object, practice: Practice | None = None, **more: object) -> Found:
    """The rows of messages after inactivity."""
    made = scene(practice or CLASS, actions, **more)  # type: ignore[arg-type]
    return absence_rows([one for one in helps(actions) if one.kind == "message"], made)  # type: ignore[arg-type]


def test_the_helped_stands_beside_an_absence_as_long_at_another_time() -> None:
    # Helped on day 45, after five school days. The classmate had missed five before day 65, and was
    # back on day 66, so that nine of the ten school days after day 65 but the first have practice.
    found = found_in(absent(HELPED, 45))
    assert found.rows == [
        Row(HELPED, 1, 5, True, 0.8, 0.5, 1.0),
        Row(MATE, 1, 5, False, 1.0, 0.5, 1.0),
    ]


@pytest.mark.parametrize(("last_away", "beside"), [(63, False), (64, True), (70, True)])
def test_an_absence_counts_from_the_morning_on_which_it_is_as_long(
    last_away: int, beside: bool
) -> None:
    practice = {**CLASS, MATE: here(range(60), range(last_away + 1, END))}
    rows = found_in(absent(HELPED, 45), practice=practice).rows
    assert ([row.student_id for row in rows] == [HELPED, MATE]) == beside
    if beside:
        # Day 65 is the first on which five were missed; practice on day 65 itself is in no window.
        expected = {64: 1.0, 70: 0.5}
        assert rows[1].after == expected[last_away]


def test_an_absence_that_still_runs_counts_once_its_days_after_are_known() -> None:
    practice = {HELPED: AWAY, MATE: here(range(60))}
    assert [r.after for r in found_in(absent(HELPED, 45), practice=practice, known=75).rows] == [
        0.8,
        0.0,
    ]
    shorter = found_in(absent(HELPED, 45), practice=practice, known=74)
    assert (shorter.rows, shorter.left_out()) == ([], LeftOut(alone=1))


def test_absences_of_other_lengths_and_with_help_are_not_beside() -> None:
    assert found_in(absent(HELPED, 46)).left_out() == LeftOut()
    assert found_in(absent(HELPED, 47)).left_out() == LeftOut(alone=1)
    helped = found_in(absent(HELPED, 45), message(MATE, 65, kind="meeting"))
    assert helped.left_out() == LeftOut(alone=1)
    later = found_in(absent(HELPED, 45), message(MATE, 66, kind="meeting"))
    assert [(row.student_id, row.mixed) for row in later.rows] == [(HELPED, False), (MATE, True)]


def test_days_practised_are_counted_in_the_ten_school_days_after() -> None:
    practice = {**CLASS, HELPED: here(range(40), range(48, 55), range(58, END))}
    made = scene(practice, [absent(HELPED, 45)])
    found = absence_rows(helps([absent(HELPED, 45)]), made)
    # Days 48 to 54 of the ten after day 45.
    assert found.rows[0].after == 0.7


def test_windows_before_the_data_begin_or_beyond_the_enrolment_are_away() -> None:
    early = {HELPED: here(range(10, 25), range(33, END)), MATE: here(range(END))}
    assert found_in(absent(HELPED, 30), practice=early).left_out() == LeftOut(alone=1)
    assert found_in(absent(HELPED, 29), practice={HELPED: early[HELPED]}).left_out() == LeftOut(
        away=1
    )
    stays = {HELPED: ((1, DateRange(DAYS[26], DAYS[99])),)}
    assert found_in(absent(HELPED, 45), stays=stays).left_out() == LeftOut(away=1)
    assert found_in(absent(99, 45)).left_out() == LeftOut(away=1)


def test_help_before_and_days_to_come_are_told() -> None:
    assert found_in(message(HELPED, 30, kind="meeting"), absent(HELPED, 45)).left_out() == LeftOut(
        before=1
    )
    waited = found_in(absent(HELPED, 45), known=54)
    assert (waited.rows, waited.waiting) == ([], {HELPED: DAYS[55]})
    along = found_in(absent(HELPED, 45), absent(HELPED, 45, kind="meeting"))
    assert along.rows[0].mixed


def test_who_never_practised_has_no_last_practice() -> None:
    practice: Practice = {**CLASS, HELPED: [(60, 4, 3)]}
    assert found_in(absent(HELPED, 45), practice=practice).left_out() == LeftOut(practice=1)


def test_a_class_without_any_known_data_has_nobody_beside() -> None:
    found = found_in(absent(HELPED, 45), known=-1)
    assert found.waiting == {HELPED: DAYS[55]}


def test_absences_of_whom_nothing_is_known_are_not_beside() -> None:
    made = scene(CLASS, [absent(HELPED, 45)])
    unknown = replace(made, pupils={**made.pupils, MATE: replace(made.pupils[MATE], known=None)})
    assert absence_rows(helps([absent(HELPED, 45)]), unknown).left_out() == LeftOut(alone=1)


def test_an_absence_after_which_nobody_practised_is_a_holiday_that_nobody_recorded() -> None:
    closed = {
        HELPED: AWAY[: len(here(range(40), range(48, 90)))],
        MATE: here(range(84)),
        OTHER: here(range(90)),
    }
    found = found_in(absent(HELPED, 45), practice=closed)
    assert (found.rows, found.left_out()) == ([], LeftOut(alone=1))
