"""Templates that a teacher chooses from: the product's, and the teacher's own."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from interventions.messages.placeholders import check_template
from interventions.messages.starters import (
    Category,
    place_of,
    variables_of,
)
from interventions.messages.texts import LONGEST_MESSAGE, clean, is_empty
from interventions.opening import acting, looking
from school.access import Viewer
from school.errors import InvalidInput, NotFound
from school.models import MessageTemplate

LONGEST_TITLE = 75
"""What a menu shows of it."""
MOST_OWN = 60
"""Of a teacher's own: with the product's they fit one menu of Slack."""
NO_SUCH_TEMPLATE = "None of your templates is that one."
CATEGORIES = {
    "inactive": Category.INACTIVE,
    "struggling": Category.STRUGGLING,
    "declining": Category.STRUGGLING,
    "overdue": Category.OVERDUE,
    "praise": Category.ENCOURAGEMENT,
}
"""Which templates fit a concern, by its code."""


def category_for(concern: str | None) -> Category | None:
    """The category that fits a concern; None where none does."""
    return CATEGORIES.get(concern or "")


def get_message_templates(
    category: Category | str | None = None,
    *,
    session: Session,
    teacher_id: int,
    now: datetime,
    first: Category | str | None = None,
) -> list[MessageTemplate]:
    """The templates of a category, or all: by category, the product's first, then one's own.

    `first` is the category that comes before the others. Raises NotAllowed where there is no such
    teacher, and InvalidInput on `category`.
    """
    viewer = looking(teacher_id, session=session, now=now)
    if category is not None:
        category = checked_category(category)
    query = select(MessageTemplate).where(_offered(viewer), MessageTemplate.is_active)
    rows = [
        one for one in session.scalars(query) if category is None or one.category == category.value
    ]
    order = [one.value for one in Category]
    ahead = None if first is None else str(first)

    def place(one: MessageTemplate) -> tuple[bool, int, int, str, int]:
        at = order.index(one.category) if one.category in order else len(order)
        return one.category != ahead, at, place_of(one.code), one.title.casefold(), one.id

    return sorted(rows, key=place)


def template_of(
    viewer: Viewer, template_id: int, *, session: Session, own: bool = False
) -> MessageTemplate:
    """One of the templates a teacher may use, or with `own` change. Raises NotFound."""
    which = _own(viewer) if own else _offered(viewer)
    query = select(MessageTemplate).where(MessageTemplate.id == template_id, which)
    found = session.scalars(query).first()
    if found is None:
        raise NotFound(NO_SUCH_TEMPLATE)
    return found


def add_template(
    teacher_id: int,
    category: Category | str,
    title: str,
    content: str,
    *,
    session: Session,
    now: datetime,
    key: str | None = None,
) -> MessageTemplate:
    """A template of a teacher's own; asked for twice under one `key` it is made once.

    Raises InvalidInput on `category`, `title` or `content`.
    """
    viewer = acting(teacher_id, session=session, now=now)
    own_key = None if key is None else f"{teacher_id}:{key}"
    if (first := _made(viewer, own_key, session=session)) is not None:
        return first
    row = MessageTemplate(
        workspace_id=viewer.workspace_id, teacher_id=teacher_id, key=own_key, is_active=True
    )
    row.created_at = now
    _write(row, category, title, content, viewer, session=session)
    _check_number(viewer, session=session)
    session.add(row)
    session.flush()  # the caller shows it by its id
    return row


def edit_template(
    teacher_id: int,
    template_id: int,
    category: Category | str,
    title: str,
    content: str,
    *,
    session: Session,
    now: datetime,
) -> MessageTemplate:
    """Change a template of one's own. Raises NotFound, and InvalidInput as `add_template`."""
    viewer = acting(teacher_id, session=session, now=now)
    row = template_of(viewer, template_id, session=session, own=True)
    _write(row, category, title, content, viewer, session=session)
    row.changed_at = now
    session.flush()
    return row


def retire_template(
    teacher_id: int,
    template_id: int,
    *,
    session: Session,
    now: datetime,
    back: bool = False,
) -> MessageTemplate:
    """Offer a template of one's own no more, or with `back` again. Raises NotFound."""
    viewer = acting(teacher_id, session=session, now=now)
    row = template_of(viewer, template_id, session=session, own=True)
    if back and not row.is_active:
        _check_number(viewer, session=session)
    row.is_active, row.changed_at = back, now
    session.flush()
    return row


def own_templates(
    viewer: Viewer, *, session: Session, retired: bool = False
) -> Sequence[MessageTemplate]:
    """A teacher's own, by title; with `retired` those that are offered no more."""
    query = select(MessageTemplate).where(_own(viewer), MessageTemplate.is_active != retired)
    return session.scalars(query.order_by(MessageTemplate.title, MessageTemplate.id)).all()


def checked_category(category: Category | str) -> Category:
    """One of those there are. Raises InvalidInput on `category`."""
    try:
        return Category(category)
    except ValueError:
        known = ", ".join(Category)
        raise InvalidInput("category", f"A category is one of: {known}.") from None


def _write(
    row: MessageTemplate,
    category: Category | str,
    title: str,
    content: str,
    viewer: Viewer,
    *,
    session: Session,
) -> None:
    category = checked_category(category)
    title, text = " ".join(clean(title).split()), clean(content)
    if is_empty(title) or len(title) > LONGEST_TITLE:
        raise InvalidInput("title", f"Give it a title of 1 to {LONGEST_TITLE} characters.")
    if is_empty(text) or len(text) > LONGEST_MESSAGE:
        raise InvalidInput("content", f"Write 1 to {LONGEST_MESSAGE:,} characters.")
    check_template(text)
    same = select(MessageTemplate.id).where(
        _own(viewer), MessageTemplate.is_active, MessageTemplate.title == title
    )
    with session.no_autoflush:
        others = set(session.scalars(same)) - {row.id}
    if others:
        raise InvalidInput("title", "You have a template of that title. Choose another one.")
    row.category, row.title, row.content = category.value, title, text
    row.variables = variables_of(text)


def _check_number(viewer: Viewer, *, session: Session) -> None:
    if len(own_templates(viewer, session=session)) >= MOST_OWN:
        words = (
            f"You have {MOST_OWN} templates, which is all that the menu holds. Remove one first."
        )
        raise InvalidInput("title", words)


def _made(viewer: Viewer, key: str | None, *, session: Session) -> MessageTemplate | None:
    if key is None:
        return None
    query = select(MessageTemplate).where(_own(viewer), MessageTemplate.key == key)
    return session.scalars(query).first()


def _own(viewer: Viewer) -> ColumnElement[bool]:
    return and_(
        MessageTemplate.workspace_id == viewer.workspace_id,
        MessageTemplate.teacher_id == viewer.user_id,
    )


def _offered(viewer: Viewer) -> ColumnElement[bool]:
    return or_(MessageTemplate.code.is_not(None), _own(viewer))
