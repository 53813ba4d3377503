"""Commands, as a teacher types them in a channel."""

from sandbox import full_text
from tests.handlers.conftest import Bot


def test_a_student_report_comes_as_a_direct_message(bot: Bot) -> None:
    pointer = bot.ask("/student-report", "maya")
    assert pointer.ephemeral_for == "U0RUIZ"
    assert "Maya Okafor's report is in your messages with me." in full_text(pointer)
    report = bot.report()
    print(full_text(report))
    assert "Maya Okafor" in full_text(report)


def test_a_class_report_comes_as_a_direct_message(bot: Bot) -> None:
    bot.ask("/class-report")
    report = bot.report()
    print(full_text(report))
    assert "Grade 5 Maths" in full_text(report)
