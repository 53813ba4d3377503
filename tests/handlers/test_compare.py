"""Comparisons in Slack: asked for, changed in place, and their numbers."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from handlers.ids import Action
from sandbox import Message, full_text
from school.models import AuditEntry, Class, ClassTeacher, DailyProgress, Enrolment, User
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ
from tests.handlers.test_actions import asked, chosen, entry, words_of
from tests.handlers.test_commands import labels, reports


def compared(bot: Bot, words: str = "maya", user: str = RUIZ) -> Message:
    """A comparison in somebody's direct messages."""
    newest = bot.slack.last_message(user)
    bot.ask("/homeroom", f"compare {words}", user=user)
    return bot.report(user, after=newest.ts if newest else "")


def buttons(message: Message) -> list[str]:
    """What stands under a message, in its order."""
    return [str(one["action_id"]) for one in message.blocks[-1]["elements"]]


def purposes(bot: Bot) -> list[tuple[str, int | None, int | None]]:
    with bot.session_factory() as session:
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.happened_at)).all()
        return [(one.purpose, one.student_id, one.class_id) for one in rows]


@pytest.fixture
def both_classes(bot: Bot) -> Iterator[Bot]:
    """Ms Ruiz teaches both classes, whose students are not all alike."""
    with bot.session_factory.begin() as session:
        for name in ("Maya Okafor", "Mia Olsen"):
            days = DailyProgress.student_id == bot.school.students[name]
            session.execute(update(DailyProgress).where(days).values(correct=9))
        ruiz = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
        session.add(
            ClassTeacher(
                workspace_id=bot.school.workspace_id, class_id=bot.school.science, user_id=ruiz.id
            )
        )
    yield bot


def test_a_student_is_compared_in_the_asker_s_messages(bot: Bot) -> None:
    pointer = bot.ask("/homeroom", "compare maya 60d")
    assert "Maya Okafor's comparison is in your messages with me." in full_text(pointer)
    words = full_text(bot.report())
    assert "Maya Okafor\n · beside Grade 5 Maths · last 60 days" in words
    assert "Maya gets " in words
    assert "the class’s " in words
    assert "Percentile \n" in words
    assert " of 6 students)" in words
    assert "Leaderboard \nno place: no XP in these days" in words
    for other in ("Leo", "Sam", "Alex"):
        assert other not in words
    assert ("comparison", bot.school.students["Maya Okafor"], None) in purposes(bot)


def test_its_picture_says_in_words_what_it_shows(bot: Bot) -> None:
    message = compared(bot)
    image = next(block for block in message.blocks if block["type"] == "image")
    assert image["alt_text"].startswith("Maya gets ")
    assert "Questions " in image["alt_text"]


def test_where_slack_takes_no_files_a_table_of_the_numbers_stands_in(bot: Bot) -> None:
    bot.slack.faults.set("files.*", "unknown_method", times=None)
    message = compared(bot)
    table = next(block for block in message.blocks if block["type"] == "table")
    rows = [row[0]["text"] for row in table["rows"]]
    assert rows[:4] == ["What", "Accuracy", "Questions", "Time"]
    assert "Fractions" in rows


def test_another_range_is_shown_in_the_same_message(bot: Bot) -> None:
    message = compared(bot)
    assert bot.slack.choose(RUIZ, message, Action.REPORT_RANGE, entry(message, "60d")).ok
    bot.slack.wait_until(lambda: "last 60 days" in full_text(message))
    assert chosen(message) == "60 days"
    assert "Percentile" in full_text(message)
    assert reports(bot) == [message]


def test_days_of_one_s_own_are_shown_in_the_same_message(bot: Bot) -> None:
    message = compared(bot)
    bot.slack.choose(RUIZ, message, Action.REPORT_RANGE, entry(message, "custom"))
    days = bot.slack.wait_for_modal(RUIZ, lambda view: view.body["callback_id"] == "custom_range")
    bot.slack.submit(RUIZ, days, {"first_day": "2019-01-01", "last_day": "2019-01-02"})
    bot.slack.wait_until(lambda: "No practice in these 2 days." in full_text(message))
    assert Action.COMPARISON_NUMBERS not in buttons(message)
    assert bot.slack.click(RUIZ, message, f"{Action.USE_RANGE}:1").ok
    bot.slack.wait_until(lambda: "Percentile" in full_text(message))


