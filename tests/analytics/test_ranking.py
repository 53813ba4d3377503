"""Places in a class, and who does well or needs the teacher."""

from hypothesis import given
from hypothesis import strategies as st

from analytics.ranking import Pupil, ranking, reasons, top
from analytics.reports.data import Concern, ConcernKind, Severity
from analytics.totals import Totals
from tests.analytics.school import day

PUPILS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda two: (max(two), min(two))),
    max_size=15,
)


def pupil(
    number: int, questions: int, correct: int, *, missed: int = 0, ever: bool = True
) -> Pupil:
    """A student with so many questions and right answers."""
    return Pupil(
        student_id=number,
        student=f"Student {number:02d}",
        total=Totals(questions, correct),
        skills_mastered=0,
        needs_work=(),
        last_practised=day("05-13") if ever else None,
        missed=missed,
    )


def test_equal_accuracy_shares_the_better_place() -> None:
    lines = ranking([pupil(1, 10, 5), pupil(2, 20, 18), pupil(3, 40, 20), pupil(4, 10, 4)])
    assert [(line.student_id, line.place) for line in lines] == [(2, 1), (3, 2), (1, 2), (4, 4)]


def test_below_ten_questions_there_is_no_place() -> None:
    lines = ranking([pupil(1, 9, 9), pupil(2, 10, 1), pupil(3, 0, 0)])
    assert [(line.student_id, line.place) for line in lines] == [(2, 1), (1, None), (3, None)]
    assert lines[2].accuracy is None


@given(PUPILS)
def test_a_ranking_has_everyone_once_in_order(counts: list[tuple[int, int]]) -> None:
    lines = ranking([pupil(number, *one) for number, one in enumerate(counts)])
    assert sorted(line.student_id for line in lines) == list(range(len(counts)))
    places = [line.place for line in lines if line.place]
    assert places == sorted(places)
    assert all((line.questions >= 10) == (line.place is not None) for line in lines)


def test_the_top_quarter_is_named_without_the_struggling() -> None:
    everyone = [pupil(number, 20, 20 - number) for number in range(8)]
    lines = ranking(everyone)
    assert [line.student_id for line in top(lines, set())] == [0, 1]
    assert [line.student_id for line in top(lines, {0})] == [1]


def test_among_fewer_than_five_nobody_is_named_top() -> None:
    assert top(ranking([pupil(number, 20, 20 - number) for number in range(4)]), set()) == ()


def test_at_most_five_are_named_top() -> None:
    lines = ranking([pupil(number, 60, 60 - number) for number in range(40)])
    assert [line.place for line in top(lines, set())] == [1, 2, 3, 4, 5]


def test_the_gravest_reason_stands_beside_a_name() -> None:
    concerns = [
        Concern(ConcernKind.STRUGGLING, Severity.MEDIUM, f"Skill {number}") for number in range(4)
    ]
    assert reasons(concerns[:1]) == "Skill 0"
    assert reasons(concerns[:2]) == "Skill 0; 1 more"
    assert reasons(concerns) == "Skill 0; 3 more"
