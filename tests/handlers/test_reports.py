"""Which class a student's report stands beside, and by which name a student is called."""

from datetime import timedelta

from handlers.codec import Ref
from handlers.reports import family_report, student_report
from school.database import SessionFactory
from tests.school.conftest import NOW, TODAY, small_school


def test_a_report_stands_beside_a_class_that_teacher_and_student_share_today(
    sqlite_factory: SessionFactory,
) -> None:
    school = small_school(sqlite_factory)
    ruiz = school.teacher("U1")
    left, current, others = (school.a_class(title) for title in ("Art", "Maths", "Biology"))
    for one in (left, current):
        school.teaches(ruiz, one)
    maya = school.student("Maya Okafor", "1", current, others)
    school.enrol(maya, left, last=TODAY - timedelta(days=1))
    viewer, beside = school.viewer(ruiz), []
    with sqlite_factory() as session:
        for asked in (None, current, left, others):
            ref = Ref(student=maya, class_id=asked, range="30d")
            report = student_report(viewer, ref, "test", session=session, now=NOW)
            beside.append(report.class_title)
    assert beside == ["Maths"] * 4


def test_a_family_reads_the_bare_name_also_where_another_child_bears_it(
    sqlite_factory: SessionFactory,
) -> None:
    school = small_school(sqlite_factory)
    ruiz, maths = school.teacher("U1"), school.a_class("Maths")
    school.teaches(ruiz, maths)
    emma, _other = (school.student("Emma Novak", number, maths) for number in ("1", "2"))
    viewer, ref = school.viewer(ruiz), Ref(student=emma, range="30d")
    with sqlite_factory() as session:
        reports = [
            make(viewer, ref, "test", session=session, now=NOW)
            for make in (student_report, family_report)
        ]
    assert [report.student for report in reports] == ["Emma Novak (1)", "Emma Novak"]
