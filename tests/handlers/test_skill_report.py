"""A skill's report, as people ask for it and click in it."""

import pytest

from handlers.ids import Action, Kind
from sandbox import full_text
from school.models import Class, ClassTeacher, Delivery, Skill, SkillPrerequisite, User
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ
from tests.handlers.test_actions import entry, words_of
from tests.handlers.test_commands import labels, reports


def teach_both(bot: Bot) -> None:
    """From now on Ms Ruiz teaches the science class too."""
    with bot.session_factory.begin() as session:
        ruiz = session.query(User).filter_by(slack_user_id=RUIZ).one()
        row = ClassTeacher(
            workspace_id=bot.school.workspace_id, class_id=bot.school.science, user_id=ruiz.id
        )
        session.add(row)


def teach_many(bot: Bot, number: int) -> None:
    """From now on Ms Ruiz teaches so many more classes."""
    with bot.session_factory.begin() as session:
        ruiz = session.query(User).filter_by(slack_user_id=RUIZ).one()
        for one in range(number):
            more = Class(
                workspace_id=bot.school.workspace_id,
                title=f"Club {one:02}",
                source_id=f"club-{one}",
                created_at=bot.school.today,
            )
            session.add(more)
            session.flush()
            session.add(
                ClassTeacher(
                    workspace_id=bot.school.workspace_id, class_id=more.id, user_id=ruiz.id
                )
            )


def a_skill(bot: Bot, name: str, code: str | None = None, before: str | None = None) -> int:
    """One more skill; it comes before another where that is said."""
    with bot.session_factory.begin() as session:
        row = Skill(workspace_id=bot.school.workspace_id, name=name, source_id=code or name)
        session.add(row)
        session.flush()
        if before:
            later = session.query(Skill).filter_by(name=before).one()
            edge = SkillPrerequisite(
                workspace_id=row.workspace_id, skill_id=later.id, prerequisite_id=row.id
            )
            session.add(edge)
        return row.id


def test_a_skill_report_comes_as_a_direct_message(bot: Bot) -> None:
    pointer = bot.ask("/skill-report", "fractions")
    assert pointer.ephemeral_for == RUIZ
    assert "The report on “Fractions” is in your messages with me." in full_text(pointer)
    report = bot.report()
    words = full_text(report)
    assert "Fractions\n · Grade 5 Maths · 7 students · last 30 days" in words
    assert "6 of 7 students need work on Fractions; class accuracy is" in words
    assert "Need you:" in words and "Focus next:" in words
    image = next(block for block in report.blocks if block["type"] == "image")
    assert image["alt_text"].startswith("6 of 7 students need work on Fractions")
    assert "6 need work, 1 too little practice. Accuracy " in image["alt_text"]


@pytest.mark.parametrize(
    "typed",
    [
        "fractions Grade 5 Maths 60d",
        "Fractions maths last 60 days",
        "fract grade 5 60d",
        '"fractions maths" 60d',
    ],
)
def test_a_class_and_a_range_may_follow_without_quotes(bot: Bot, typed: str) -> None:
    teach_both(bot)
    bot.ask("/skill-report", typed)
    words = full_text(bot.report())
    assert "Fractions\n · Grade 5 Maths" in words and "last 60 days" in words


def test_with_several_classes_that_practise_it_one_is_asked_for(bot: Bot) -> None:
    teach_both(bot)
    question = bot.ask("/skill-report", "fractions 60d")
    assert labels(question) == ["Grade 5 Maths", "Grade 6 Science"]
    bot.slack.click(RUIZ, question, f"{Action.PICK_REPORT}:1")
    words = full_text(bot.report())
    assert "Fractions\n · Grade 6 Science" in words and "last 60 days" in words


def test_the_only_class_that_practises_it_is_meant(bot: Bot) -> None:
    teach_both(bot)
    bot.school.add_skills(bot.session_factory, "Ben Stone", 1)
    bot.ask("/skill-report", "skill number 0")
    assert "Skill number 0\n · Grade 6 Science" in full_text(bot.report())


def test_several_skills_that_fit_are_offered_those_practised_first_of_all(bot: Bot) -> None:
    bot.school.add_skills(bot.session_factory, "Maya Okafor", 2)
    a_skill(bot, "Skill that nobody has met", "n-1")
    question = bot.ask("/skill-report", "skill")
    assert labels(question) == ["Skill number 0 · skill-0", "Skill number 1 · skill-1"]
    bot.slack.click(RUIZ, question, f"{Action.PICK_REPORT}:1")
    assert "Skill number 1\n · Grade 5 Maths" in full_text(bot.report())


