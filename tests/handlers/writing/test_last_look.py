"""What was changed since its last preview is shown before it goes, and goes as it was shown."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.trimming import trim
from handlers.codec import Ref
from handlers.ids import Action, Modal
from sandbox import View
from school.models import AuditEntry, KeptForm, ParentNotice, User
from tests.handlers.conftest import Bot
from tests.handlers.pages.conftest import family
from tests.handlers.school import RUIZ
from tests.handlers.writing.support import (
    changed,
    composer,
    placed,
    reached_by,
    says,
    sent,
    window,
)

__all__ = ["family"]
TEXT, SEVERAL, LETTER = Action.MESSAGE_TEXT, Action.BULK_TEXT, Action.PARENT_TEXT


@pytest.fixture
def bot(start_bot: Callable[..., Bot], family: None) -> Bot:
    """A bot that can send e-mail."""
    return start_bot(smtp_url="smtp://127.0.0.1:9", mail_from="homeroom@school.test")


def look(bot: Bot, view: View, **typed: Any) -> View:
    """Send off a form; what is shown on top of it."""
    outcome = bot.slack.submit(RUIZ, view, typed)
    assert outcome.ok, outcome.field_errors
    assert outcome.view is not None
    assert outcome.view.body["callback_id"] == Modal.LAST_LOOK
    assert outcome.view.body["close"]["text"] == "Back"
    assert "You have changed it since the last preview." in says(outcome.view)
    return outcome.view


def test_changed_words_are_shown_filled_in_and_then_go_once_as_they_were_shown(bot: Bot) -> None:
    shown = look(bot, composer(bot), **{TEXT: "Well done, *[Student]*."})
    assert "As Leo will see it" in says(shown)
    assert "Well done, Leo." in says(shown).replace("\n", "")
    assert sent(bot) == []
    as_shown = shown.body
    for _time in range(2):
        shown.body = as_shown
        outcome = bot.slack.submit(RUIZ, shown, {})
        assert outcome.ok, outcome.error
    assert [one.message for one in sent(bot)] == ["Well done, *Leo*."]
    assert "Taken back." in says(changed(bot, Action.TAKE_BACK))
    assert bot.slack.close(RUIZ).view is None  # the form beneath is closed with it


def test_back_in_the_form_all_is_as_typed_and_a_seen_text_goes_at_once(bot: Bot) -> None:
    form = composer(bot)
    look(bot, form, **{TEXT: "One."})
    bot.slack.close(RUIZ)
    assert bot.slack.modal(RUIZ) is form
    view = changed(bot, Action.MESSAGE_PREVIEW)
    assert "One." in says(view).split("As Leo will see it")[1]
    assert bot.slack.submit(RUIZ, view, {}).ok
    assert [one.message for one in sent(bot)] == ["One."]


def test_what_opens_filled_in_goes_at_once(bot: Bot) -> None:
    form = composer(bot)
    text = placed(form)
    outcome = bot.slack.submit(RUIZ, form, {TEXT: f"{text} \n"} if text else {TEXT: "x"})
    assert outcome.ok
    assert len(sent(bot)) == (1 if text else 0)


def test_what_is_wrong_lands_on_its_field_before_anything_is_shown(bot: Bot) -> None:
    outcome = bot.slack.submit(RUIZ, composer(bot), {TEXT: "[X] is what?"})
    assert not outcome.ok
    assert "callback" not in outcome.field_errors
    outcome = bot.slack.submit(RUIZ, window(bot, "parent Leo"), {LETTER: " \n "})
    assert not outcome.ok


def test_a_letter_is_shown_as_each_of_the_family_gets_it(bot: Bot) -> None:
    shown = look(bot, window(bot, "parent Leo"), **{LETTER: "Please call me."})
    assert "What Carmen Park will get" in says(shown)
    assert says(shown).count("Please call me.") == 2  # in Spanish and in English
    assert bot.slack.submit(RUIZ, shown, {}).ok
    with bot.session_factory() as session:
        assert {one.message for one in session.scalars(select(ParentNotice))} == {"Please call me."}


def test_of_several_each_is_shown_page_by_page(bot: Bot) -> None:
    names = ("Maya Okafor", "Leo Park", "Sam O'Neil")
    for name in names:
        reached_by(bot, name, email=f"{name.split()[0].lower()}@school.test")
    who = [f"student={bot.school.students[name]}" for name in names]
    text = "Hi [Student]. " + "Well done. " * 60
    form = window(bot, "message Grade 5 Maths")
    shown = look(bot, form, **{Action.BULK_STUDENTS: who, SEVERAL: text})
    assert "Hi Leo." in says(shown)
    assert "Hi Maya." not in says(shown)
    assert "Leave out" not in str(shown.body)
    page = changed(bot, f"{Action.LOOK_PAGE}:2")
    assert "Hi Maya." in says(page)
    assert "Page 2 of 3" in says(page)
    assert bot.slack.submit(RUIZ, page, {}).ok
    assert len(sent(bot)) == 3


def test_where_it_reads_otherwise_by_then_that_is_shown_first(bot: Bot) -> None:
    shown = look(bot, composer(bot), **{TEXT: "One."})
    ref = Ref.decode(shown.body["private_metadata"])
    shown.body["private_metadata"] = Ref(form=ref.form, draft=ref.draft, seen="other").encode()
    again = bot.slack.submit(RUIZ, shown, {})
    assert again.view is not None
    assert again.view.body["callback_id"] == Modal.LAST_LOOK
    assert sent(bot) == []
    assert bot.slack.submit(RUIZ, again.view, {}).ok
    assert len(sent(bot)) == 1


def test_what_is_kept_no_more_is_said_and_the_form_stays(bot: Bot) -> None:
    form = composer(bot)
    shown = look(bot, form, **{TEXT: "One."})
    with bot.session_factory.begin() as session:
        later = bot.clock() + timedelta(days=2)
        trim(session, bot.school.workspace_id, now=later, most=10)
        assert session.scalars(select(KeptForm)).all() == []
    said = bot.slack.submit(RUIZ, shown, {}).view
    assert "Go back to the form and send it once more." in says(said)
    bot.slack.close(RUIZ)
    assert bot.slack.modal(RUIZ) is form


def test_a_last_look_is_its_senders_alone_and_audited(bot: Bot) -> None:
    shown = look(bot, composer(bot), **{TEXT: "One."})
    with bot.session_factory.begin() as session:
        [kept] = session.scalars(select(KeptForm))
        moss = select(User.id).where(User.slack_user_id == "U0MOSS")
        kept.user_id = session.scalars(moss).one()
        opened = len(session.scalars(select(AuditEntry)).all())
    assert opened >= 2
    assert "I do not have this preview any more." in says(bot.slack.submit(RUIZ, shown, {}).view)
    assert sent(bot) == []


def test_a_forged_form_is_none(bot: Bot) -> None:
    shown = look(bot, composer(bot), **{TEXT: "One."})
    ref = Ref.decode(shown.body["private_metadata"])
    shown.body["private_metadata"] = Ref(form="tutor", draft=ref.draft).encode()
    assert "older version" in says(bot.slack.submit(RUIZ, shown, {}).view)
