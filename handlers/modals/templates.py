"""Templates of messages: all of them in a list, and the form of one's own."""

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy.orm import Session

from handlers.ask import Ask
from handlers.codec import OLDER, Ref
from handlers.drafts import new_draft
from handlers.ids import Action
from handlers.people import Asker, looking, saving
from handlers.quick import View, change_view, show_modal
from handlers.refused import on_their_fields
from handlers.services import Services
from handlers.views.fields import block_of, chosen_in, text_in
from handlers.views.messages.templates import (
    EXAMPLE,
    Change,
    TemplateForm,
    TemplateLine,
    template_modal,
    templates_modal,
)
from interventions.messages import (
    Category,
    Filled,
    Placeholder,
    Values,
    add_template,
    edit_template,
    fill,
    get_message_templates,
    own_templates,
    retire_template,
    template_of,
)
from interventions.messages.templates import LONGEST_TITLE
from school.access import visible_classes
from school.errors import InvalidInput
from school.models import MessageTemplate, User

FIELDS = {
    "title": Action.TEMPLATE_TITLE,
    "category": Action.TEMPLATE_CATEGORY,
    "content": Action.TEMPLATE_TEXT,
}
"""In which field of the form stands what the service has refused."""
REMOVED_SHOWN = 10
"""So many of those removed are listed, the last ones first."""


def open_templates(ask: Ask, services: Services) -> None:
    """Open the list."""
    with looking(ask, services) as (session, asker):
        view = _list(asker, session=session)
    show_modal(ask, services, view)


def template_action(ask: Ask, services: Services) -> None:
    """What a button in the list or the form does: the same window shows what comes of it."""
    ref = ask.ref
    if ref.form in (Change.RETIRE, Change.RESTORE):
        view = _put(ask, services, ref, back=ref.form == Change.RESTORE)
    else:
        with looking(ask, services) as (session, asker):
            view = _wanted(asker, ref, session=session)
    ask.ack()
    change_view(ask, services, view)


def template_preview_action(ask: Ask, services: Services) -> None:
    """Show what was typed as an example student would see it."""
    with looking(ask, services) as (session, asker):
        text = text_in(ask.view, Action.TEMPLATE_TEXT)
        form = TemplateForm(
            _placed(ask, Action.TEMPLATE_TITLE),
            chosen_in(ask.view, Action.TEMPLATE_CATEGORY) or Category.OTHER.value,
            _placed(ask, Action.TEMPLATE_TEXT),
            _example(asker, text, session=session),
            str(block_of(ask.view, Action.TEMPLATE_TEXT).get("block_id")).partition("|")[2],
        )
    ask.ack()
    own = ask.carried
    change_view(ask, services, template_modal(form, own))


def template_submitted(ask: Ask, services: Services) -> None:
    """Keep the template; the list says so."""
    ref = ask.ref
    with on_their_fields(FIELDS), saving(ask, services) as (session, asker):
        typed = (
            chosen_in(ask.view, Action.TEMPLATE_CATEGORY) or "",
            text_in(ask.view, Action.TEMPLATE_TITLE),
            text_in(ask.view, Action.TEMPLATE_TEXT),
        )
        if ref.template is None:
            key = f"draft:{ref.draft}"
            kept = add_template(asker.user.id, *typed, session=session, now=asker.now, key=key)
        else:
            whose = asker.user.id, ref.template
            kept = edit_template(*whose, *typed, session=session, now=asker.now)
        view = _list(asker, f"Saved: {kept.title}", session=session)
    ask.ack(response_action="update", view=view)


def _put(ask: Ask, services: Services, ref: Ref, *, back: bool) -> View:
    """Remove one of the asker's own, or put it back; the list says so."""
    with saving(ask, services) as (session, asker):
        row = retire_template(
            asker.user.id, ref.template or 0, session=session, now=asker.now, back=back
        )
        said = f"{'Put back' if back else 'Removed'}: {row.title}"
        return _list(asker, said, None if back else row.id, session=session)


def _wanted(asker: Asker, ref: Ref, *, session: Session) -> View:
    if ref.form == Change.LIST:
        return _list(asker, session=session)
    if ref.form == Change.NEW:
        return _form(asker, Ref(draft=new_draft()), "", Category.OTHER, "", session=session)
    is_edit = ref.form == Change.EDIT
    if not is_edit and ref.form != Change.COPY:
        raise InvalidInput("form", OLDER)
    row = template_of(asker.viewer, ref.template or 0, session=session, own=is_edit)
    own = Ref(template=row.id) if is_edit else Ref(draft=new_draft())
    title = row.title if is_edit else _copied(row.title)
    return _form(asker, own, title, row.category, row.content, session=session)


def _copied(title: str) -> str:
    """What a copy is called at first: a menu of both must tell them apart."""
    suffix = " (mine)"
    return f"{title[: LONGEST_TITLE - len(suffix)].rstrip()}{suffix}"


def _form(
    asker: Asker, ref: Ref, title: str, category: str, content: str, *, session: Session
) -> View:
    shown = _example(asker, content, session=session)
    known = category if category in set(Category) else Category.OTHER.value
    return template_modal(TemplateForm(title, known, content, shown, uuid4().hex[:8]), ref)


def _example(asker: Asker, content: str, *, session: Session) -> Filled:
    """A text as a student would read it who is nobody."""
    own = visible_classes(session, asker.viewer)
    known = {
        Placeholder.STUDENT: EXAMPLE,
        Placeholder.TEACHER: session.get_one(User, asker.user.id).name,
        Placeholder.CLASS: own[0].title if own else "Grade 5 Maths",
        Placeholder.SKILL: "Fractions",
        Placeholder.CLASS_SKILL: "Decimals",
        Placeholder.ASSIGNMENT: "Fractions Practice",
        Placeholder.DAYS: "10",
        Placeholder.PERCENT: "74",
        Placeholder.STREAK: "5",
    }
    return fill(content, Values(known))


def _list(asker: Asker, said: str = "", undo: int | None = None, *, session: Session) -> View:
    session.flush()  # what was changed is listed as it is now
    everything = get_message_templates(session=session, teacher_id=asker.user.id, now=asker.now)
    ours = [one for one in everything if one.code is not None]
    removed = own_templates(asker.viewer, session=session, retired=True)
    last = sorted(removed, key=lambda one: str(one.changed_at), reverse=True)[:REMOVED_SHOWN]
    own = own_templates(asker.viewer, session=session)
    return templates_modal(_lines(ours), _lines(own), _lines(last), said, undo)


def _lines(rows: Sequence[MessageTemplate]) -> list[TemplateLine]:
    return [TemplateLine(one.id, one.category, one.title, one.content, one.code) for one in rows]


def _placed(ask: Ask, name: Action) -> str:
    """What was put into a field when its form was opened: what is typed since, Slack keeps."""
    return str((block_of(ask.view, name).get("element") or {}).get("initial_value") or "")
