"""The product's own templates, word for word as specified, and putting them into a database."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from interventions.messages.placeholders import names_in
from school.models import MessageTemplate


class Category(StrEnum):
    """What a template is for; a teacher's own may be for anything."""

    INACTIVE = "inactive"
    STRUGGLING = "struggling"
    OVERDUE = "overdue"
    ENCOURAGEMENT = "encouragement"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Starter:
    """One of the product's templates. `code` finds it again whatever its words become."""

    code: str
    category: Category
    title: str
    content: str


STARTERS = (
    Starter(
        "inactive_check_in",
        Category.INACTIVE,
        "Inactive - Check In",
        "Hi [Student], I noticed you haven't practiced in [X] days. Is everything okay? "
        "Let me know if you need help!",
    ),
    Starter(
        "inactive_miss_you",
        Category.INACTIVE,
        "Inactive - We miss you",
        "Hey [Student], we miss you! Can you hop on and practice for a few minutes today?",
    ),
    Starter(
        "inactive_class_skill",
        Category.INACTIVE,
        "Inactive - What the class works on",
        "Hi [Student], your class is working on [Skill]. Can you practice 10 questions today?",
    ),
    Starter(
        "struggling_easier",
        Category.STRUGGLING,
        "Struggling - Easier assignment",
        "Hi [Student], I see you're working hard on [Skill]. I created an easier assignment to "
        "help you build confidence.",
    ),
    Starter(
        "struggling_meet",
        Category.STRUGGLING,
        "Struggling - Let's meet",
        "Hey [Student], [Skill] can be tricky! Let's meet tomorrow to go over it together.",
    ),
    Starter(
        "struggling_video",
        Category.STRUGGLING,
        "Struggling - Watch the video",
        "Hi [Student], I noticed you're struggling with [Skill]. Try watching the video tutorial "
        "first, then practice.",
    ),
    Starter(
        "overdue_due_soon",
        Category.OVERDUE,
        "Overdue - Due soon",
        "Hi [Student], the [Assignment] is due soon. Can you complete it today?",
    ),
    Starter(
        "overdue_not_started",
        Category.OVERDUE,
        "Overdue - Not started",
        "Hey [Student], I see you haven't started [Assignment] yet. Do you need help getting "
        "started?",
    ),
    Starter(
        "overdue_was_due",
        Category.OVERDUE,
        "Overdue - Was due yesterday",
        "Hi [Student], [Assignment] was due yesterday. Please complete it as soon as possible.",
    ),
    Starter(
        "encouragement_great_job",
        Category.ENCOURAGEMENT,
        "Encouragement - Great job",
        "Great job on [Assignment], [Student]! Keep up the excellent work!",
    ),
    Starter(
        "encouragement_accuracy",
        Category.ENCOURAGEMENT,
        "Encouragement - Accuracy improved",
        "Wow, [Student]! Your accuracy on [Skill] improved to [X]%. Awesome progress!",
    ),
    Starter(
        "encouragement_streak",
        Category.ENCOURAGEMENT,
        "Encouragement - Streak",
        "Hi [Student], you're on a [X]-day streak! Keep it going!",
    ),
)
_PLACE = {one.code: place for place, one in enumerate(STARTERS)}


def place_of(code: str | None) -> int:
    """Where one of the product's templates stands among them; a teacher's own come after."""
    return _PLACE.get(code or "", len(_PLACE))


def seed_templates(session: Session, *, now: datetime) -> None:
    """Put the product's templates in, as this release has them. May be repeated; it changes what
    another release had, and offers no more what this one does not have.
    """
    for starter in STARTERS:
        session.execute(_insert_once(session).values(**_row(starter), created_at=now))
    ours = select(MessageTemplate).where(MessageTemplate.code.is_not(None))
    known = {one.code: one for one in STARTERS}
    for row in session.scalars(ours):
        starter_now = known.get(str(row.code))
        if starter_now is not None:
            _bring_up_to_date(row, starter_now, now)
    gone = update(MessageTemplate).where(
        MessageTemplate.code.is_not(None), MessageTemplate.code.not_in(list(known))
    )
    session.execute(gone.values(is_active=False).execution_options(synchronize_session=False))


def variables_of(content: str) -> dict[str, list[str]]:
    """The placeholders of a template, as its row names them."""
    return {"placeholders": [one.value for one in names_in(content)]}


def _row(starter: Starter) -> dict[str, object]:
    return {
        "category": starter.category.value,
        "title": starter.title,
        "content": starter.content,
        "variables": variables_of(starter.content),
        "code": starter.code,
        "is_active": True,
    }


def _bring_up_to_date(row: MessageTemplate, starter: Starter, now: datetime) -> None:
    values = _row(starter)
    if any(getattr(row, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(row, name, value)
        row.changed_at = now


def _insert_once(session: Session) -> postgresql.Insert | sqlite.Insert:
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(MessageTemplate).on_conflict_do_nothing(index_elements=["code"])
    return postgresql.insert(MessageTemplate).on_conflict_do_nothing(index_elements=["code"])
