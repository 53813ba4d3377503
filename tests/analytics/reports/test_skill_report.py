"""A skill's report, worked out by hand for small classes, on both kinds of database."""

from datetime import UTC, datetime

import pytest
import scipy.stats
from sqlalchemy import event
from sqlalchemy.orm import Session

from analytics.reports.data import FocusSkill, Prerequisite, SkillReport, Survival
from analytics.reports.skill import get_skill_analytics
from school.days import DateRange
from school.errors import NotFound
from school.mastery import Mastery
from tests.analytics.school import SmallSchool, day

MAY = DateRange(day("05-06"), day("05-31"))
NOW = datetime(2024, 6, 3, 12, tzinfo=UTC)
FRIDAY = datetime(2024, 5, 31, 20, tzinfo=UTC)
WEAK, GOING = Mastery.NEEDS_WORK.value, Mastery.IN_PROGRESS.value
DONE, LITTLE = Mastery.MASTERED.value, Mastery.TOO_LITTLE.value


class Class5:
    """Ana, Ben, Cy, Dee and Eve on Fractions, which comes after Halves and before Ratio.

    Ana and Ben need work on it; Ana on Halves too. Cy has mastered it at the 12th question, Dee has
    4 questions, Eve none.
    """

    def __init__(self, school: SmallSchool) -> None:
        self.school, self.maths = school, school.a_class()
        names = ("Ana", "Ben", "Cy", "Dee", "Eve")
        self.ana, self.ben, self.cy, self.dee, self.eve = self.students = [
            school.a_student(name, self.maths) for name in names
        ]
        self.halves, self.fractions, self.ratio, self.percent = (
            school.a_skill(name) for name in ("Halves", "Fractions", "Ratio", "Percent")
        )
        school.comes_before(self.halves, self.fractions)
        school.comes_before(self.fractions, self.ratio)
        school.comes_before(self.ratio, self.percent)
        self._practise()
        school.data_through(FRIDAY)

    def _practise(self) -> None:
        on = self.school.on_skill
        on(self.ana, self.fractions, "05-07", 10, 4, WEAK, 0.5)
        on(self.ana, self.fractions, "05-13", 10, 5, WEAK, 0.45, total=20)
        on(self.ana, self.halves, "05-07", 10, 4, WEAK, 0.4)
        on(self.ben, self.fractions, "04-30", 8, 3, WEAK, 0.6)
        on(self.ben, self.fractions, "05-14", 12, 6, WEAK, 0.55, total=20)
        on(self.ben, self.halves, "05-14", 2, 1, LITTLE, 0.5)
        on(self.cy, self.fractions, "05-09", 8, 8, GOING, 0.79)
        on(self.cy, self.fractions, "05-14", 8, 8, DONE, 0.85, total=16, mastered=(12, "05-14"))
        on(self.cy, self.halves, "05-14", 20, 20, DONE, 0.95, mastered=(10, "05-14"))
        on(self.dee, self.fractions, "05-15", 4, 4, LITTLE, 0.7)
        for student in (self.ana, self.ben, self.cy, self.dee):
            self.school.practised(student, "05-15", 4, 4)

    def report(self, **more: object) -> SkillReport:
        asked = {"date_range": MAY, "now": NOW, **more}
        return get_skill_analytics(
            self.maths,
            self.fractions,
            session=self.school.session,
            **asked,  # type: ignore[arg-type]
        )


@pytest.fixture
def maths(school: SmallSchool) -> Class5:
    return Class5(school)


def test_students_are_counted_by_state(maths: Class5) -> None:
    report = maths.report()
    assert report.distribution == ((DONE, 1), (GOING, 0), (WEAK, 2), (LITTLE, 2))
    assert report.not_practised == 1
    assert [one.student for one in report.students] == ["Ana", "Ben", "Cy", "Dee", "Eve"]


def test_each_student_has_the_range_s_accuracy_and_the_state_at_its_end(maths: Class5) -> None:
    ana, ben, cy, _dee, eve = maths.report().students
    assert (ana.accuracy, ana.questions, ana.total_questions) == (0.45, 20, 20)
    assert (ana.mastery, ana.estimate, ana.last_practised) == (WEAK, 0.45, day("05-13"))
    assert ana.interval is not None and ana.interval.low < 0.45 < ana.interval.high
    assert (ben.accuracy, ben.questions, ben.total_questions) == (0.5, 12, 20)
    assert (cy.accuracy, cy.mastery) == (1.0, DONE)
    assert (eve.accuracy, eve.questions, eve.interval, eve.estimate) == (None, 0, None, None)
    assert (eve.mastery, eve.last_practised) == (LITTLE, None)


def test_the_accuracy_is_the_mean_of_those_judged_with_its_t_interval(maths: Class5) -> None:
    report = maths.report()
    values = [9 / 20, 6 / 12, 16 / 16]
    assert report.judged == 3
    assert report.accuracy == pytest.approx(sum(values) / 3)
    low, high = scipy.stats.t.interval(0.95, 2, sum(values) / 3, scipy.stats.sem(values))
    assert report.interval is not None
    assert report.interval.low == pytest.approx(max(low, 0))
    assert report.interval.high == pytest.approx(min(high, 1))
    assert report.pooled == pytest.approx((9 + 6 + 16 + 4) / (20 + 12 + 16 + 4))
    assert report.questions == 52


