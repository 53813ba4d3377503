"""What an app's acknowledgement may and may not be."""

from typing import Any

import pytest

from sandbox import Config, Sandbox, View
from sandbox.courier import read_answer
from sandbox.people.answers import check_command, check_options, check_submission
from tests.sandbox.toy import form, option, plain

WORKSPACE = Sandbox(Config()).workspace


@pytest.mark.parametrize(
    ("status", "body", "answer"),
    [
        (200, b"", ("ok", None)),
        (200, b"  ", ("ok", None)),
        (200, b"plain words", ("ok", {"text": "plain words"})),
        (200, b'{"text": "x"}', ("ok", {"text": "x"})),
        (200, b"42", ("ok", {"text": "42"})),
        (500, b"x", ("dispatch_failed", None)),
        (404, b"", ("dispatch_failed", None)),
    ],
)
def test_an_http_answer_is_read_as_slack_reads_it(
    status: int, body: bytes, answer: tuple[str, Any]
) -> None:
    assert read_answer(status, body) == answer


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (None, ""),
        ({}, ""),
        ({"response_type": "ephemeral"}, ""),
        ({"text": "x"}, ""),
        ({"blocks": [{"type": "banner"}]}, "invalid_blocks"),
    ],
)
def test_a_commands_answer_is_judged(body: Any, problem: str) -> None:
    assert check_command(WORKSPACE, body) == problem


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (None, ""),
        ({"response_action": "clear"}, ""),
        ({"response_action": "errors", "errors": {"name": "x"}}, ""),
        ({"response_action": "errors", "errors": {}}, "invalid_response"),
        ({"response_action": "errors", "errors": "x"}, "invalid_response"),
        ({"response_action": "errors", "errors": {"elsewhere": "x"}}, "invalid_response"),
        ({"response_action": "update", "view": form()}, ""),
        ({"response_action": "update"}, "invalid_arguments"),
        ({"response_action": "explode"}, "invalid_response"),
        ({"text": "words"}, "invalid_response"),
    ],
)
def test_a_submissions_answer_is_judged(body: Any, problem: str) -> None:
    view = View("V1", "U0TEACHER", form(), "h", "V1")
    assert check_submission(WORKSPACE, view, body) == problem


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"options": []}, ""),
        ({"options": [option("x", "1")]}, ""),
        ({"option_groups": [{"label": plain("G"), "options": [option("x", "1")]}]}, ""),
        (None, "invalid_response"),
        ({"text": "x"}, "invalid_response"),
        ({"options": ["x"]}, "invalid_response"),
        ({"options": [{"text": "x", "value": "1"}]}, "invalid_response"),
        ({"options": [option("x" * 76, "1")]}, "invalid_response"),
        ({"options": [option("x", str(n)) for n in range(101)]}, "invalid_response"),
    ],
)
def test_an_external_selects_answer_is_judged(body: Any, problem: str) -> None:
    assert check_options(body) == problem