def test_the_numbers_of_a_student_s_picture_stand_in_a_modal(bot: Bot) -> None:
    message = compared(bot)
    assert bot.slack.click(RUIZ, message, Action.COMPARISON_NUMBERS).ok
    view = bot.slack.wait_for_modal(RUIZ, lambda view: "Accuracy: " in words_of(view))
    words = words_of(view)
    assert "Questions: 150, class 129 (" in words
    assert "7 students" in words
    assert "Skills beside the class" in words
    assert "Fractions: " in words
    assert ("numbers", bot.school.students["Maya Okafor"], None) in purposes(bot)


def test_one_who_never_practised_has_nothing_to_show(bot: Bot) -> None:
    message = compared(bot, "ana")
    assert "Ana has not practised yet." in full_text(message)
    assert buttons(message) == [Action.REPORT_RANGE, Action.LEAVE_OUT, Action.PICK_REPORT]
    assert [block["type"] for block in message.blocks] == ["rich_text", "rich_text", "actions"]


def test_the_report_is_one_click_away(bot: Bot) -> None:
    message = compared(bot, "maya 60d")
    bot.slack.click(RUIZ, message, Action.PICK_REPORT)
    words = full_text(bot.report(after=message.ts))
    assert "Maya Okafor\n · Grade 5 Maths · last 60 days" in words
    assert "Skills mastered" in words


def test_a_class_is_compared_with_the_asker_s_other_classes(both_classes: Bot) -> None:
    message = compared(both_classes, "grade 5 maths")
    words = full_text(message)
    assert "Grade 5 Maths\n · beside Grade 6 Science · 7 students · last 30 days" in words
    assert "Grade 5 Maths gets " in words
    assert "Grade 6 Science" in words
    school = both_classes.school
    assert {("comparison", None, one) for one in (school.maths, school.science)} <= set(
        purposes(both_classes)
    )
    both_classes.slack.click(RUIZ, message, Action.COMPARISON_NUMBERS)
    view = both_classes.slack.wait_for_modal(RUIZ, lambda view: "p " in words_of(view))
    assert " against the first (" in words_of(view)
    for name in ("Maya", "Mia", "Leo"):
        assert name not in words_of(view) + words


def test_whoever_sees_a_whole_school_is_shown_as_many_classes_as_a_picture_holds(bot: Bot) -> None:
    with bot.session_factory.begin() as session:
        for number in range(12):
            title = f"Group {number:02}"
            one = Class(
                workspace_id=bot.school.workspace_id,
                title=title,
                source_id=title,
                created_at=bot.school.today,
            )
            session.add(one)
    message = compared(bot, "grade 5 maths", user="U0ADMIN")
    assert "2 more classes not shown" in full_text(message)


def test_with_one_class_there_is_nothing_to_compare_it_with(bot: Bot) -> None:
    words = full_text(compared(bot, "grade 5 maths"))
    assert "; there is no other class of yours to compare it with." in words
    assert "Science" not in words


def test_a_class_without_practice_offers_a_range_that_has_some(both_classes: Bot) -> None:
    message = compared(both_classes, "grade 5 maths 2019-01-01..2019-01-31")
    assert "None of 7 students of Grade 5 Maths answered 10 questions" in full_text(message)
    assert Action.COMPARISON_NUMBERS not in buttons(message)
    both_classes.slack.click(RUIZ, message, f"{Action.USE_RANGE}:0")
    both_classes.slack.wait_until(lambda: "Grade 5 Maths gets " in full_text(message))


def test_the_table_of_classes_stands_in_for_their_picture(both_classes: Bot) -> None:
    both_classes.slack.faults.set("files.*", "unknown_method", times=None)
    message = compared(both_classes, "grade 5 maths")
    table = next(block for block in message.blocks if block["type"] == "table")
    assert [row[0]["text"] for row in table["rows"]] == [
        "Class",
        "Grade 5 Maths",
        "Grade 6 Science",
    ]


