"""What tutor and student will read is shown before anybody is asked."""

from sqlalchemy import select

from handlers.ids import Action
from school.models import AuditEntry, Delivery
from tests.handlers.conftest import Bot
from tests.handlers.meetings.support import words_in
from tests.handlers.school import RUIZ
from tests.handlers.tutoring.support import field_of, form, pairs, value_of, with_tutors


def test_both_messages_are_shown_without_figures_and_nobody_is_asked(bot: Bot) -> None:
    with_tutors(bot, "Maya Okafor", "Sam O'Neil")
    view = form(bot)
    value = value_of(bot, "Sam O'Neil")
    bot.slack.enter(RUIZ, view, {field_of(view): {Action.TUTOR_CANDIDATE.value: value}})
    assert bot.slack.click(RUIZ, view, Action.TUTOR_PREVIEW).ok
    bot.slack.wait_until(lambda: bot.slack.modal(RUIZ) is not view, what="a preview")
    shown = words_in(bot.slack.modal(RUIZ))
    assert "As Sam O'Neil will see it" in shown
    assert "would you help Leo" in shown
    assert "Yes, I'll help · Not now" in shown
    assert "As Leo Park will see it, once Sam O'Neil has said yes" in shown
    assert "10 questions to practise together" in shown
    assert "%" not in shown
    assert pairs(bot) == []
    with bot.session_factory() as session:
        assert session.scalars(select(Delivery.kind)).all() == []
        opened = session.scalars(select(AuditEntry.student_id)).all()
        assert {bot.school.students["Sam O'Neil"], bot.school.students["Leo Park"]} <= {*opened}
    bot.slack.close(RUIZ)
    assert bot.slack.submit(RUIZ, bot.slack.wait_for_modal(RUIZ), {}).ok
    [pair] = pairs(bot)
    assert pair.tutor_id == bot.school.students["Sam O'Neil"]
