"""How a benchmark talks to a peer: one JSON line a picture on its input, its size as the answer.

Only the standard library: a peer may run in another environment than ours.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Report = dict[str, Any]


def serve(draw: dict[str, Callable[[Report], bytes]]) -> None:
    """Draw what is asked for (`kind` and `report`) until the input ends.

    Where `save` names a file the picture is also written there, to be looked at.
    """
    for line in sys.stdin:
        asked = json.loads(line)
        picture = draw[asked["kind"]](asked["report"])
        if asked.get("save"):
            Path(asked["save"]).write_bytes(picture)
        print(len(picture), flush=True)


def state_order() -> list[str]:
    """The states in the order of their colours."""
    return ["too little practice", "needs work", "in progress", "mastered"]
