"""What a message is about, by a student's report."""

from dataclasses import replace

from analytics.reports.data import Concern, ConcernKind, Praise, PraiseKind, Severity
from handlers.writing.subject import subjects_of
from handlers.writing.text import is_changed, is_from
from tests.analytics.charts.samples import student_report


def test_the_gravest_concern_comes_before_praise() -> None:
    concern = Concern(ConcernKind.OVERDUE, Severity.HIGH, "late", assignment_id=3)
    praise = Praise(PraiseKind.STREAK, "a streak")
    report = replace(student_report(), concerns=(concern,), praise=(praise,))
    first, second = subjects_of(report)
    assert (first.concern, first.assignment) == ("overdue", 3)
    assert first.template == "overdue_not_started"
    assert (second.concern, second.template) == ("praise", "encouragement_streak")


def test_a_text_is_changed_by_words_and_not_by_blanks() -> None:
    assert not is_changed("Hi  Leo\r\n", "Hi Leo")
    assert not is_changed("  ", "Hi Leo")
    assert is_changed("Hi Ana", "Hi Leo")


def test_a_text_is_from_a_template_while_half_of_its_words_stand() -> None:
    template = "Hi Leo, we miss you!"
    assert is_from(f"{template} Come back.", template)
    assert not is_from("See me tomorrow.", template)
    assert not is_from("Anything", "")
