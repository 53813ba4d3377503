"""A real class, imported by the command line and served as a process, answers with right numbers.

Against the sandbox and against a Slack that shares nothing with it; over Socket Mode and over
signed HTTP; each figure as an independent recomputation of the file has it.
"""

import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sandbox import Message, SandboxServer
from sandbox.config import parse_config
from tests.e2e.conftest import TEACHER
from tests.e2e.reading import Blocks, number_after, percent_after, table_of, words_of
from tests.e2e.running import Running, serving, until
from tests.e2e.tiny_slack import APP_TOKEN, BOT_TOKEN, SECRET, Data, TinySlack
from tests.independent.chemistry import FIRST, LAST
from tests.independent.classroom import Classroom

pytestmark = pytest.mark.shared_data
WAYS = ("socket", "http")
# A Slack says unknown_method; many a stand-in leaves it to its web server.
LACKING = {
    "socket": (200, '{"ok": false, "error": "unknown_method"}'),
    "http": (404, "<html>not found"),
}
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="session")
def classroom(shared_data: Path) -> Classroom:
    return Classroom(shared_data / "datashop" / "chemistry-2024.txt", "America/New_York")


@pytest.fixture(scope="session")
def busiest(classroom: Classroom) -> str:
    """The student with the most questions."""
    everyone = classroom.overall(FIRST, LAST)
    return max(everyone, key=lambda student: everyone[student].questions)


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def tiny(chemistry: Path, way: str) -> Iterator[tuple[TinySlack, Callable[[str, str], Data]]]:
    """A Slack without files, views and people, and how to give a command there."""
    variables = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SECRET}
    if way == "socket":
        variables["SLACK_APP_TOKEN"] = APP_TOKEN
    with (
        TinySlack(lacking=LACKING[way]) as slack,
        serving(chemistry, slack.address, **variables) as bot,
    ):

        def command(name: str, words: str) -> Data:
            if way == "http":
                return slack.command_by_http(f"{bot.url}/slack/events", TEACHER, name, words)
            until(lambda: slack.connections == 1)
            return slack.command_by_socket(TEACHER, name, words)

        yield slack, command
        assert bot.stop() == 0
        assert "ERROR" not in bot.log


def test_a_slack_without_files_gets_both_reports_with_right_numbers(
    tiny: tuple[TinySlack, Callable[[str, str], Data]], classroom: Classroom, busiest: str
) -> None:
    slack, command = tiny
    assert command("/class-report", "Chemistry all")["response_type"] == "ephemeral"
    report = slack.next_post()
    assert_class_figures(report["blocks"], classroom)
    assert_each_students_row(report["blocks"], classroom)
    command("/student-report", f"{busiest} all")
    assert_student_figures(slack.next_post()["blocks"], classroom, busiest)


def test_a_slack_without_files_and_windows_says_so_and_what_to_do(
    tiny: tuple[TinySlack, Callable[[str, str], Data]], busiest: str
) -> None:
    slack, command = tiny
    command("/homeroom", f"export {busiest} pdf all")
    notice, ended = slack.next_post(), slack.next_post()
    assert "being made" in words_of(notice["blocks"])
    assert "I cannot put files into this Slack" in words_of(ended["blocks"])
    assert busiest not in notice["text"] + ended["text"]
    command("/student-report", "")
    assert "/student-report Maya" in words_of(slack.next_post()["blocks"])
    command("/homeroom", f"compare {busiest} all")
    assert busiest in words_of(slack.next_post()["blocks"])
    assert slack.posts.empty()


def assert_class_figures(blocks: Blocks, classroom: Classroom) -> None:
    words, figures = words_of(blocks), classroom.figures(FIRST, LAST)
    assert figures.accuracy and figures.low and figures.high and figures.pooled
    assert percent_after("Accuracy", words) == round(100 * figures.accuracy)
    assert f"({100 * figures.low:.0f} to {100 * figures.high:.0f} %" in words
    assert percent_after("all questions together", words) == round(100 * figures.pooled)
    assert number_after("Questions", words) == figures.questions
    first, last = classroom.chemistry.days()
    rate = classroom.engagement(first, last)
    assert rate is not None
    assert f"Engagement {5 * rate:.1f} of 5 days a week" in words


def assert_each_students_row(blocks: Blocks, classroom: Classroom) -> None:
    shown = {name: (accuracy, questions) for name, accuracy, questions, *_ in table_of(blocks)}
    expected = {
        student: (f"{round(100 * (one.accuracy or 0))} %", str(one.questions))
        for student, one in classroom.overall(FIRST, LAST).items()
    }
    assert shown == expected


def assert_student_figures(blocks: Blocks, classroom: Classroom, student: str) -> None:
    words, own = words_of(blocks), classroom.overall(FIRST, LAST)[student]
    assert own.accuracy
    assert percent_after("Accuracy", words) == round(100 * own.accuracy)
    assert number_after("Questions", words) == own.questions
    mastered = classroom.mastered(student, LAST)
    assert f"Skills mastered {mastered} of {len(classroom.skills(LAST))}" in words


@pytest.fixture
def sandbox() -> Iterator[SandboxServer]:
    plan = {
        "people": [{"id": TEACHER, "name": "Ms Ruiz", "email": "t@school.test"}],
        "app": {
            "commands": [{"name": "/class-report"}, {"name": "/student-report"}],
            "signing_secret": SECRET,
        },
        "settings": {"file_ready_seconds": 0.3},
    }
    with SandboxServer(parse_config(plan)) as slack:
        yield slack


@pytest.fixture
def bot(chemistry: Path, sandbox: SandboxServer, way: str) -> Iterator[Running]:
    variables = {"SLACK_SIGNING_SECRET": SECRET}
    if way == "socket":
        variables["SLACK_APP_TOKEN"] = sandbox.workspace.config.app.app_token
    with serving(chemistry, sandbox.api_url, **variables) as running:
        if way == "http":
            sandbox.workspace.app_url = running.url
        else:
            until(lambda: sandbox.sockets.count == 1)
        yield running


def test_the_sandbox_gets_both_reports_with_pictures_and_right_numbers(
    bot: Running, sandbox: SandboxServer, classroom: Classroom, busiest: str
) -> None:
    pointer = sandbox.command(TEACHER, "#general", "/class-report", "Chemistry all")
    assert pointer.ok
    report = sandbox.wait_for_message(TEACHER, matching="Chemistry", timeout=30)
    assert_class_figures(report.blocks, classroom)
    assert picture_width(sandbox, report) == 1200
    assert sandbox.command(TEACHER, "#general", "/student-report", f"{busiest} all").ok
    report = sandbox.wait_for_message(TEACHER, matching=busiest, after=report.ts, timeout=30)
    assert_student_figures(report.blocks, classroom, busiest)
    assert picture_width(sandbox, report) == 1200
    assert bot.stop() == 0
    assert "ERROR" not in bot.log
    assert busiest not in bot.log


def picture_width(sandbox: SandboxServer, message: Message) -> int:
    """The width of the message's picture, in pixels."""
    [image] = [block for block in message.blocks if block["type"] == "image"]
    content = sandbox.workspace.files[image["slack_file"]["id"]].content
    assert content is not None
    assert content.startswith(PNG)
    width: int = struct.unpack("!I", content[16:20])[0]
    return width