def test_weeks_rest_on_students_with_five_questions_and_on_two_of_them(maths: Class5) -> None:
    weeks = {point.start: point for point in maths.report().trends}
    first, second, third = (weeks[day(text)] for text in ("05-06", "05-13", "05-20"))
    assert (first.students, second.students) == (2, 3)
    assert first.accuracy == pytest.approx((0.4 + 1.0) / 2)
    assert second.accuracy == pytest.approx((0.5 + 0.5 + 1.0) / 3)
    assert (third.accuracy, third.students, third.questions) == (None, 0, 0)
    assert maths.report().trends_by == "week"


def test_one_student_alone_is_no_class_in_a_week(maths: Class5) -> None:
    maths.school.on_skill(maths.ana, maths.fractions, "05-21", 10, 5, WEAK, 0.45, total=30)
    (week,) = [point for point in maths.report().trends if point.start == day("05-20")]
    assert (week.accuracy, week.interval, week.students, week.questions) == (None, None, 1, 10)


def test_time_to_mastery_counts_those_not_there_yet_as_far_as_seen(maths: Class5) -> None:
    # Cy after 12 questions, from Thursday the 9th to Tuesday the 14th: 4 school days. The others
    # are seen for 20, 20 and 4 questions, and up to Friday the 31st.
    found = maths.report().survival
    assert found == Survival(4, 1, None, None, found.curve)
    assert found.curve == ((12.0, 2 / 3),)


def test_what_the_school_calendar_leaves_out_is_not_counted(maths: Class5) -> None:
    for student in (maths.ana, maths.ben, maths.dee):
        maths.school.on_skill(
            student, maths.fractions, "05-27", 5, 5, DONE, 0.9, total=30, mastered=(25, "05-27")
        )
    # 4 school days for Cy, 9 for Dee, 15 for Ana, 20 for Ben: half are there by the second.
    with_all = maths.report().survival
    assert (with_all.median_questions, with_all.median_days) == (25, 9)
    maths.school.holiday("05-20")
    maths.school.holiday("05-27")
    assert maths.report().survival.median_days == 7


def test_mastered_since_the_range_is_not_yet_mastered_in_it(maths: Class5) -> None:
    report = maths.report(date_range=DateRange(day("05-06"), day("05-13")))
    assert (report.survival.started, report.survival.mastered) == (3, 0)
    assert dict(report.distribution)[DONE] == 0


def test_the_struggling_need_work_or_got_little_right_of_late(maths: Class5) -> None:
    maths.school.on_skill(maths.eve, maths.fractions, "05-28", 10, 6, GOING, 0.66)
    maths.school.on_skill(maths.dee, maths.fractions, "05-28", 10, 7, GOING, 0.68, total=14)
    struggling = maths.report().struggling
    assert [(one.student, one.reason) for one in struggling] == [
        ("Ana", "about 45 % right"),
        ("Ben", "about 55 % right"),
        ("Eve", "60 % of 10 questions lately"),
    ]


def test_low_accuracy_of_more_than_twenty_school_days_ago_is_no_struggle(maths: Class5) -> None:
    maths.school.on_skill(maths.eve, maths.fractions, "05-06", 10, 6, GOING, 0.66)
    named = [one.student for one in maths.report().struggling]
    assert "Eve" in named
    maths.school.data_through(datetime(2024, 6, 3, 20, tzinfo=UTC))
    june = DateRange(day("05-06"), day("06-03"))
    assert "Eve" not in [one.student for one in maths.report(date_range=june).struggling]


def test_the_last_twenty_school_days_may_begin_before_the_range(maths: Class5) -> None:
    maths.school.on_skill(maths.eve, maths.fractions, "05-08", 10, 6, GOING, 0.66)
    week = DateRange(day("05-27"), day("05-31"))
    (eve,) = [one for one in maths.report(date_range=week).struggling if one.student == "Eve"]
    assert (eve.accuracy, eve.questions, eve.recent_questions) == (None, 0, 10)


def test_root_causes_are_named_with_how_many_have_them(maths: Class5) -> None:
    report = maths.report()
    assert [one.root_cause for one in report.students] == ["Halves", None, None, None, None]
    assert report.root_causes == (("Halves", 1),)
    assert report.prerequisites == (Prerequisite(maths.halves, "Halves", 1, 1, 3, 1, 0),)
    assert report.later == ("Ratio", "Percent")


def test_the_class_should_focus_on_what_most_need_and_most_waits_on(maths: Class5) -> None:
    ids, names = (maths.ana, maths.ben), ("Ana", "Ben")
    assert maths.report().focus == (
        FocusSkill(maths.fractions, "Fractions", 2, 2, 6, ids, names),
        FocusSkill(maths.halves, "Halves", 1, 3, 4, ids[:1], names[:1]),
    )


