"""Our pictures, in a program like the peers'; reports come pickled, in base64 instead of JSON."""

import base64
import pickle
from collections.abc import Callable
from typing import Any

from analytics.charts.classes import draw_class_picture
from analytics.charts.student import draw_student_picture
from bench.peers.talk import serve


def _of_report(draw: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    return lambda packed: draw(pickle.loads(base64.b64decode(packed)))


if __name__ == "__main__":
    serve({"student": _of_report(draw_student_picture), "class": _of_report(draw_class_picture)})
