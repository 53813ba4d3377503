"""Files to take along: asked for by button and command, made once, kept for a while."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from handlers.codec import Ref
from handlers.forms import Form
from handlers.ids import Action
from handlers.pack import NOBODY_PRACTISED
from handlers.views.export import export_buttons
from sandbox import Message, full_text
from school.models import AuditEntry, Delivery, Lane, Workspace
from tests.handlers.conftest import Bot
from tests.handlers.school import MATHS, RUIZ

DAY = 86_400


def student(bot: Bot, name: str = "Maya Okafor") -> Ref:
    return Ref(student=bot.school.students[name], class_id=bot.school.maths, range="60d")


def maths(bot: Bot, code: str = "60d") -> Ref:
    return Ref(class_id=bot.school.maths, range=code)


def with_button(bot: Bot, ref: Ref, form: Form) -> Message:
    """A message of the bot's in Ms Ruiz's direct messages with the button for one file."""
    workspace = bot.slack.workspace
    element = export_buttons(ref, [form])[0] | {"action_id": Action.EXPORT.value}
    blocks = [{"type": "actions", "block_id": "row", "elements": [element]}]
    where = bot.slack.where(RUIZ)
    words = (workspace.new_ts(), where.id, "U0BOT", "a report")
    return workspace.post(Message(*words, blocks, from_app=True))


def click(bot: Bot, message: Message) -> None:
    assert bot.slack.click(RUIZ, message, Action.EXPORT).ok


def files(bot: Bot) -> list[Message]:
    return [one for one in bot.slack.messages(RUIZ) if one.files]


def file_of(bot: Bot, *, timeout: float = 30) -> Message:
    """The first file that comes."""
    return bot.slack.wait_for_message(RUIZ, "", lambda one: bool(one.files), timeout=timeout)


def content(bot: Bot, message: Message) -> bytes:
    stored = bot.slack.workspace.files[message.files[0]]
    assert stored.content is not None
    return stored.content


def name_of(bot: Bot, message: Message) -> str:
    return bot.slack.workspace.files[message.files[0]].name


def notice(bot: Bot, words: str) -> Message:
    return bot.slack.wait_for_message(RUIZ, "", words)


def audited(bot: Bot, purpose: str = "export") -> list[AuditEntry]:
    with bot.session_factory() as session:
        rows = session.scalars(select(AuditEntry).where(AuditEntry.purpose == purpose)).all()
    return list(rows)


def test_a_click_on_pdf_brings_a_pdf_that_goes_after_its_days(bot: Bot) -> None:
    click(bot, with_button(bot, student(bot), Form.PDF))
    message = file_of(bot)
    assert content(bot, message).startswith(b"%PDF")
    assert name_of(bot, message) == "student-report.pdf"
    assert "Your file, here until" in message.text
    end = notice(bot, "sent below")
    assert "Maya Okafor · last 60 days · student report as PDF (Letter)" in full_text(end).replace(
        "\n", ""
    )
    assert [row.student_id for row in audited(bot)] == [bot.school.students["Maya Okafor"]]
    bot.clock.ahead += timedelta(seconds=7 * DAY + 1)
    bot.outbox.wake()
    bot.slack.wait_until(lambda: bot.slack.workspace.files[message.files[0]].deleted)


def test_nothing_that_a_lock_screen_shows_names_the_student(bot: Bot) -> None:
    click(bot, with_button(bot, student(bot), Form.PARENTS))
    file_of(bot)
    notice(bot, "sent below")
    shown = [one.text for one in bot.slack.messages(RUIZ)]
    assert not any("Maya" in text or "Okafor" in text for text in shown)
    assert name_of(bot, file_of(bot)) == "report-for-parents.pdf"
    calls = bot.slack.ledger.calls("files.completeUploadExternal")
    assert "Maya" not in json.dumps(calls[0].args)


@pytest.mark.parametrize(
    ("words", "name", "start"),
    [
        ("maya csv", "student-report.csv", b"\xef\xbb\xbf"),
        ("grade 5 maths 60d csv", "class-report.csv", b"\xef\xbb\xbf"),
        ("csv", "class-report.csv", b"\xef\xbb\xbf"),
        ("fractions grade 5 csv", "skill-report.csv", b"\xef\xbb\xbf"),
        ("grade 5 maths pdf a4", "class-report.pdf", b"%PDF"),
        ("fractions grade 5 letter", "skill-report.pdf", b"%PDF"),
        ("maya for parents", "report-for-parents.pdf", b"%PDF"),
        ("maya for parents in spanish", "informe-para-la-familia.pdf", b"%PDF"),
    ],
)
def test_the_command_brings_the_file_that_its_words_mean(
    bot: Bot, words: str, name: str, start: bytes
) -> None:
    answer = bot.ask("/homeroom", f"export {words}")
    assert "messages with me" in answer.text
    message = file_of(bot)
    assert name_of(bot, message) == name
    assert content(bot, message).startswith(start)


@pytest.mark.parametrize(
    ("command", "words", "name"),
    [
        ("/student-report", "maya 60d", "student-report.pdf"),
        ("/class-report", "60d", "class-report.pdf"),
        ("/skill-report", "fractions 60d", "skill-report.pdf"),
    ],
)
def test_each_report_has_a_button_for_its_pdf(
    bot: Bot, command: str, words: str, name: str
) -> None:
    bot.ask(command, words)
    assert bot.slack.click(RUIZ, bot.report(), f"{Action.EXPORT}:0").ok
    assert name_of(bot, file_of(bot)) == name


def test_a_click_in_a_channel_points_to_the_messages(bot: Bot) -> None:
    shared = bot.share(with_button(bot, student(bot), Form.CSV))
    assert bot.slack.click(RUIZ, shared, Action.EXPORT).ok
    pointer = bot.slack.wait_for_message(RUIZ, "C0GENERAL", "It comes in your messages with me")
    assert pointer.ephemeral_for == RUIZ
    file_of(bot)


def test_the_answer_says_where_the_file_comes_and_leads_there(bot: Bot) -> None:
    first = full_text(bot.ask("/homeroom", "export maya csv"))
    assert "Maya Okafor: the file is being made. It comes in your messages with me." in first
    assert "Open" in first
    file_of(bot)
    here = bot.slack.where(RUIZ).id
    again = bot.ask("/homeroom", "export maya pdf", channel=here)
    assert "Maya Okafor: the file follows here." in full_text(again)


def test_a_double_click_makes_one_file(bot: Bot) -> None:
    message = with_button(bot, student(bot), Form.CSV)
    click(bot, message)
    click(bot, message)
    words = "You asked for this file a moment ago: it comes once."
    assert bot.slack.wait_for_message(RUIZ, "", words).ephemeral_for == RUIZ
    file_of(bot)
    bot.slack.wait_until(lambda: unfinished(bot) == 0)
    assert len(files(bot)) == 1


def unfinished(bot: Bot) -> int:
    query = select(Delivery).where(Delivery.finished_at.is_(None), Delivery.kind != "file_expiry")
    with bot.session_factory() as session:
        return len(session.scalars(query).all())


def test_a_second_file_after_the_first_is_made_anew(bot: Bot) -> None:
    message = with_button(bot, student(bot), Form.CSV)
    click(bot, message)
    file_of(bot)
    bot.slack.wait_until(lambda: unfinished(bot) == 0)
    bot.clock.ahead += timedelta(seconds=10)
    click(bot, message)
    bot.slack.wait_until(lambda: len(files(bot)) == 2)


def test_a_click_while_slack_holds_us_back_says_so(bot: Bot) -> None:
    bot.slack.faults.set("chat.postMessage", "ratelimited", retry_after=30)
    bot.ask("/student-report", "maya")
    bot.slack.wait_until(lambda: bot.held("chat.postMessage"))
    click(bot, with_button(bot, student(bot), Form.CSV))
    assert notice(bot, "Slack is holding me back for 30 seconds").ephemeral_for == RUIZ


def test_a_class_pack_is_made_in_the_background_and_tells_how_far_it_is(
    start_bot: Callable[..., Bot],
) -> None:
    bot = start_bot(progress_every=0)
    click(bot, with_button(bot, maths(bot), Form.PACK))
    message = file_of(bot, timeout=60)
    assert content(bot, message).startswith(b"%PDF")
    assert name_of(bot, message) == "class-pack.pdf"
    assert "1 student without practice in these days is left out." in message.text
    notice(bot, "sent below")
    edits = bot.slack.ledger.calls("chat.update", accepted=True)
    said = json.dumps([call.args["blocks"] for call in edits])
    assert f"{len(MATHS) - 2} of {len(MATHS) - 1} reports" in said
    opened = [row.student_id for row in audited(bot)]
    practising = {bot.school.students[name] for name in bot.school.students}
    assert opened.count(None) == 1
    assert len(set(opened) - {None}) == len(MATHS) - 1
    assert set(opened) - {None} <= practising
    with bot.session_factory() as session:
        pack = session.scalars(select(Delivery).where(Delivery.kind == "class_pack")).one()
    assert pack.lane == Lane.BACKGROUND


def test_two_of_one_name_stay_apart_in_a_pack(bot: Bot) -> None:
    click(bot, with_button(bot, maths(bot), Form.PACK))
    file_of(bot, timeout=60)
    names = [job.arguments[0].student for job in bot.pool.jobs if len(job.arguments) == 3]
    assert sorted(n for n in names if n.startswith("Alex")) == ["Alex Kim (s-5)", "Alex Kim (s-6)"]


def test_a_pack_of_nobody_says_so_and_its_notice_ends(bot: Bot) -> None:
    click(bot, with_button(bot, maths(bot, "2019-01-01..2019-01-31"), Form.PACK))
    notice(bot, NOBODY_PRACTISED)
    notice(bot, "Nothing came of this")
    assert files(bot) == []


def test_a_slack_without_files_says_so_and_what_to_do(bot: Bot) -> None:
    bot.slack.faults.set("files.*", "unknown_method", times=None)
    click(bot, with_button(bot, student(bot), Form.PDF))
    message = notice(bot, "I cannot put files into this Slack")
    assert "Maya Okafor" in full_text(message)
    assert "Maya" not in message.text
    notice(bot, "did not come as it should; why stands below")
    assert bot.slack.click(RUIZ, message, Action.PICK_REPORT).ok
    assert "Accuracy" in full_text(notice(bot, "Skills mastered"))


def test_a_file_that_came_to_nothing_can_be_tried_again(bot: Bot) -> None:
    bot.slack.faults.set("files.getUploadURLExternal", "error", code="internal_limit")
    click(bot, with_button(bot, student(bot), Form.CSV))
    message = notice(bot, "this file could not be made or sent")
    assert bot.slack.click(RUIZ, message, Action.EXPORT).ok
    assert content(bot, file_of(bot)).startswith(b"\xef\xbb\xbf")


def test_the_paper_is_that_of_the_schools_country(bot: Bot) -> None:
    with bot.session_factory.begin() as session:
        session.get_one(Workspace, bot.school.workspace_id).timezone = "Europe/Berlin"
    click(bot, with_button(bot, student(bot), Form.PDF))
    assert "as PDF (A4)" in full_text(notice(bot, "sent below"))


def test_a_choice_among_several_brings_the_file(bot: Bot) -> None:
    answer = bot.ask("/homeroom", "export alex csv")
    assert "Several of your students fit" in answer.text
    assert bot.slack.click(RUIZ, answer, f"{Action.PICK_REPORT}:1").ok
    assert name_of(bot, file_of(bot)) == "student-report.csv"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("export zzzz", "None of your"),
        ("export zzzz pack", "None of your classes"),
        ("export zzzz parents", "None of your students"),
        ("export help", "A report as a file"),
        ("export parents", "A report as a file"),
    ],
)
def test_words_that_mean_no_file_are_answered(bot: Bot, words: str, said: str) -> None:
    assert said in full_text(bot.ask("/homeroom", words))


def test_an_administrator_without_a_name_chooses_a_class(bot: Bot) -> None:
    answer = bot.ask("/homeroom", "export pack", user="U0ADMIN")
    assert "Which class?" in full_text(answer)


@pytest.mark.parametrize("value", ["kind=export;student=1", "kind=export;student=1;form=exe"])
def test_a_button_of_another_version_is_told_so(bot: Bot, value: str) -> None:
    message = with_button(bot, student(bot), Form.CSV)
    number = bot.school.students["Maya Okafor"]
    message.blocks[0]["elements"][0]["value"] = value.replace("student=1", f"student={number}")
    bot.slack.click(RUIZ, message, Action.EXPORT)
    notice(bot, "from an older version")


def test_a_button_that_is_about_no_file_is_told_so(bot: Bot) -> None:
    message = with_button(bot, student(bot), Form.CSV)
    message.blocks[0]["elements"][0]["value"] = student(bot).encode()
    bot.slack.click(RUIZ, message, Action.EXPORT)
    notice(bot, "from an older version")
