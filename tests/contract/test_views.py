"""Modals and App Home."""

import pytest

from tests.contract.places import Place
from tests.contract.support import modal, outcome, refused, section


def test_a_trigger_opens_one_modal_once(place: Place) -> None:
    trigger = place.trigger(None)
    view = place.bot.views_open(trigger_id=trigger, view=modal(callback_id="form"))["view"]
    assert view["id"].startswith("V")
    assert (view["type"], view["callback_id"], view["root_view_id"]) == (
        "modal",
        "form",
        view["id"],
    )
    assert view["hash"]
    found = refused(place.bot.views_open, trigger_id=trigger, view=modal())
    assert found == place.expected("a trigger twice", "exchanged_trigger_id")


def test_an_unknown_trigger_opens_nothing(place: Place) -> None:
    found = refused(place.bot.views_open, trigger_id="1.2.abc", view=modal())
    assert found == place.expected("an unknown trigger", "invalid_trigger_id")


@pytest.mark.parametrize(
    ("case", "view"),
    [
        ("no title", {"type": "modal", "blocks": section("a")}),
        ("a title of 25", modal(title={"type": "plain_text", "text": "x" * 25})),
        ("no blocks", {"type": "modal", "title": {"type": "plain_text", "text": "x"}}),
        ("3,001 of private metadata", modal(private_metadata="x" * 3001)),
        ("a home", {"type": "home", "blocks": section("a")}),
    ],
)
def test_a_view_is_checked_before_its_trigger_is_used(
    place: Place, case: str, view: dict[str, object]
) -> None:
    found = outcome(place.bot.views_open, trigger_id=place.trigger(None), view=view)
    assert found == place.expected(f"views: {case}", "invalid_arguments")


def test_a_view_changes_only_for_who_knows_its_state(place: Place) -> None:
    view = place.bot.views_open(trigger_id=place.trigger(None), view=modal())["view"]
    new = modal(blocks=section("two"))
    changed = place.bot.views_update(view_id=view["id"], hash=view["hash"], view=new)["view"]
    assert changed["hash"] != view["hash"]
    assert [b["block_id"] for b in changed["blocks"]] == ["two"]
    found = refused(place.bot.views_update, view_id=view["id"], hash=view["hash"], view=new)
    assert found == "hash_conflict"
    assert refused(place.bot.views_update, view_id="V0NOWHERE", view=new) == "not_found"


def test_three_modals_lie_on_each_other_and_no_fourth(place: Place) -> None:
    top = place.bot.views_open(trigger_id=place.trigger(None), view=modal())["view"]
    first = top["id"]
    for _ in range(2):
        pushed = place.bot.views_push(trigger_id=place.trigger(top["id"]), view=modal())["view"]
        assert (pushed["previous_view_id"], pushed["root_view_id"]) == (top["id"], first)
        top = pushed
    trigger = place.trigger(top["id"])
    assert refused(place.bot.views_push, trigger_id=trigger, view=modal()) == "push_limit_reached"


def test_an_external_id_names_one_view(place: Place) -> None:
    named = modal(external_id="the-one")
    place.bot.views_open(trigger_id=place.trigger(None), view=named)
    changed = place.bot.views_update(external_id="the-one", view=modal(blocks=section("new")))
    assert [b["block_id"] for b in changed["view"]["blocks"]] == ["new"]


def test_a_home_is_published_and_published_again(place: Place) -> None:
    home = {"type": "home", "blocks": section("a")}
    first = place.bot.views_publish(user_id=place.person, view=home)["view"]
    second = place.bot.views_publish(user_id=place.person, view=home, hash=first["hash"])["view"]
    assert first["id"] == second["id"]
    call = place.bot.views_publish
    assert refused(call, user_id=place.person, view=home, hash=first["hash"]) == "hash_conflict"
    assert refused(call, user_id="U0NOBODY", view=home) == "user_not_found"
