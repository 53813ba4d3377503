"""A bot that is told to stop does so within seconds, whatever it waits for."""

import subprocess
import sys

HANGING = """
from concurrent.futures import ThreadPoolExecutor
from time import sleep

from handlers.cli.serve import leave_within

ThreadPoolExecutor(1).submit(sleep, 60)
leave_within(0.2)
"""


def test_a_call_that_never_ends_does_not_keep_the_process() -> None:
    ended = subprocess.run([sys.executable, "-c", HANGING], timeout=30, check=False)
    assert ended.returncode == 0