def test_near_names_are_offered_where_nothing_fits(bot: Bot) -> None:
    answer = bot.ask("/skill-report", "division of numbers")
    assert "None of your skills is called division of numbers." in full_text(answer)
    assert labels(answer) == ["Division"]
    answer = bot.ask("/skill-report", "devisione")
    assert "Did you mean Division?" in full_text(answer).replace("\n", "")
    bot.slack.click(RUIZ, answer, f"{Action.PICK_REPORT}:0")
    words = full_text(bot.report())
    assert "None of 7 students has practised Division yet." in words
    assert "Need you" not in words


def test_a_class_of_others_is_not_found_like_one_that_is_not_there(bot: Bot) -> None:
    theirs = bot.ask("/skill-report", "fractions Science")
    nowhere = bot.ask("/skill-report", "fractions xqzvwk")
    assert "None of your skills is called fractions xqzvwk." in full_text(nowhere)
    assert full_text(theirs) == full_text(nowhere).replace("xqzvwk", "Science")
    near = bot.ask("/skill-report", "fractions grede 5 moths")
    assert labels(near) == ["Grade 5 Maths"]
    bot.slack.click(RUIZ, near, f"{Action.PICK_REPORT}:0")
    assert "Fractions\n · Grade 5 Maths" in full_text(bot.report())


def test_without_words_a_skill_is_picked_those_most_needed_first(bot: Bot) -> None:
    bot.slack.command(RUIZ, "#general", "/skill-report", "60d")
    view = bot.slack.wait_for_modal(RUIZ)
    offered = bot.slack.suggest(RUIZ, view, Action.CHOOSE_SKILL, "")
    shown = [(one["text"]["text"], one["description"]["text"]) for one in offered.options]
    assert shown == [
        ("Fractions", "Grade 5 Maths · 6 of 7 need work"),
        ("Ratio", "Grade 5 Maths · 0 of 7 need work"),
    ]
    (ratio,) = bot.slack.suggest(RUIZ, view, Action.CHOOSE_SKILL, "rat").options
    bot.slack.choose(RUIZ, view, Action.CHOOSE_SKILL, ratio["value"])
    outcome = bot.slack.submit(RUIZ, view, {"choose_range": "60d"})
    assert "The report on “Ratio” is in your messages with me." in words_of(outcome.view)
    words = full_text(bot.report())
    assert "6 of 7 students have mastered Ratio" in words and "last 60 days" in words


def test_a_skill_of_two_classes_says_which_once_it_is_chosen(bot: Bot) -> None:
    teach_both(bot)
    bot.slack.command(RUIZ, "#general", "/skill-report", "")
    view = bot.slack.wait_for_modal(RUIZ)
    offered = bot.slack.suggest(RUIZ, view, Action.CHOOSE_SKILL, "fract").options
    assert [one["text"]["text"] for one in offered] == [
        "Fractions · Grade 5 Maths",
        "Fractions · Grade 6 Science",
    ]


def test_a_picker_without_a_skill_says_so_on_its_field(bot: Bot) -> None:
    bot.slack.command(RUIZ, "#general", "/skill-report", "")
    view = bot.slack.wait_for_modal(RUIZ)
    outcome = bot.slack.submit(RUIZ, view, {})
    assert set(outcome.field_errors) == {"choose_skill"}
    assert reports(bot) == []


def test_a_picked_skill_is_sent_once(bot: Bot) -> None:
    bot.slack.command(RUIZ, "#general", "/skill-report", "")
    view = bot.slack.wait_for_modal(RUIZ)
    (ratio,) = bot.slack.suggest(RUIZ, view, Action.CHOOSE_SKILL, "rat").options
    as_opened = view.body
    for _time in range(2):
        view.body = as_opened  # The first submission has put its answer there.
        bot.slack.submit(RUIZ, view, {"choose_skill": ratio["value"]})
    bot.report()
    with bot.session_factory() as session:
        assert session.query(Delivery).filter_by(kind=Kind.SKILL_REPORT.value).count() == 1


def test_who_has_very_many_classes_names_the_skill_and_the_class(bot: Bot) -> None:
    teach_many(bot, 25)
    assert "/skill-report Fractions Grade 5 Maths" in full_text(bot.ask("/skill-report"))
    question = bot.ask("/skill-report", "fractions")
    assert "Which class?" in full_text(question) and "And 6 more" in full_text(question)
    bot.ask("/skill-report", "fractions grade 5 maths")
    report = bot.report()
    assert "Fractions\n · Grade 5 Maths" in full_text(report)
    assert bot.slack.suggest(RUIZ, report, Action.CLASS_SKILL, "").options


