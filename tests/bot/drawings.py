"""What drawing processes are given to draw in the tests."""

import os
import signal
import threading
import time
from pathlib import Path


def square(side: int) -> bytes:
    return b"#" * side * side


def own_pid() -> bytes:
    return str(os.getpid()).encode()


def niceness() -> bytes:
    return str(os.nice(0)).encode()


def threads_allowed() -> bytes:
    return os.environ["OMP_NUM_THREADS"].encode()


def chatty(words: str) -> bytes:
    print(words)  # noqa: T201 - a library that prints must not spoil the answer
    return words.encode()


def fail(name: str) -> bytes:
    raise ValueError(f"cannot draw {name}")


def unpicklable() -> object:
    return threading.Lock()


def die_once(marker: Path) -> bytes:
    """Die as by kill -9 the first time, draw the second."""
    if marker.exists():
        return b"drawn"
    marker.touch()
    os.kill(os.getpid(), signal.SIGKILL)
    return b"never"


def die() -> bytes:
    os._exit(3)


def wait_for(marker: Path) -> bytes:
    """Say that drawing has begun, by a file that holds the process's id, and never end."""
    marker.write_text(str(os.getpid()))
    while True:
        time.sleep(60)


def environment() -> bytes:
    return " ".join(os.environ).encode()
