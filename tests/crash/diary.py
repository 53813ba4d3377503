"""What the processes under test write down, line by line: it outlives their being killed."""

import json
import os
import time
from pathlib import Path
from typing import Any


class Diary:
    """Appends lines to a file that several processes share; a line is one write, so it is whole."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def write(self, event: str, **fields: Any) -> None:
        """Note something that has just happened, with the time on the machine's clock."""
        line = {"event": event, "pid": os.getpid(), "at": time.time(), **fields}
        os.write(self._file, (json.dumps(line) + "\n").encode())


def read_diary(path: Path) -> list[dict[str, Any]]:
    """All lines, in the order in which they were written."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