def test_names_are_given_of_those_enrolled_today_figures_of_all(
    maths: Class5, session: Session
) -> None:
    gone = maths.school.a_student("Gus", maths.maths, ends="05-20")
    maths.school.practised(gone, "05-08", 10, 10)
    maths.school.on_skill(gone, maths.fractions, "05-08", 10, 10, DONE, 0.9, mastered=(10, "05-08"))
    maths.school.a_student("Hal", maths.maths, starts="06-10")
    report = maths.report()
    assert (len(report.students), report.left_since, report.judged) == (5, 1, 4)
    assert (report.survival.started, report.survival.mastered) == (5, 2)


def test_who_left_is_seen_up_to_the_last_day_in_the_class(maths: Class5) -> None:
    gone = maths.school.a_student("Gus", maths.maths, ends="05-10")
    maths.school.on_skill(gone, maths.fractions, "05-08", 10, 1, WEAK, 0.3)
    for student in (maths.ana, maths.ben, maths.dee):
        maths.school.on_skill(
            student, maths.fractions, "05-16", 5, 5, DONE, 0.9, total=30, mastered=(25, "05-16")
        )
    # Gus is seen on 3 school days; had he been seen to the end, he would still be waiting.
    assert maths.report().survival.curve[-1][1] == 0


@pytest.mark.parametrize("questions", [0, 1])
def test_a_class_of_one_with_little_or_nothing(school: SmallSchool, questions: int) -> None:
    maths, skill = school.a_class(), school.a_skill("Fractions")
    ana = school.a_student("Ana", maths)
    if questions:
        school.practised(ana, "05-08", 1, 1)
        school.on_skill(ana, skill, "05-08", 1, 1, LITTLE, 0.6)
        school.data_through(FRIDAY)
    report = get_skill_analytics(maths, skill, session=school.session, now=NOW, date_range=MAY)
    assert dict(report.distribution)[LITTLE] == 1
    assert (report.accuracy, report.interval, report.judged) == (None, None, 0)
    assert report.pooled == (1.0 if questions else None)
    assert (report.survival.started, report.survival.median_questions) == (questions, None)
    assert (report.struggling, report.root_causes, report.focus) == ((), (), ())
    assert [point.accuracy for point in report.trends if point.accuracy] == []


def test_a_class_without_students_has_an_empty_report(school: SmallSchool) -> None:
    maths, skill = school.a_class(), school.a_skill("Fractions")
    report = get_skill_analytics(maths, skill, session=school.session, now=NOW)
    assert (report.students, report.trends, report.range.days) == ((), (), 30)
    assert report.finding == "Nobody is enrolled in these 30 days."


def test_everyone_right_from_the_start(maths: Class5) -> None:
    other = maths.school.a_skill("Money")
    for student in maths.students:
        maths.school.on_skill(student, other, "05-14", 10, 10, DONE, 0.9, mastered=(10, "05-14"))
    report = get_skill_analytics(
        maths.maths, other, session=maths.school.session, now=NOW, date_range=MAY
    )
    assert (report.accuracy, report.interval and report.interval.high) == (1.0, 1.0)
    assert (report.survival.median_questions, report.survival.median_days) == (10, 1)
    assert report.struggling == ()
    assert report.finding.startswith("5 of 5 students have mastered Money; class accuracy is 100 %")


def test_ties_stand_in_the_order_of_names(maths: Class5) -> None:
    other = maths.school.a_skill("Money")
    for student in reversed(maths.students):
        maths.school.on_skill(student, other, "05-14", 10, 5, WEAK, 0.5)
    report = get_skill_analytics(
        maths.maths, other, session=maths.school.session, now=NOW, date_range=MAY
    )
    assert [one.student for one in report.struggling] == ["Ana", "Ben", "Cy", "Dee", "Eve"]


def test_the_finding_names_the_day_where_the_data_ended_long_ago(maths: Class5) -> None:
    assert maths.report().finding.startswith("2 of 5 students need work on Fractions")
    later = maths.report(now=datetime(2024, 6, 20, 12, tzinfo=UTC))
    assert later.finding.startswith("By 31 May, 2 of 5 students needed work on Fractions")


def test_neither_class_nor_skill_of_another_workspace_is_there(
    maths: Class5, session: Session
) -> None:
    other = SmallSchool(session, zone="Asia/Tokyo")
    theirs = other.a_skill("Kanji")
    for class_id, skill in ((maths.maths, theirs), (maths.maths, 10**6), (10**6, theirs)):
        with pytest.raises(NotFound, match="None of your"):
            get_skill_analytics(class_id, skill, session=session, now=NOW)


def test_what_is_still_being_counted_is_said(maths: Class5) -> None:
    assert not maths.report().replaying
    maths.school.stale(maths.ana, "05-20")
    assert maths.report().replaying


def test_a_report_takes_few_queries_however_many_students(maths: Class5) -> None:
    for number in range(20):
        maths.school.a_student(f"Student {number}", maths.maths)
    asked: list[str] = []
    connection = maths.school.session.connection()
    event.listen(connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
    maths.report()
    assert len(asked) == 7
