"""What those invited will read is shown before a meeting is made, and nothing of it is kept."""

from collections.abc import Callable

from sqlalchemy import select

from handlers.ids import Action
from school.models import AuditEntry, Delivery, Intervention, Meeting
from tests.handlers.conftest import Bot
from tests.handlers.meetings.conftest import MAIL
from tests.handlers.meetings.support import add_guardian, at_noon, timed, words_in
from tests.handlers.school import RUIZ
from tests.handlers.writing.support import block_with


def previewed(bot: Bot, **entered: str) -> str:
    """What is laid on top of the form once its preview is asked for."""
    view = timed(bot)
    for name, value in {**at_noon(bot), "meeting_place": "Room 12", **entered}.items():
        bot.slack.enter(RUIZ, view, {block_with(view, name)["block_id"]: {name: value}})
    assert bot.slack.click(RUIZ, view, Action.MEETING_PREVIEW).ok
    bot.slack.wait_until(lambda: bot.slack.modal(RUIZ) is not view, what="a preview")
    return words_in(bot.slack.modal(RUIZ))


def test_each_invitation_is_shown_as_it_will_be_read_and_the_form_keeps_all(
    start_bot: Callable[..., Bot],
) -> None:
    bot = start_bot(**MAIL, public_url="https://pages.test", secret_key="k" * 40)
    add_guardian(bot, "Ngozi Okafor", "ngozi@home.test")
    shown = previewed(bot, meeting_others="nurse@school.test")
    assert "Maya Okafor" in shown
    assert "To nurse@school.test" in shown
    assert "Invitation: meeting with Ms Ruiz" in shown
    assert "Room 12" in shown
    assert "(a link of their own)" in shown
    assert "pages.test" not in shown
    assert "\nWhere: Room 12" in shown
    with bot.session_factory() as session:
        assert [session.scalar(select(one.id)) for one in (Meeting, Intervention)] == [None, None]
        assert session.scalars(select(Delivery.kind)).all() == []
        assert "meeting" in session.scalars(select(AuditEntry.purpose)).all()
    bot.slack.close(RUIZ)
    outcome = bot.slack.submit(RUIZ, bot.slack.wait_for_modal(RUIZ), {})
    assert outcome.ok, outcome.field_errors
    with bot.session_factory() as session:
        assert session.scalars(select(Meeting.location)).all() == ["Room 12"]


def test_with_nobody_invited_it_says_so_and_what_cannot_be_is_said(bot: Bot) -> None:
    assert "Nobody is invited by e-mail" in previewed(bot)
    assert "That time has passed" in previewed(bot, meeting_day="2020-01-01")


def test_without_a_mail_server_there_is_nothing_to_preview(start_bot: Callable[..., Bot]) -> None:
    assert Action.MEETING_PREVIEW not in str(timed(start_bot()).blocks)
