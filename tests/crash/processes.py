"""How processes are started: forked from a clean one that has imported everything already."""

import multiprocessing
import os
from threading import Thread

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.crash.process", "tests.crash.mailserver"])


def end_with_the_test() -> None:
    """Have this process end when the one that started it has gone, however that went."""
    Thread(target=_end, daemon=True).start()


def _end() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None  # it was started by `CONTEXT`
    parent.join()
    os._exit(1)
