"""What a picture says, for readers who do not see it: its finding and three figures."""

from analytics.reports.data import ClassReport, StudentReport
from analytics.thresholds import JUDGED_STUDENTS
from analytics.wording.formats import class_beside, days_a_week, percent, plural


def student_alt_text(report: StudentReport) -> str:
    """The finding, then accuracy beside the class's, questions and skills mastered."""
    overall, average = report.overall, class_beside(report.comparison)
    beside = f" ({average})" if average else ""
    mastered = f"{overall.skills_mastered} of {plural(overall.skills_total, 'skill')} mastered"
    questions = plural(overall.questions, "question")
    return (
        f"{report.finding} Accuracy {percent(overall.accuracy)}{beside}, {questions}, {mastered}."
    )


def class_alt_text(report: ClassReport) -> str:
    """The finding, then accuracy and how many it rests on, engagement and questions."""
    overall, said = report.overall, []
    if overall.judged >= JUDGED_STUDENTS:
        said.append(f"accuracy {percent(overall.accuracy)} over {overall.judged} students")
    if overall.days_a_week is not None:
        said.append(f"engagement {days_a_week(overall.days_a_week)}")
    words = ", ".join([*said, plural(overall.questions, "question")])
    return f"{report.finding} {words[0].upper()}{words[1:]}."
