"""The pictures by vl-convert: Vega-Lite, drawn by Deno and resvg without a browser."""

from typing import Any

import vl_convert

from bench.peers.talk import Report, serve, state_order

WIDTH = 1050
Spec = dict[str, Any]


def _weeks(points: list[Report], width: int) -> Spec:
    values = [
        {
            "week": one["start"],
            "accuracy": one["accuracy"],
            "class": one["class_accuracy"],
            "low": (one["interval"] or {}).get("low"),
            "high": (one["interval"] or {}).get("high"),
        }
        for one in points
    ]
    x = {"field": "week", "type": "temporal", "title": None}

    def layer(mark: Spec, **y: Any) -> Spec:
        return {"mark": mark, "encoding": {"x": x, **y}}

    def on(field: str) -> Spec:
        return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1]}, "title": None}

    return {
        "title": "Accuracy by week",
        "width": width,
        "height": 340,
        "data": {"values": values},
        "layer": [
            layer({"type": "area", "opacity": 0.3}, y=on("low"), y2={"field": "high"}),
            layer({"type": "line", "point": True, "strokeWidth": 5}, y=on("accuracy")),
            layer({"type": "line", "strokeDash": [8, 8], "strokeWidth": 4}, y=on("class")),
        ],
    }


def _bars(values: list[Spec], x: str, y: str, title: str, height: int) -> Spec:
    encoding = {
        "x": {"field": x, "type": "nominal" if x != "accuracy" else "quantitative", "title": None},
        "y": {"field": y, "type": "quantitative" if x != "accuracy" else "nominal", "title": None},
    }
    return {
        "title": title,
        "width": WIDTH,
        "height": height,
        "data": {"values": values},
        "layer": [
            {"mark": "bar", "encoding": encoding},
            {
                "mark": {"type": "text", "dy": -18, "fontSize": 30},
                "encoding": {**encoding, "text": {"field": "words"}},
            },
        ],
    }


def _png(parts: list[Spec]) -> bytes:
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "vconcat": parts,
        "config": {"font": "sans-serif", "axis": {"labelFontSize": 30}, "title": {"fontSize": 34}},
    }
    png: bytes = vl_convert.vegalite_to_png(spec)
    return png


def student(report: Report) -> bytes:
    """Accuracy, questions and six skills of a student."""
    weeks = [
        {"week": one["start"], "questions": one["questions"], "words": str(one["questions"])}
        for one in report["progress"]
    ]
    skills = [
        {
            "skill": one["skill"],
            "accuracy": one["accuracy"] or 0,
            "words": f"{100 * (one['accuracy'] or 0):.0f} % {one['mastery']}",
        }
        for one in report["skills"][:6]
    ]
    return _png(
        [
            _weeks(report["progress"], WIDTH),
            _bars(weeks, "week", "questions", "Questions by week", 260),
            _bars(skills, "accuracy", "skill", "Skills that matter most", 670),
        ]
    )


def whole_class(report: Report) -> bytes:
    """Students x skills, the spread, and the weeks of a class."""
    heat = report["heatmap"]
    cells = [
        {"student": student, "skill": skill, "state": heat["labels"][row][column]}
        for row, student in enumerate(heat["students"])
        for column, skill in enumerate(heat["skills"][:12])
    ]
    grid = {
        "width": 700,
        "height": {"step": 56},
        "data": {"values": cells},
        "mark": "rect",
        "encoding": {
            "x": {"field": "skill", "type": "nominal", "sort": None, "title": None},
            "y": {"field": "student", "type": "nominal", "sort": None, "title": None},
            "color": {"field": "state", "type": "nominal", "scale": {"domain": state_order()}},
        },
    }
    spread = [
        {"tenth": str(10 * n), "students": count, "words": str(count)}
        for n, count in enumerate(report["distribution"])
    ]
    return _png(
        [
            grid,
            _bars(spread, "tenth", "students", "Students by accuracy", 380),
            _weeks(report["trends"], WIDTH),
        ]
    )


if __name__ == "__main__":
    serve({"student": student, "class": whole_class})