def test_a_picker_left_open_offers_nothing_to_who_has_very_many_classes_by_now(bot: Bot) -> None:
    bot.slack.command(RUIZ, "#general", "/skill-report", "")
    view = bot.slack.wait_for_modal(RUIZ)
    teach_many(bot, 25)
    assert bot.slack.suggest(RUIZ, view, Action.CHOOSE_SKILL, "").options == []


def test_a_teacher_without_classes_is_told_so(bot: Bot) -> None:
    bot.school.leave_all_classes(bot.session_factory)
    for typed in ("", "fractions", "fractions grade 5 maths"):
        assert "You have no classes here yet." in full_text(bot.ask("/skill-report", typed))


def test_help_explains_it(bot: Bot) -> None:
    assert "/skill-report Fractions Grade 5 Maths" in full_text(bot.ask("/skill-report", "help"))


def test_the_range_changes_in_place(bot: Bot) -> None:
    bot.ask("/skill-report", "fractions")
    report = bot.report()
    bot.slack.choose(RUIZ, report, Action.REPORT_RANGE, entry(report, "7d"))
    bot.slack.wait_until(lambda: "last 7 days" in full_text(report))
    assert reports(bot) == [report]


def test_another_skill_and_a_student_open_from_it(bot: Bot) -> None:
    bot.ask("/skill-report", "fractions")
    report = bot.report()
    skills = bot.slack.suggest(RUIZ, report, Action.CLASS_SKILL, "rat")
    bot.slack.choose(RUIZ, report, Action.CLASS_SKILL, skills.options[0]["value"])
    bot.slack.wait_until(lambda: len(reports(bot)) == 2)
    assert "Ratio\n · Grade 5 Maths" in full_text(reports(bot)[1])
    students = bot.slack.suggest(RUIZ, report, Action.CLASS_STUDENT, "maya")
    bot.slack.choose(RUIZ, report, Action.CLASS_STUDENT, students.options[0]["value"])
    bot.slack.wait_until(lambda: len(reports(bot)) == 3)
    assert "Maya Okafor\n · Grade 5 Maths" in full_text(reports(bot)[2])


def test_numbers_open_in_a_modal_and_turn_their_pages(bot: Bot) -> None:
    bot.school.add_students(bot.session_factory, 15)
    a_skill(bot, "Equivalence", before="Fractions")
    bot.ask("/skill-report", "fractions")
    report = bot.report()
    bot.slack.click(RUIZ, report, Action.SKILL_NUMBERS)
    view = bot.slack.wait_for_modal(RUIZ)
    bot.slack.wait_until(lambda: "Page 1 of 2" in words_of(view))
    assert "needs work, chance of a right answer 60 %" in words_of(view)
    bot.slack.click(RUIZ, view, f"{Action.SKILL_NUMBERS_PAGE}:1")
    bot.slack.wait_until(lambda: "Page 2 of 2" in words_of(view))
    words = words_of(view)
    assert "too little practice · never practised" in words
    assert "Accuracy by week" in words and "95 % interval" in words
    assert "Equivalence: 22 too little practice" in words


def test_without_practice_in_the_range_one_that_has_some_is_offered(bot: Bot) -> None:
    bot.ask("/skill-report", "fractions 2019-01-01..2019-01-31")
    report = bot.report()
    assert "By 31 Jan, none of 7 students had practised Fractions." in full_text(report)
    offers = [one for one in labels(report) if one.startswith("Show")]
    assert len(offers) == 2 and "all practice" in offers[1]
    bot.slack.click(RUIZ, report, f"{Action.USE_RANGE}:1")
    bot.slack.wait_until(lambda: "6 of 7 students need work" in full_text(report))


def test_where_slack_takes_no_files_a_table_of_the_numbers_stands_in(bot: Bot) -> None:
    bot.slack.faults.set("files.*", "unknown_method", times=None)
    bot.ask("/skill-report", "fractions")
    kinds = [block["type"] for block in bot.report().blocks]
    assert "image" not in kinds
    rows = bot.report().blocks[kinds.index("table")]["rows"]
    cells = [[cell["text"] for cell in row] for row in rows]
    assert cells[0] == ["Student", "Estimate", "Right", "Questions", "State"]
    assert [row[0] for row in cells[1:]].count("Maya Okafor") == 1
    assert cells[-1] == ["Ana Ruiz", "–", "–", "0", "too little practice"]
