"""Our pictures, in a program like the peers'; reports come pickled, in base64 instead of JSON."""

import base64
import pickle
from collections.abc import Callable
from typing import Any

from analytics.charts import pictures
from bench.peers.talk import serve

PICTURES: dict[str, Callable[[Any], bytes]] = {
    "student": pictures.student_picture,
    "class": pictures.class_picture,
    "skill": pictures.skill_picture,
    "student trend": pictures.trend_picture,
    "class trend": pictures.trend_picture,
    "student comparison": pictures.student_comparison_picture,
    "class comparison": pictures.class_comparison_picture,
}


def _of_report(draw: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    return lambda packed: draw(pickle.loads(base64.b64decode(packed)))


if __name__ == "__main__":
    serve({kind: _of_report(draw) for kind, draw in PICTURES.items()})
