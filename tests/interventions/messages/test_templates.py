"""The product's templates, and a teacher's own."""

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from interventions.messages import (
    Category,
    add_template,
    category_for,
    edit_template,
    get_message_templates,
    own_templates,
    retire_template,
    seed_templates,
)
from interventions.messages.templates import MOST_OWN
from school.access import viewer_of
from school.errors import InvalidInput, NotFound
from school.models import MessageTemplate, User
from tests.interventions.staff import NOW, Staff

WORDS = {
    "inactive": [
        "Hi [Student], I noticed you haven't practiced in [X] days. Is everything okay? "
        "Let me know if you need help!",
        "Hey [Student], we miss you! Can you hop on and practice for a few minutes today?",
        "Hi [Student], your class is working on [Skill]. Can you practice 10 questions today?",
    ],
    "struggling": [
        "Hi [Student], I see you're working hard on [Skill]. I created an easier assignment to "
        "help you build confidence.",
        "Hey [Student], [Skill] can be tricky! Let's meet tomorrow to go over it together.",
        "Hi [Student], I noticed you're struggling with [Skill]. Try watching the video tutorial "
        "first, then practice.",
    ],
    "overdue": [
        "Hi [Student], the [Assignment] is due soon. Can you complete it today?",
        "Hey [Student], I see you haven't started [Assignment] yet. Do you need help getting "
        "started?",
        "Hi [Student], [Assignment] was due yesterday. Please complete it as soon as possible.",
    ],
    "encouragement": [
        "Great job on [Assignment], [Student]! Keep up the excellent work!",
        "Wow, [Student]! Your accuracy on [Skill] improved to [X]%. Awesome progress!",
        "Hi [Student], you're on a [X]-day streak! Keep it going!",
    ],
}
"""The specification's, word for word."""


def offered(session: Session, teacher: int, *category: str, **more: Any) -> list[MessageTemplate]:
    return get_message_templates(*category, session=session, teacher_id=teacher, now=NOW, **more)


def test_the_twelve_are_there_word_for_word(session: Session, seeded: Staff) -> None:
    for category, words in WORDS.items():
        assert [one.content for one in offered(session, seeded.ruiz, category)] == words
    titles = [one.title for one in offered(session, seeded.ruiz)]
    assert len(titles) == len(set(titles)) == 12
    assert titles[:2] == ["Inactive - Check In", "Inactive - We miss you"]
    assert offered(session, seeded.ruiz)[0].variables == {"placeholders": ["Student", "Days"]}


def test_the_fitting_category_comes_first(session: Session, seeded: Staff) -> None:
    first = offered(session, seeded.ruiz, first=category_for("overdue"))
    assert [one.category for one in first[:4]] == ["overdue"] * 3 + ["inactive"]
    assert category_for("declining") is Category.STRUGGLING
    assert category_for(None) is None
    with pytest.raises(InvalidInput):
        offered(session, seeded.ruiz, "rude")


def test_a_new_release_changes_what_is_there_and_adds_nothing_twice(
    session: Session, seeded: Staff
) -> None:
    before = [one.id for one in offered(session, seeded.ruiz)]
    session.execute(
        update(MessageTemplate)
        .where(MessageTemplate.code == "inactive_check_in")
        .values(content="Old words", is_active=False)
    )
    gone = MessageTemplate(category="inactive", title="Old", content="Old", code="gone")
    session.add(gone)
    session.flush()
    session.expire_all()
    seed_templates(session, now=NOW)
    session.expire_all()
    assert [one.id for one in offered(session, seeded.ruiz)] == before
    assert offered(session, seeded.ruiz)[0].content == WORDS["inactive"][0]


def test_a_teachers_own_is_theirs_alone(session: Session, seeded: Staff) -> None:
    made = add_template(
        seeded.ruiz,
        "other",
        "  Read\nthis ",
        "Hi [Student], read [Class].",
        session=session,
        now=NOW,
    )
    assert (made.title, made.variables) == ("Read this", {"placeholders": ["Student", "Class"]})
    assert made in offered(session, seeded.ruiz, "other")
    assert offered(session, seeded.moss, "other") == []
    with pytest.raises(NotFound):
        edit_template(seeded.moss, made.id, "other", "Mine", "Mine", session=session, now=NOW)
    ours = offered(session, seeded.ruiz)[0]
    with pytest.raises(NotFound):
        edit_template(seeded.ruiz, ours.id, "other", "Mine", "Mine", session=session, now=NOW)
    edited = edit_template(
        seeded.ruiz, made.id, "overdue", "Read this", "Read it.", session=session, now=NOW
    )
    assert (edited.category, edited.content, edited.changed_at) == ("overdue", "Read it.", NOW)


def test_one_is_offered_no_more_and_again(session: Session, seeded: Staff) -> None:
    made = add_template(seeded.ruiz, "other", "One", "One", session=session, now=NOW)
    retire_template(seeded.ruiz, made.id, session=session, now=NOW)
    assert made not in offered(session, seeded.ruiz)
    viewer = viewer_of(session, session.get_one(User, seeded.ruiz), now=NOW)
    assert own_templates(viewer, session=session, retired=True) == [made]
    retire_template(seeded.ruiz, made.id, session=session, now=NOW, back=True)
    assert own_templates(viewer, session=session) == [made]


def test_the_same_draft_makes_one(session: Session, seeded: Staff) -> None:
    given: dict[str, Any] = {"session": session, "now": NOW, "key": "draft:1"}
    one = add_template(seeded.ruiz, "other", "One", "One", **given)
    assert add_template(seeded.ruiz, "other", "One", "One", **given) is one


@pytest.mark.parametrize(
    ("category", "title", "content", "field"),
    [
        ("rude", "One", "One", "category"),
        ("other", " ", "One", "title"),
        ("other", "x" * 76, "One", "title"),
        ("other", "Taken", "One", "title"),
        ("other", "One", "\n", "content"),
        ("other", "One", "x" * 3001, "content"),
        ("other", "One", "Hi [Nickname]", "content"),
    ],
)
def test_what_cannot_be_a_template_is_refused_on_its_field(
    session: Session, seeded: Staff, category: str, title: str, content: str, field: str
) -> None:
    add_template(seeded.ruiz, "other", "Taken", "Taken", session=session, now=NOW)
    with pytest.raises(InvalidInput) as refused:
        add_template(seeded.ruiz, category, title, content, session=session, now=NOW)
    assert refused.value.field == field
    assert len(session.scalars(select(MessageTemplate)).all()) == 13


def test_a_menu_holds_no_more_than_it_holds(session: Session, seeded: Staff) -> None:
    for number in range(MOST_OWN):
        add_template(seeded.ruiz, "other", f"T {number}", "One", session=session, now=NOW)
    with pytest.raises(InvalidInput, match="Remove one first"):
        add_template(seeded.ruiz, "other", "More", "One", session=session, now=NOW)