@pytest.mark.parametrize(
    "typed", ["maya grade 6 science", "maya with grade 6 science", "Maya Okafor in Grade 6 Science"]
)
def test_a_class_after_the_name_is_the_one_to_compare_with(both_classes: Bot, typed: str) -> None:
    school = both_classes.school
    with both_classes.session_factory.begin() as session:
        session.add(
            Enrolment(
                workspace_id=school.workspace_id,
                class_id=school.science,
                student_id=school.students["Maya Okafor"],
            )
        )
    assert "Maya Okafor\n · beside Grade 6 Science · " in full_text(compared(both_classes, typed))


def test_a_class_that_the_student_is_not_in_is_refused(both_classes: Bot) -> None:
    answer = both_classes.ask("/homeroom", "compare maya grade 6 science")
    assert "That student is not in Grade 6 Science today." in full_text(answer)
    assert reports(both_classes) == []


def test_a_class_after_a_class_is_among_the_others_anyway(both_classes: Bot) -> None:
    message = compared(both_classes, "grade 5 maths and grade 6 science")
    assert "Grade 5 Maths gets " in full_text(message)


def test_several_that_fit_are_told_apart(bot: Bot) -> None:
    choice = bot.ask("/homeroom", "compare alex kim 7d")
    assert labels(choice) == ["Alex Kim · Grade 5 Maths · s-5", "Alex Kim · Grade 5 Maths · s-6"]
    bot.slack.click(RUIZ, choice, f"{Action.PICK_REPORT}:1")
    words = full_text(bot.report())
    assert "Alex Kim (s-6)\n · beside Grade 5 Maths · last 7 days" in words
    assert "Leaderboard" in words


def test_absent_and_forbidden_get_the_same_words(bot: Bot) -> None:
    for kind in ("", " grade 5 maths"):
        forbidden = full_text(bot.ask("/homeroom", f"compare Ben Stone{kind}"))
        absent = full_text(bot.ask("/homeroom", f"compare Zed Quartz{kind}"))
        assert forbidden.replace("Ben Stone", "Zed Quartz") == absent
        assert "None of your " in forbidden
    assert reports(bot) == []


def test_near_names_are_offered(bot: Bot) -> None:
    answer = bot.ask("/homeroom", "compare Myla")
    assert "Did you mean " in full_text(answer)
    bot.slack.click(RUIZ, answer, f"{Action.PICK_REPORT}:{labels(answer).index('Maya')}")
    assert "Leaderboard" in full_text(bot.report())


@pytest.mark.parametrize("typed", ["compare", "compare help"])
def test_how_to_ask_is_the_answer_itself(bot: Bot, typed: str) -> None:
    answer = bot.ask("/homeroom", typed)
    assert "/homeroom compare Maya Grade 5 Maths 60d" in full_text(answer)


def test_what_is_no_range_is_refused(bot: Bot) -> None:
    assert "A range has at least one day" in full_text(bot.ask("/homeroom", "compare maya 0d"))


def test_a_student_of_no_class_has_nobody_to_be_compared_with(bot: Bot) -> None:
    with bot.session_factory.begin() as session:
        session.get_one(Class, bot.school.maths).is_active = False
    bot.ask("/homeroom", "compare maya", user="U0ADMIN")
    bot.slack.wait_for_message("U0ADMIN", "", "That student is in no class to be compared with.")


def test_the_report_of_a_student_leads_here_by_its_reference(bot: Bot) -> None:
    message = asked(bot, text="maya 60d")
    bar = message.blocks[-1]["elements"]
    bar.append(
        {
            "type": "button",
            "action_id": Action.COMPARE.value,
            "text": {"type": "plain_text", "text": "Compare"},
            "value": f"kind=comparison;student={bot.school.students['Maya Okafor']};range=60d",
        }
    )
    bot.slack.click(RUIZ, message, Action.COMPARE)
    words = full_text(bot.report(after=message.ts))
    assert "last 60 days" in words
    assert "Leaderboard" in words
