"""A notice to a family: the e-mail by a real server, the page over HTTP, the answer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from bot.outgoing import NotYet, Obsolete
from handlers.cards.parent import parent_part
from handlers.deliveries.parent_answer import parent_answer_delivery
from handlers.ids import Kind
from interventions.outcomes import State
from interventions.undoing import undo_intervention
from sandbox.mailbox import MailFaultKind
from school.errors import NotFound
from school.models import (
    AuditEntry,
    ClassTeacher,
    Delivery,
    DeliveryState,
    Intervention,
    ParentAnswer,
    ParentNotice,
    Student,
)
from tests.e2e.reading import words_of
from tests.handlers.pages.conftest import ALONE, CARMEN, LEO, MIN, Site

EVIL = '<script>alert(1)</script> "x" {{ 7 * 7 }} Bcc: all@home.test'


def states(site: Site) -> set[str | None]:
    with site.factory() as session:
        query = select(Delivery).where(Delivery.kind == Kind.PARENT_MAIL.value)
        return {one.error or one.state for one in session.scalars(query)}


def audited(site: Site, purpose: str) -> int:
    with site.factory() as session:
        query = select(func.count()).where(AuditEntry.purpose == purpose)
        return session.scalars(query).one()


def told(site: Site) -> list[str]:
    """What the teacher is told of answers, less what has been changed since."""
    found = []
    with site.factory() as session:
        query = select(Delivery).where(Delivery.kind == Kind.PARENT_ANSWER.value)
        for one in session.scalars(query.order_by(Delivery.id)):
            latest = session.scalars(select(func.max(ParentAnswer.version))).one()
            if one.payload["version"] == latest:
                message = parent_answer_delivery(session, one, site.clock())
                assert "Park" not in message.text
                found.append(words_of(message.compose(None)))
    return found


def test_each_guardian_gets_an_e_mail_in_their_language(site: Site) -> None:
    site.tell("Hi, could you look at it with him this week? Thank you for your help.")
    site.deliver()
    english, spanish = site.mail_to(MIN), site.mail_to(CARMEN)
    assert {mail.to for mail in site.mailbox.mails()} == {english.to, spanish.to}
    assert not any("Leo" in mail.subject or "Park" in mail.subject for mail in (english, spanish))
    assert "Hello Min Park," in english.text
    assert "In Ms Ruiz's own words:" in english.text
    assert "en inglés, sin traducir" in spanish.text
    assert "Hi, could you look at it with him this week?" in spanish.text
    assert "preguntas en" in spanish.text
    assert "Needs more practice: Fractions" in english.text
    for other in ("Maya", "Okafor", "class average", "percentile"):
        assert other not in english.text + str(english.html)


def test_names_and_words_bring_no_markup_and_no_headers(site: Site) -> None:
    site.change(MIN, name=f"Min\r\nBcc: all@home.test {EVIL[:60]}")
    with site.factory.begin() as session:
        session.get_one(Student, site.school.students[LEO]).given_name = "L<i>eo"
    site.tell(EVIL)
    site.deliver()
    mail = site.mail_to(MIN)
    assert len(site.mailbox.mails()) == 2
    assert mail.message["Bcc"] is None
    assert "<script>" not in str(mail.html)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in str(mail.html)
    path = site.path_for(MIN)
    page = site.answer(path, words=EVIL)
    assert "<script" not in page.text and "L<i>" not in page.text
    assert "{{ 7 * 7 }}" in page.text
    assert any(EVIL in words for words in told(site))


def test_the_page_says_who_writes_and_takes_an_answer_in_one_click(site: Site) -> None:
    made = site.tell("We go over it again.", concern_type="struggling")
    site.deliver()
    path = site.path_for(MIN)
    page = site.http.get(path)
    assert page.status_code == 200
    assert "Ms Ruiz writes about Leo Park" in page.text
    assert "We go over it again." in page.text
    shown = site.answer(path, "call")
    assert "Ms Ruiz has your answer" in shown.text
    assert "Please call me" in told(site)[-1]
    with site.factory() as session:
        part = parent_part(session, session.get_one(Intervention, made), site.clock())
    assert part.outcome.state is State.REPLIED
    assert f"{MIN}: answered – Please call me" in part.lines
    assert f"{CARMEN}: sent" in part.lines


def test_answering_twice_changes_the_answer_and_says_so(site: Site) -> None:
    site.tell()
    site.deliver()
    path = site.path_for(CARMEN)
    for _click in range(2):
        assert "ya tiene su respuesta" in site.answer(path, "thanks").text
    words = "Después de las 17 h.\n<Gracias>"
    page = site.answer(path, "meet", words)
    assert "Ha cambiado su respuesta" in page.text
    [said] = told(site)
    assert words in said and "has changed the answer" in said
    with site.factory() as session:
        kept = session.scalars(select(ParentAnswer).order_by(ParentAnswer.version)).all()
    assert [(one.choice, one.answer) for one in kept] == [("thanks", ""), ("meet", words)]


@pytest.mark.parametrize(
    ("choice", "words", "said"),
    [
        ("", "  \n ", "Choose an answer, or write one."),
        ("", "x" * 3001, "That is too long"),
        ("delete", "x", "That was not understood"),
    ],
)
def test_a_bad_answer_is_told_and_nothing_typed_is_lost(
    site: Site, choice: str, words: str, said: str
) -> None:
    site.tell()
    site.deliver()
    page = site.answer(site.path_for(MIN), choice, words)
    assert page.status_code == 422
    assert said in page.text
    assert words.strip() in page.text
    assert told(site) == []


def test_an_answer_is_changed_only_so_often(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("interventions.parents.answers.MOST_ANSWERS", 2)
    site.tell()
    site.deliver()
    path = site.path_for(MIN)
    for number in range(2):
        assert site.answer(path, words=f"No. {number}").status_code == 200
    page = site.answer(path, words="No. 2")
    assert "Please reply to the e-mail instead" in page.text
    assert "No. 2" in page.text


def test_a_scanner_fetches_and_a_person_opens(site: Site) -> None:
    made = site.tell()
    site.deliver()
    path = site.path_for(MIN)
    site.visit(path)  # a whole browser, within a minute of the mail
    site.http.get(path, headers={"user-agent": "Barracuda Sentinel"})
    link = site.link(path)
    assert link.fetched_at is not None and link.opened_at is None
    with site.factory() as session:
        found = parent_part(session, session.get_one(Intervention, made), site.clock())
    assert f"{MIN}: sent; fetched, perhaps by a scanner" in found.lines
    site.clock.ahead += timedelta(seconds=60)
    site.visit(path)
    assert site.link(path).opened_at is not None
    assert audited(site, "parent_page") == 1
    with site.factory() as session:
        row = session.get_one(Intervention, made)
        assert parent_part(session, row, site.clock()).outcome.state is State.READ


@pytest.mark.parametrize(
    "change", [{"do_not_contact": True}, {"is_active": False}, {"email": None}]
)
def test_who_may_not_be_written_to_by_then_gets_no_e_mail(
    site: Site, change: dict[str, object]
) -> None:
    site.tell()
    site.change(MIN, **change)
    site.deliver()
    assert site.mailbox.mails(to="min@home.test") == []
    assert len(site.mailbox.mails()) == 1


@pytest.mark.parametrize("change", [{"do_not_contact": True}, {"is_active": False}])
def test_who_may_not_know_by_then_sees_no_page_no_report_and_cannot_answer(
    site: Site, change: dict[str, object]
) -> None:
    site.tell()
    site.deliver()
    path = site.path_for(MIN)
    gone = site.http.get("/p/1a-" + "a" * 32)
    site.change(MIN, **change)
    for answer in (
        site.http.get(path),
        site.http.get(f"{path}/report.pdf"),
        site.answer(path, "thanks"),
    ):
        assert (answer.status_code, answer.text) == (404, gone.text)
    assert site.link(path).fetched_at is None
    assert told(site) == []


def test_a_teacher_who_teaches_the_child_no_more_reaches_nobody(site: Site) -> None:
    site.tell()
    site.deliver()
    path = site.path_for(MIN)
    site.answer(path, "call")
    with site.factory.begin() as session:
        session.execute(delete(ClassTeacher))
    assert site.http.get(path).status_code == 404
    assert site.answer(path, "meet").status_code == 404
    with pytest.raises(NotFound):
        told(site)


def test_what_is_taken_back_reaches_nobody_and_opens_nothing(site: Site) -> None:
    made = site.tell()
    with site.factory.begin() as session:
        row = session.get_one(Intervention, made)
        undo_intervention(row.teacher_id, made, session=session, now=site.clock())
    site.deliver()
    assert site.mailbox.mails() == []
    assert states(site) == {"withdrawn"}


def test_what_was_sent_before_it_was_undone_opens_no_more(site: Site) -> None:
    made = site.tell()
    site.deliver()
    path = site.path_for(MIN)
    with site.factory.begin() as session:
        row = session.get_one(Intervention, made)
        undo_intervention(row.teacher_id, made, session=session, now=site.clock())
    assert site.http.get(path).status_code == 404


def test_a_refused_address_is_on_the_card(site: Site) -> None:
    site.mailbox.fail(MailFaultKind.ERROR, stage="rcpt", to="min@home.test", code=550)
    made = site.tell()
    site.deliver()
    assert DeliveryState.SENT.value in states(site)
    with site.factory() as session:
        part = parent_part(session, session.get_one(Intervention, made), site.clock())
    assert part.outcome.state is State.SENT
    assert any(one.startswith(f"{MIN}: could not be sent") for one in part.lines)
    assert ALONE not in " ".join(part.lines)


def test_an_answer_waits_for_its_reader_and_only_the_latest_is_told(site: Site) -> None:
    site.tell()
    site.deliver()
    path = site.path_for(MIN)
    site.answer(path, "call")
    site.answer(path, "meet")
    sunday = site.clock() + timedelta(days=13 - site.clock().weekday())
    with site.factory() as session:
        query = select(Delivery).where(Delivery.kind == Kind.PARENT_ANSWER.value)
        first, latest = session.scalars(query.order_by(Delivery.id)).all()
        with pytest.raises(Obsolete):
            parent_answer_delivery(session, first, site.clock())
        with pytest.raises(NotYet):
            parent_answer_delivery(session, latest, sunday)


def test_impatient_clicks_at_once_are_one_answer(site: Site) -> None:
    site.tell()
    site.deliver()
    path = site.path_for(MIN)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: site.answer(path, "call").status_code, range(4)))
    assert set(answers) == {200}
    with site.factory() as session:
        assert session.scalars(select(func.count(ParentAnswer.id))).one() == 1
    assert len(told(site)) == 1


def test_a_mail_server_that_breaks_off_gets_the_same_mail_again(site: Site) -> None:
    site.mailbox.fail(MailFaultKind.DROP, to="min@home.test")
    site.tell(with_report=True)
    site.deliver()
    site.deliver()
    copies = {mail.message_id for mail in site.mailbox.mails(to="min@home.test")}
    assert len(copies) == 1
    with site.factory() as session:
        assert session.scalars(select(func.count(ParentNotice.id))).one() == 2
