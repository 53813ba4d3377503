"""What a picture says, for readers who do not see it: its finding and three figures."""

from analytics.reports.data import ClassReport, StudentReport
from analytics.wording.formats import days_a_week, percent, plural


def student_alt_text(report: StudentReport) -> str:
    """The finding, then accuracy beside the class's, questions and skills mastered."""
    overall, average = report.overall, report.comparison.class_average
    beside = "" if average is None else f" (class {percent(average)})"
    mastered = f"{overall.skills_mastered} of {plural(overall.skills_total, 'skill')} mastered"
    questions = plural(overall.questions, "question")
    return (
        f"{report.finding} Accuracy {percent(overall.accuracy)}{beside}, {questions}, {mastered}."
    )


def class_alt_text(report: ClassReport) -> str:
    """The finding, then accuracy and how many it rests on, engagement and questions."""
    overall = report.overall
    accuracy = f"Accuracy {percent(overall.accuracy)} over {plural(overall.judged, 'student')}"
    engaged = f"engagement {days_a_week(overall.days_a_week)}"
    return f"{report.finding} {accuracy}, {engaged}, {plural(overall.questions, 'question')}."
