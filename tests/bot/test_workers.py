import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import pytest

from bot.outgoing import Job, Picture
from bot.workers import DrawingFailed, DrawingPool
from tests.bot import drawings


def picture(draw: Callable[..., Any], *arguments: Any) -> Picture:
    return Picture(draw, arguments, "picture.png", "A picture")


def until(holds: Callable[[], bool]) -> None:
    """Wait for what another process does; the test's own time limit is the only one."""
    for _ in range(2000):
        if holds():
            return
        threading.Event().wait(0.01)
    raise AssertionError("waited for 20 s")


def gone(pid: int) -> bool:
    """Whether a process has ended, be it that nobody has asked for its exit code yet."""
    try:
        os.kill(pid, 0)
        return sys.platform == "linux" and ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except (ProcessLookupError, FileNotFoundError):
        return True


@pytest.fixture
def pool() -> Iterator[DrawingPool]:
    pool = DrawingPool(2)
    yield pool
    pool.close()


def test_a_picture_is_drawn_in_another_process(pool: DrawingPool) -> None:
    assert pool.draw(picture(drawings.square, 3)).result() == b"#########"
    assert int(pool.draw(picture(drawings.own_pid)).result()) in pool.pids()


def test_a_job_is_done_in_another_process_whatever_it_brings(pool: DrawingPool) -> None:
    assert pool.make(Job(sorted, ([3, 1, 2],))).result() == [1, 2, 3]


def test_no_process_runs_before_the_first_picture(pool: DrawingPool) -> None:
    assert pool.pids() == []


def test_a_drawing_process_has_none_of_our_settings(
    pool: DrawingPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    monkeypatch.setenv("SOMETHING_ELSE", "kept")
    names = pool.draw(picture(drawings.environment)).result().decode().split()
    assert "SOMETHING_ELSE" in names
    assert "SLACK_BOT_TOKEN" not in names


def test_drawing_yields_to_everything_else(pool: DrawingPool) -> None:
    assert int(pool.draw(picture(drawings.niceness)).result()) == min(os.nice(0) + 10, 19)
    assert pool.draw(picture(drawings.threads_allowed)).result() == b"1"


def test_many_pictures_at_once_are_each_their_own(pool: DrawingPool) -> None:
    futures = [pool.draw(picture(drawings.square, side)) for side in range(60)]
    assert [len(future.result()) for future in futures] == [side**2 for side in range(60)]


def test_pictures_asked_for_by_many_threads_all_come(pool: DrawingPool) -> None:
    found: list[int] = []

    def ask(side: int) -> None:
        found.append(len(pool.draw(picture(drawings.square, side)).result()))

    threads = [threading.Thread(target=ask, args=(side,)) for side in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [side**2 for side in range(20)]


def test_what_a_library_prints_does_not_spoil_the_answer(pool: DrawingPool) -> None:
    assert pool.draw(picture(drawings.chatty, "hello")).result() == b"hello"


def test_an_error_says_its_kind_and_place_and_no_data(pool: DrawingPool) -> None:
    error = pool.draw(picture(drawings.fail, "Maya Okafor")).exception()
    assert isinstance(error, DrawingFailed)
    assert "ValueError at drawings.py:" in str(error)
    assert "Maya" not in str(error)
    assert pool.draw(picture(drawings.square, 1)).result() == b"#"


def test_an_answer_that_cannot_be_handed_over_is_an_error(pool: DrawingPool) -> None:
    assert isinstance(pool.draw(picture(drawings.unpicklable)).exception(), DrawingFailed)


def test_a_picture_whose_process_dies_is_drawn_by_another(
    pool: DrawingPool, tmp_path: Path
) -> None:
    assert pool.draw(picture(drawings.die_once, tmp_path / "died")).result() == b"drawn"


def test_a_picture_that_kills_its_processes_fails_and_the_next_is_drawn(pool: DrawingPool) -> None:
    assert isinstance(pool.draw(picture(drawings.die)).exception(), DrawingFailed)
    assert pool.draw(picture(drawings.square, 1)).result() == b"#"


def test_a_process_killed_while_idle_is_replaced(pool: DrawingPool) -> None:
    pool.draw(picture(drawings.square, 1)).result()
    for pid in pool.pids():
        os.kill(pid, signal.SIGKILL)
    futures = [pool.draw(picture(drawings.square, 2)) for _ in range(4)]
    assert [future.result() for future in futures] == [b"####"] * 4


def test_a_picture_that_takes_too_long_fails(tmp_path: Path) -> None:
    pool = DrawingPool(1)
    # The start of a process counts as well, which a busy machine takes its time for.
    first = int(pool.draw(picture(drawings.own_pid)).result())
    pool.timeout = 0.3
    late = pool.draw(picture(drawings.wait_for, tmp_path / "begun"))
    assert isinstance(late.exception(), DrawingFailed)
    assert gone(first)
    pool.close()


def test_an_idle_process_is_let_go_and_comes_back() -> None:
    pool = DrawingPool(1, idle=0.05)
    first = int(pool.draw(picture(drawings.own_pid)).result())
    until(lambda: pool.pids() == [] and gone(first))
    assert int(pool.draw(picture(drawings.own_pid)).result()) != first
    pool.close()


def test_a_process_is_replaced_after_many_pictures() -> None:
    pool = DrawingPool(1, max_tasks=2)
    pids = [int(pool.draw(picture(drawings.own_pid)).result()) for _ in range(4)]
    assert pids[0] == pids[1]
    assert pids[1] != pids[2]
    pool.close()


def test_closing_ends_the_processes_and_fails_what_is_left(tmp_path: Path) -> None:
    pool = DrawingPool(1)
    marker = tmp_path / "begun"
    running = pool.draw(picture(drawings.wait_for, marker))
    waiting = pool.draw(picture(drawings.square, 2))
    until(lambda: marker.exists() and bool(marker.read_text()))
    pool.close()
    pool.close()
    assert isinstance(running.exception(), DrawingFailed)
    with pytest.raises(CancelledError):
        waiting.result()
    assert gone(int(marker.read_text()))
    with pytest.raises(RuntimeError):
        pool.draw(picture(drawings.square, 1))


def test_a_cancelled_picture_is_not_drawn(tmp_path: Path) -> None:
    pool = DrawingPool(1)
    marker = tmp_path / "begun"
    pool.draw(picture(drawings.wait_for, marker))
    until(marker.exists)
    waiting = pool.draw(picture(drawings.wait_for, tmp_path / "second"))
    assert waiting.cancel()
    pool.close()
    assert not (tmp_path / "second").exists()


PARENT = """
import signal, sys, time
from pathlib import Path
from bot.outgoing import Job, Picture
from bot.workers import DrawingPool
from tests.bot import drawings

# Whoever runs the tests in the background may have them ignore Ctrl-C, and what they start as well.
signal.signal(signal.SIGINT, signal.default_int_handler)
pool = DrawingPool(2)
for marker in sys.argv[1:]:
    pool.draw(Picture(drawings.wait_for, (Path(marker),), "picture.png", "A picture"))
time.sleep(60)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_processes_end_with_their_parent_even_in_the_middle_of_a_picture(
    how: signal.Signals, tmp_path: Path
) -> None:
    markers = [tmp_path / "one", tmp_path / "other"]
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, *map(str, markers)], stderr=subprocess.DEVNULL
    )
    until(lambda: all(marker.exists() and marker.read_text() for marker in markers))
    parent.send_signal(how)
    parent.wait()
    until(lambda: all(gone(int(marker.read_text())) for marker in markers))
