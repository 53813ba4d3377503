"""Keeping one's own templates: written, copied, changed, removed and put back."""

import pytest
from sqlalchemy import select

from handlers.ids import Action
from school.models import MessageTemplate
from tests.handlers.conftest import Bot
from tests.handlers.school import RUIZ
from tests.handlers.writing.support import (
    block_with,
    changed,
    composer,
    placed,
    says,
    send,
    window,
)

TITLE, TEXT = Action.TEMPLATE_TITLE, Action.TEMPLATE_TEXT
NEW = "form=new"


def own(bot: Bot) -> list[MessageTemplate]:
    """All that teachers have written."""
    with bot.session_factory() as session:
        query = select(MessageTemplate).where(MessageTemplate.code.is_(None))
        return list(session.scalars(query))


def listed(bot: Bot) -> None:
    """Open the list."""
    window(bot, "templates")


def add(bot: Bot, title: str = "Bring it back", text: str = "Hi [Student], your book?") -> None:
    listed(bot)
    changed(bot, f"{Action.TEMPLATE}:1", NEW)
    assert send(bot, **{TITLE: title, TEXT: text}).ok


def button(bot: Bot, form: str) -> tuple[str, str]:
    """The first button of the list that does this: its action and value."""
    view = bot.slack.wait_for_modal(RUIZ)
    every = [
        one
        for block in view.blocks
        for one in [block.get("accessory"), *block.get("elements", ())]
        if one and f"form={form}" in str(one.get("value"))
    ]
    return every[0]["action_id"], every[0]["value"]


def test_the_list_has_the_product_s_and_one_s_own(bot: Bot) -> None:
    add(bot)
    shown = says(bot.slack.wait_for_modal(RUIZ))
    assert shown.index("Saved: Bring it back") < shown.index("Yours") < shown.index("Homeroom's")
    assert "Bring it back · Other" in shown
    assert shown.count("[Student], ") >= 9


def test_a_template_that_is_sent_off_twice_is_one_and_can_be_chosen(bot: Bot) -> None:
    listed(bot)
    view = changed(bot, f"{Action.TEMPLATE}:1", NEW)
    as_opened = view.body
    for _time in range(2):
        view.body = as_opened
        assert bot.slack.submit(RUIZ, view, {TITLE: "Mine", TEXT: "Hi [Student]"}).ok
    assert len(own(bot)) == 1
    menu = block_with(composer(bot), Action.MESSAGE_TEMPLATE)["element"]["option_groups"]
    assert [one["text"]["text"] for one in menu[-1]["options"]] == ["Mine"]
    assert "Yours · Hi [Student]" in str(menu[-1])


def test_one_of_the_product_s_is_copied_and_changed(bot: Bot) -> None:
    listed(bot)
    view = changed(bot, *button(bot, "copy"))
    assert placed(view, TITLE) == "Inactive - Check In (mine)"
    assert placed(view, TEXT).startswith("Hi [Student], I noticed")
    assert send(bot, **{TITLE: "Check in, my way"}).ok
    assert [one.title for one in own(bot)] == ["Check in, my way"]
    assert own(bot)[0].category == "inactive"


def test_one_s_own_is_changed_removed_and_put_back(bot: Bot) -> None:
    add(bot)
    changed(bot, *button(bot, "edit"))
    assert send(bot, **{TITLE: "Bring your book"}).ok
    assert [one.title for one in own(bot)] == ["Bring your book"]
    changed(bot, *button(bot, "edit"))
    view = changed(bot, *button(bot, "retire"))
    assert "Removed: Bring your book" in says(view)
    assert not own(bot)[0].is_active
    view = changed(bot, *button(bot, "restore"))
    assert "Put back: Bring your book" in says(view)
    assert own(bot)[0].is_active


def test_the_preview_is_of_an_example_student_and_nothing_typed_is_lost(bot: Bot) -> None:
    listed(bot)
    changed(bot, f"{Action.TEMPLATE}:1", NEW)
    typed = {TITLE: "Mine", TEXT: "Hi [Student], [X]% on [Skill]! [Wrong]"}
    view = changed(bot, Action.TEMPLATE_PREVIEW, **typed)
    shown = says(view)
    assert "Hi Maya, 74% on Fractions! [Wrong]" in shown
    assert "[Wrong]: it is none of the placeholders that I know" in shown
    assert view.entered[block_with(view, TITLE)["block_id"]][TITLE] == "Mine"
    assert view.entered[block_with(view, TEXT)["block_id"]][TEXT] == typed[TEXT]
    assert "Templates" in str(changed(bot, *button(bot, "list")).body["title"])


@pytest.mark.parametrize(
    ("title", "text", "field", "words"),
    [
        ("Mine", "Hi [Studnet]", TEXT, "[Studnet]: it is none of the placeholders that I know"),
        ("Mine", "Hi [X]", TEXT, "write [Days], [Percent] or [Streak]"),
        ("\u200b", "Hi", TITLE, "Give it a title"),
        ("Bring it back", "Hi", TITLE, "You have a template of that title."),
    ],
)
def test_what_cannot_be_kept_lands_on_its_field(
    bot: Bot, title: str, text: str, field: Action, words: str
) -> None:
    add(bot)
    changed(bot, f"{Action.TEMPLATE}:1", NEW)
    outcome = send(bot, **{TITLE: title, TEXT: text})
    [(block, why)] = outcome.field_errors.items()
    assert (block.partition("|")[0], words in why) == (field, True), why
    assert len(own(bot)) == 1


def test_a_colleague_s_template_is_nobody_else_s(bot: Bot) -> None:
    add(bot)
    bot.slack.close(RUIZ, everything=True)
    value = f"form=edit;template={own(bot)[0].id}"
    view = window(bot, "templates", "U0MOSS")
    assert "Bring it back" not in says(view)
    for block in view.blocks:
        if block.get("accessory"):
            block["accessory"]["value"] = value
    action = next(one["accessory"]["action_id"] for one in view.blocks if one.get("accessory"))
    assert bot.slack.click("U0MOSS", view, action, value).ok
    bot.slack.wait_until(
        lambda: "None of your templates is that one." in says(bot.slack.modal("U0MOSS")),
        what="a refusal",
    )


def test_help_explains_templates(bot: Bot) -> None:
    assert "Prepared texts for messages" in str(bot.ask("/homeroom", "templates help").blocks)
