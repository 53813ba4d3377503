"""Values that no button of ours bears: refused, or harmless."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from handlers.codec import OLDER, Ref
from handlers.ids import Action, Kind
from sandbox import Message, full_text
from school.models import Delivery, User
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import form as meeting_form
from tests.handlers.school import RUIZ
from tests.handlers.test_modals import custom_range, iso


def forged(bot: Bot, action: Action, ref: Ref) -> Message:
    """A message in Ms Ruiz's direct messages with a button that says what we never said."""
    text = {"type": "plain_text", "text": "Click"}
    button = {"type": "button", "action_id": action.value, "text": text, "value": ref.encode()}
    blocks = [{"type": "actions", "block_id": "row", "elements": [button]}]
    workspace, where = bot.slack.workspace, bot.slack.where(RUIZ)
    return workspace.post(
        Message(workspace.new_ts(), where.id, "U0BOT", "a report", blocks, from_app=True)
    )


def saved(bot: Bot) -> list[Delivery]:
    with bot.session_factory() as session:
        return list(session.scalars(select(Delivery)))


@pytest.mark.parametrize("action", [Action.PICK_REPORT, Action.COMPARE, Action.MORE])
@pytest.mark.parametrize("kind", [Kind.GREETING, Kind.EXPORT_NOTICE, "file_expiry"])
def test_kinds_that_nobody_asks_for_are_refused(bot: Bot, action: Action, kind: str) -> None:
    ref = Ref(kind=str(kind), student=bot.school.students["Maya Okafor"], form="pdf")
    bot.slack.click(RUIZ, forged(bot, action, ref), action)
    answer = bot.slack.wait_for_message(RUIZ, "", OLDER)
    assert answer.ephemeral_for == RUIZ
    assert saved(bot) == []


@pytest.mark.parametrize(
    ("kind", "form"), [(Kind.CLASS_PACK, "csv"), (Kind.EXPORT, "pack"), (Kind.EXPORT, None)]
)
def test_a_form_that_is_not_of_its_kind_is_refused(bot: Bot, kind: Kind, form: str | None) -> None:
    ref = Ref(kind=kind.value, class_id=bot.school.maths, form=form)
    bot.slack.click(RUIZ, forged(bot, Action.EXPORT, ref), Action.EXPORT)
    bot.slack.wait_for_message(RUIZ, "", OLDER)
    assert saved(bot) == []


@pytest.mark.parametrize("channel", ["C0GENERAL", "D0OTHER"])
def test_a_modal_writes_into_the_askers_own_messages_alone(bot: Bot, channel: str) -> None:
    view = custom_range(bot)
    ref = Ref.decode(view.body["private_metadata"])
    before = bot.slack.last_message(RUIZ)
    view.body["private_metadata"] = replace(ref, channel=channel).encode()
    assert bot.slack.submit(RUIZ, view, {"first_day": iso(20), "last_day": iso(10)}).ok
    assert before is not None
    report = bot.report(after=before.ts)
    assert "Maya Okafor" in full_text(report)
    calls = bot.slack.ledger.calls("chat.*", channel)
    assert calls == []
    with bot.session_factory() as session:
        user = session.scalars(select(User).where(User.slack_user_id == RUIZ)).one()
    assert report.channel == user.slack_channel


@pytest.mark.parametrize("action", [Action.MORE, Action.FULL_REPORT, Action.COMPARE])
@pytest.mark.parametrize("kind", [Kind.MEETING_CARD, Kind.MEETING_REMINDER, Kind.MEETING_OUTCOME])
def test_no_button_sends_what_belongs_to_a_meeting(bot: Bot, action: Action, kind: Kind) -> None:
    ref = Ref(kind=kind.value, student=bot.school.students["Maya Okafor"], meeting=1)
    bot.slack.click(RUIZ, forged(bot, action, ref), action)
    bot.slack.wait_for_message(RUIZ, "", OLDER)
    assert saved(bot) == []


@pytest.mark.parametrize(
    "when", ["x", "2026-13-01....", ".9999...", "..x..", "...dance.", "2026-11-24.14"]
)
def test_a_time_that_we_never_wrote_is_refused(bot: Bot, when: str) -> None:
    student = bot.school.students["Maya Okafor"]
    ref = Ref(kind=Kind.MEETING_CARD.value, student=student, when=when)
    bot.slack.click(RUIZ, forged(bot, Action.PICK_REPORT, ref), Action.PICK_REPORT)
    bot.slack.wait_for_message(RUIZ, "", OLDER)
    assert bot.slack.modal(RUIZ) is None


def test_a_form_without_its_fields_makes_nothing(bot: Bot) -> None:
    for dropped, words in (
        ("meeting_day", "Choose a day."),
        ("meeting_slot", "Choose a time."),
        ("meeting_minutes", "Choose how long it lasts."),
    ):
        view = meeting_form(bot)
        blocks = [one for one in view.blocks if dropped not in str(one.get("block_id"))]
        view.body = {**view.body, "blocks": blocks}
        outcome = bot.slack.submit(RUIZ, view)
        assert words in outcome.field_errors.values()
        bot.slack.close(RUIZ)
    assert saved(bot) == []


def test_the_last_day_that_there_is_is_too_far(bot: Bot) -> None:
    values = {"meeting_day": "9999-12-31", "meeting_time": "23:30"}
    outcome = bot.slack.submit(RUIZ, meeting_form(bot, "Maya 23:30"), values)
    assert list(outcome.field_errors.values()) == ["Choose an earlier day."]
    assert next(iter(outcome.field_errors)).startswith("meeting_day")


@pytest.mark.parametrize("zone", ["Nowhere", "Etc.GMT-5", None])
def test_a_form_of_a_zone_that_is_none_means_the_askers_own(bot: Bot, zone: str | None) -> None:
    view = meeting_form(bot)
    ref = Ref.decode(view.body["private_metadata"])
    view.body = {**view.body, "private_metadata": replace(ref, zone=zone).encode()}
    assert bot.slack.submit(RUIZ, view).ok


def test_somebody_who_was_never_offered_cannot_be_invited(bot: Bot) -> None:
    for code, words in (
        ("guardian-99999", "cannot be invited any more"),
        ("dance-1", "Choose those invited again."),
    ):
        view = meeting_form(bot, "Maya parents")
        option = {"text": {"type": "plain_text", "text": "Somebody"}, "value": code}
        element = {"type": "checkboxes", "action_id": "meeting_invited", "options": [option]}
        label = {"type": "plain_text", "text": "Invited"}
        block = {"type": "input", "block_id": "b", "element": element, "label": label}
        own = [one for one in view.blocks if "meeting_invited" not in str(one.get("block_id"))]
        view.body = {**view.body, "blocks": [*own, block]}
        outcome = bot.slack.submit(RUIZ, view, {"meeting_invited": [code]})
        assert words in str(outcome.field_errors)
        bot.slack.close(RUIZ)


def test_settings_that_are_not_offered_are_refused(bot: Bot) -> None:
    assert bot.slack.command(RUIZ, "#general", "/homeroom", "settings").ok
    view = bot.slack.wait_for_modal(RUIZ)
    for dropped, words in (("first_reminder", "Choose one"), ("quiet_to", "Choose a time.")):
        blocks = [one for one in view.blocks if one.get("block_id") != dropped]
        whole, view.body = view.body, {**view.body, "blocks": blocks}
        assert words in "".join(bot.slack.submit(RUIZ, view).field_errors.values())
        view.body = whole
