import io
import os
import pickle
import queue
import subprocess
import sys

import pytest

from bot import drawing_process
from bot.drawing_process import answer, read_frame, write_frame
from tests.bot import drawings


def test_a_frame_is_read_as_written() -> None:
    stream = io.BytesIO()
    write_frame(stream, b"one")
    write_frame(stream, b"")
    stream.seek(0)
    assert [read_frame(stream), read_frame(stream)] == [b"one", b""]


@pytest.mark.parametrize("cut", [0, 3, 9])
def test_a_frame_cut_short_is_the_end(cut: int) -> None:
    stream = io.BytesIO()
    write_frame(stream, b"one")
    with pytest.raises(EOFError):
        read_frame(io.BytesIO(stream.getvalue()[:cut]))


def test_a_job_is_answered_with_its_result() -> None:
    assert pickle.loads(answer(pickle.dumps((drawings.square, (2,))))) == (True, b"####")


def test_what_goes_wrong_is_answered_too() -> None:
    done, reason = pickle.loads(answer(pickle.dumps((drawings.fail, ("Maya",)))))
    assert not done
    assert reason.startswith("ValueError at drawings.py:")
    assert pickle.loads(answer(b"no pickle"))[0] is False


def test_the_process_ends_when_its_parent_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO()
    write_frame(stream, b"job")
    stream.seek(0)
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    jobs: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    drawing_process.listen(jobs, stream)
    assert jobs.get() == b"job"
    assert ended == [0]


def test_the_process_answers_on_its_output_alone() -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", "from bot.drawing_process import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdin is not None and child.stdout is not None and child.stderr is not None
    write_frame(child.stdin, pickle.dumps((drawings.chatty, ("hello",))))
    assert pickle.loads(read_frame(child.stdout)) == (True, b"hello")
    child.stdin.close()
    assert child.wait() == 0
    assert child.stderr.read() in (b"", b"hello\n")
    child.stdout.close()
    child.stderr.close()
