"""Templates of messages: the menu of them, the list of all, and the form of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count, groupby

from handlers.codec import Ref
from handlers.ids import Action, Modal
from handlers.views.blocks import (
    Block,
    Blocks,
    Element,
    actions,
    bold,
    button,
    code,
    divider,
    field,
    line,
    option,
    paragraph,
    plain,
    section,
)
from handlers.views.fields import long_field, menu_field, word_field
from handlers.views.marked import rich_blocks
from handlers.views.modals import View, modal
from interventions.messages import (
    LONGEST_MESSAGE,
    MEANT,
    Category,
    Filled,
    Placeholder,
    trouble_words,
)
from interventions.messages.templates import LONGEST_TITLE

NONE_YET = "None yet. Write a new one, or copy one of Homeroom's and change it."
EXAMPLE = "Maya"
"""The student of the preview of a template, who is nobody."""

CATEGORIES = {
    Category.INACTIVE.value: "Inactive",
    Category.STRUGGLING.value: "Struggling",
    Category.OVERDUE.value: "Overdue",
    Category.ENCOURAGEMENT.value: "Encouragement",
    Category.OTHER.value: "Other",
}
"""What each category is called."""


class Change(StrEnum):
    """What a button beside a template does, as a reference's `form` says it."""

    LIST = "list"
    NEW = "new"
    EDIT = "edit"
    COPY = "copy"
    RETIRE = "retire"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template as menus and lists show it; one without a `code` is the reader's own."""

    id: int
    category: str
    title: str
    content: str
    code: str | None


def template_menu(
    templates: Sequence[TemplateLine],
    chosen: int | None,
    block_id: str,
    *,
    action: Action = Action.MESSAGE_TEMPLATE,
) -> Blocks:
    """The templates in their order, under their categories; we hear at once of a choice.

    A new `block_id` forgets what was chosen before. Nothing where there are none.
    """
    if not templates:
        return []
    groups = [
        {
            "label": plain(CATEGORIES.get(category, category), "option"),
            "options": [_option(one) for one in members],
        }
        for category, members in groupby(templates, key=lambda one: one.category)
    ]
    element: Element = {
        "type": "static_select",
        "action_id": action.value,
        "placeholder": plain("Choose a template", "placeholder"),
        "option_groups": groups,
    }
    on = next((one for one in templates if one.id == chosen), None)
    filled = {"initial_option": _option(on)} if on is not None else {}
    told = {"dispatch_action": True, "optional": True}
    return [field("Template", block_id, element | filled) | told]


def _option(one: TemplateLine) -> Element:
    own = "Yours · " if one.code is None else ""
    return option(one.title, Ref(template=one.id).encode(), f"{own}{one.content}")


@dataclass(frozen=True, slots=True)
class TemplateForm:
    """What stands in the form of one's own template. `shown` is the text as an example student
    would read it, with what could not be filled in. A new `mark` forgets what was typed before.
    """

    title: str
    category: str
    content: str
    shown: Filled
    mark: str


def templates_modal(
    ours: Sequence[TemplateLine],
    own: Sequence[TemplateLine],
    removed: Sequence[TemplateLine],
    said: str = "",
    undo: int | None = None,
) -> View:
    """All templates: the reader's, those removed last, the product's. `said` is what was just
    done, `undo` the template that it can be undone for.
    """
    back = [_act("Undo", Change.RESTORE, undo, 0)] if undo is not None else []
    told = [section(said, *back)] if said else []
    new = actions(_act("New template", Change.NEW, None, 1))
    numbers = count(2)
    yours = [_listed(one, "Edit", Change.EDIT, next(numbers)) for one in own]
    gone = [_listed(one, "Put back", Change.RESTORE, next(numbers)) for one in removed]
    product = [_listed(one, "Copy", Change.COPY, next(numbers)) for one in ours]
    blocks = [
        *told,
        new,
        line(bold("Yours")),
        *(yours or [section(NONE_YET)]),
        *([line(bold("Removed")), *gone] if gone else []),
        line(bold("Homeroom's")),
        *product,
    ]
    return modal(Modal.TEMPLATES, "Templates", blocks)


def template_modal(form: TemplateForm, ref: Ref) -> View:
    """The form of a new template, or of one that the reader may change."""
    is_new = ref.template is None
    others = [
        button("Update preview", Action.TEMPLATE_PREVIEW, ref.encode()),
        _act("Back to the list", Change.LIST, None, 0),
        *([] if is_new else [_act("Remove", Change.RETIRE, ref.template, 1)]),
    ]
    blocks = [
        word_field(
            "Title",
            f"{Action.TEMPLATE_TITLE}|{form.mark}",
            Action.TEMPLATE_TITLE,
            form.title,
            most=LONGEST_TITLE,
        ),
        menu_field("Category", Action.TEMPLATE_CATEGORY, CATEGORIES, form.category),
        long_field(
            "Text",
            f"{Action.TEMPLATE_TEXT}|{form.mark}",
            Action.TEMPLATE_TEXT,
            form.content,
            most=LONGEST_MESSAGE,
            hint="Words in square brackets are filled in for each student; they stand below.",
        ),
        actions(*others),
        divider(),
        line(bold(f"As {EXAMPLE} would see it")),
        *(rich_blocks(form.shown.text) or [section("Nothing yet.")]),
        *[section(trouble_words(one)) for one in form.shown.troubles],
        divider(),
        *_placeholders(),
    ]
    title = "New template" if is_new else "Edit template"
    return modal(Modal.TEMPLATE, title, blocks, ref=ref, submit="Save")


def _placeholders() -> Blocks:
    """Each placeholder with what it stands for."""
    known = [line(code(f"[{one}]"), f"  {MEANT[one]}") for one in Placeholder]
    return [line(bold("Filled in for each student")), *known]


def _listed(one: TemplateLine, label: str, change: Change, number: int) -> Block:
    category = CATEGORIES.get(one.category, one.category)
    head = one.title if one.title.startswith(category) else f"{one.title} · {category}"
    return paragraph(head, one.content, accessory=_act(label, change, one.id, number))


def _act(label: str, change: Change, template_id: int | None, number: int) -> Element:
    value = Ref(form=change.value, template=template_id).encode()
    return button(label, Action.TEMPLATE, value, number=number)
