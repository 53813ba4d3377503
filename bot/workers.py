"""Processes that draw pictures, so that drawing never holds up an acknowledgement.

Each process is a fresh interpreter, started when first needed, and ends with this one. A thread
per process hands it one job at a time; a process that dies is replaced and its job tried once more.
"""

import logging
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from bot.drawing_process import read_frame, write_frame
from bot.outgoing import Job, Picture
from bot.settings import Settings

logger = logging.getLogger(__name__)

TIMEOUT = 30.0
IDLE = 600.0
MAX_TASKS = 500
ATTEMPTS = 2

_ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
# Pages of pixels go back to the system when they are freed (glibc; elsewhere it means nothing).
_RETURN_MEMORY = {"MALLOC_MMAP_THRESHOLD_": "500000", "MALLOC_TRIM_THRESHOLD_": "500000"}


def _without_settings() -> dict[str, str]:
    """The environment without our settings: a drawing needs no tokens."""
    ours = {name.upper() for name in Settings.model_fields}
    return {name: value for name, value in os.environ.items() if name.upper() not in ours}


class DrawingFailed(Exception):
    """A picture that could not be drawn; says the kind of the error and its place, no data."""


@dataclass(slots=True)
class _Job:
    frame: bytes
    future: "Future[Any]"


class _Process:
    """One drawing process and the pipes to it. Its own process group: Ctrl-C does not reach it."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, sys.path))
        self._popen = subprocess.Popen(
            [sys.executable, "-c", "from bot.drawing_process import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**_without_settings(), **_ONE_THREAD, **_RETURN_MEMORY, "PYTHONPATH": path},
            process_group=0,
        )
        self.pid = self._popen.pid
        self.tasks = 0

    def run(self, frame: bytes, timeout: float) -> bytes:
        """Do one job; raises EOFError where the process died or took longer than `timeout` s."""
        assert self._popen.stdin is not None and self._popen.stdout is not None
        deadline = threading.Timer(timeout, self.kill)
        deadline.daemon = True
        deadline.start()
        try:
            write_frame(self._popen.stdin, frame)
            self.tasks += 1
            return read_frame(self._popen.stdout)
        except BrokenPipeError:
            raise EOFError from None
        finally:
            deadline.cancel()

    def kill(self) -> None:
        """End the process, whatever it is doing; any thread may call this."""
        self._popen.kill()

    def end(self) -> None:
        """Kill the process and wait until it is gone; for the thread that uses it."""
        self.kill()
        # A broken pipe may still hold what could not be written; communicate() swallows that.
        self._popen.communicate()


class _Slot:
    """One thread's place: takes jobs one at a time to its process, which may not be running."""

    def __init__(self, pool: "DrawingPool") -> None:
        self._pool = pool
        self.process: _Process | None = None

    def serve(self) -> None:
        """Take jobs until the pool closes; let the process go when there was none for long."""
        while True:
            try:
                job = self._pool.jobs.get(timeout=self._pool.idle if self.process else None)
            except queue.Empty:
                self._let_go()
                continue
            if job is None:
                return self._let_go()
            if job.future.set_running_or_notify_cancel():
                self._settle(job)

    def _settle(self, job: _Job) -> None:
        for _attempt in range(ATTEMPTS):
            try:
                frame = self._running().run(job.frame, self._pool.timeout)
            except EOFError:
                self._let_go()
                logger.warning("a drawing process ended in the middle of a picture")
            else:
                _answer(job, frame)
                self._recycle()
                return
        _fail(job, "its process ended or took too long")

    def _running(self) -> _Process:
        if self.process is None:
            self.process = self._pool.new_process()
        return self.process

    def _recycle(self) -> None:
        """A new process after many tasks, so that a leak stays small."""
        if self.process is not None and self.process.tasks >= self._pool.max_tasks:
            self._let_go()

    def _let_go(self) -> None:
        process, self.process = self.process, None
        if process is not None:
            process.end()


def _answer(job: _Job, frame: bytes) -> None:
    done, result = pickle.loads(frame)
    if done:
        job.future.set_result(result)
    else:
        _fail(job, result)


def _fail(job: _Job, reason: str) -> None:
    job.future.set_exception(DrawingFailed(f"The picture could not be drawn: {reason}."))


class DrawingPool:
    """At most `processes` drawing processes, none before the first picture.

    `timeout` is how long one try at a picture may take, `idle` after how long without a picture a
    process is let go, both in seconds; `max_tasks` after how many pictures it is replaced.
    """

    def __init__(
        self,
        processes: int,
        *,
        timeout: float = TIMEOUT,
        idle: float = IDLE,
        max_tasks: int = MAX_TASKS,
    ) -> None:
        self.timeout, self.idle, self.max_tasks = timeout, idle, max_tasks
        self.jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._slots = [_Slot(self) for _ in range(processes)]
        self._threads: list[threading.Thread] = []
        self._lock = threading.Lock()

    def draw(self, picture: Picture) -> "Future[bytes]":
        """Draw a picture in a process; the future may raise DrawingFailed.

        Raises RuntimeError once the pool is closed.
        """
        return self._submit(picture.draw, picture.arguments)

    def make(self, job: Job) -> "Future[Any]":
        """Do a job in a process, as `draw` draws a picture; its result is anything picklable."""
        return self._submit(job.run, job.arguments)

    def pids(self) -> list[int]:
        """The ids of the processes that run now."""
        return [process.pid for slot in self._slots if (process := slot.process)]

    def new_process(self) -> _Process:
        """A process for a slot; raises EOFError once the pool is closed."""
        with self._lock:
            if self._closed:
                raise EOFError
            return _Process()

    def close(self) -> None:
        """End the processes; pictures not yet drawn fail. May be called twice."""
        with self._lock:
            self._closed = True
        self._drop_waiting()
        for slot in self._slots:
            self.jobs.put(None)
            if process := slot.process:
                process.kill()
        for thread in self._threads:
            thread.join()

    def _submit(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> "Future[Any]":
        job = _Job(pickle.dumps((function, arguments)), Future())
        with self._lock:
            if self._closed:
                raise RuntimeError("the drawing pool is closed")
            if not self._threads:
                self._start()
            self.jobs.put(job)
        return job.future

    def _start(self) -> None:
        for slot in self._slots:
            thread = threading.Thread(target=slot.serve, name="drawing", daemon=True)
            thread.start()
            self._threads.append(thread)

    def _drop_waiting(self) -> None:
        while not self.jobs.empty():
            if (job := self.jobs.get()) is not None:
                job.future.cancel()
