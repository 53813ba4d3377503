"""The inside of a drawing process: reads jobs from its standard input, answers on its output.

A frame is its length in eight bytes and a pickle. A job is `(function, arguments)`, an answer is
`(True, result)` or `(False, what went wrong)`. The process holds no session and knows nothing of
its jobs but the function that came with each.
"""

import contextlib
import gc
import os
import pickle
import queue
import struct
import sys
import threading
from collections.abc import Callable
from typing import IO, Any

from bot.logs import place_of

NICENESS = 10
"""Drawing yields to whatever acknowledges Slack."""

_LENGTH = struct.Struct("!Q")
Job = tuple[Callable[..., Any], tuple[Any, ...]]


def write_frame(stream: IO[bytes], content: bytes) -> None:
    """Write one frame and flush it."""
    stream.write(_LENGTH.pack(len(content)) + content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> bytes:
    """Read one frame; raises EOFError where the other side has gone."""
    (length,) = _LENGTH.unpack(_read_exactly(stream, _LENGTH.size))
    return _read_exactly(stream, length)


def _read_exactly(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content


def answer(frame: bytes) -> bytes:
    """Do the job in a frame and pickle its answer."""
    try:
        function, arguments = pickle.loads(frame)
        return pickle.dumps((True, function(*arguments)))
    except Exception as error:  # noqa: BLE001 - whatever a job raises is its answer
        return pickle.dumps((False, place_of(error)))


def listen(jobs: "queue.SimpleQueue[bytes]", stream: IO[bytes]) -> None:
    """Pass frames on. When the parent ends, however it ends, end at once, mid-job too."""
    with contextlib.suppress(EOFError):
        while True:
            jobs.put(read_frame(stream))
    os._exit(0)


def _claim_streams() -> tuple[IO[bytes], IO[bytes]]:
    """The two pipes to the parent; what a job prints goes to the error stream instead."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    return source, sink


def _tidy() -> None:
    """Free what the last job left in cycles, such as whole figures; its answer is on its way."""
    gc.collect()
    if not gc.get_freeze_count():
        # What is left are modules and caches: later collections need not look at them again.
        gc.freeze()


def main() -> None:
    """Serve jobs until the parent ends or closes the pipe."""
    os.nice(NICENESS)
    source, sink = _claim_streams()
    jobs: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(jobs, source), daemon=True).start()
    with contextlib.suppress(BrokenPipeError):
        while True:
            write_frame(sink, answer(jobs.get()))
            _tidy()
    sys.exit(0)
